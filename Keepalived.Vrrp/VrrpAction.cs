using System.Runtime.InteropServices;
using Keepalived.Netlink;

namespace Keepalived.Vrrp;

/// <summary>
/// One thing that a <see cref="VrrpRouter"/> asks of its driver, or tells it. Drain them in order with <see cref="VrrpRouter.TryDequeue"/>
/// after each input; which members mean something depends on <see cref="Kind"/>.
/// </summary>
/// <remarks>
/// Order on becoming master: SendAdvertisement, ConfigureAddresses, AnnounceAddresses, StateChanged. On yielding to a higher priority:
/// [SendAdvertisement,] RemoveAddresses, StateChanged. On fault, loss of an address and stop: SendAdvertisement with priority 0,
/// RemoveAddresses, StateChanged. On new options while master: SendAdvertisement, ConfigureAddresses[, AnnounceAddresses]. Notices and
/// PriorityChanged precede what follows from them.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct VrrpAction
{
    /// <summary>What to do.</summary>
    public VrrpActionKind Kind { get; private init; }

    /// <summary>The priority to advertise, or the effective priority after a change.</summary>
    public byte Priority { get; private init; }

    /// <summary>The effective priority before a change.</summary>
    public byte PreviousPriority { get; private init; }

    /// <summary>The new state.</summary>
    public VrrpState State { get; private init; }

    /// <summary>The old state.</summary>
    public VrrpState PreviousState { get; private init; }

    /// <summary>Why the state changed.</summary>
    public VrrpStateReason StateReason { get; private init; }

    /// <summary>Why the advertisement is sent.</summary>
    public VrrpAdvertisementReason AdvertisementReason { get; private init; }

    /// <summary>The IPv4 identification of the advertisement, the same for all peers.</summary>
    public ushort PacketId { get; private init; }

    /// <summary>Why addresses are announced.</summary>
    public VrrpAnnouncementReason AnnouncementReason { get; private init; }

    /// <summary>How often each address is announced.</summary>
    public int Rounds { get; private init; }

    /// <summary>The observation.</summary>
    public VrrpNotice Notice { get; private init; }

    /// <summary>The other router's address, where a notice or event is about one.</summary>
    public InetAddress Address { get; private init; }

    /// <summary>The number that belongs to a notice, or the sequence number of an advertisement's authentication header.</summary>
    public long Value { get; private init; }

    internal static VrrpAction SendAdvertisement(byte priority, ushort id, uint sequence, VrrpAdvertisementReason reason) => new()
    {
        Kind = VrrpActionKind.SendAdvertisement,
        Priority = priority,
        PacketId = id,
        Value = sequence,
        AdvertisementReason = reason,
    };

    internal static VrrpAction ConfigureAddresses() => new() { Kind = VrrpActionKind.ConfigureAddresses };

    internal static VrrpAction RemoveAddresses() => new() { Kind = VrrpActionKind.RemoveAddresses };

    internal static VrrpAction AnnounceAddresses(int rounds, VrrpAnnouncementReason reason) =>
        new() { Kind = VrrpActionKind.AnnounceAddresses, Rounds = rounds, AnnouncementReason = reason };

    internal static VrrpAction AnnounceSource() => new() { Kind = VrrpActionKind.AnnounceSource, Rounds = 1 };

    internal static VrrpAction StateChanged(VrrpState from, VrrpState to, VrrpStateReason reason, byte priority) =>
        new() { Kind = VrrpActionKind.StateChanged, PreviousState = from, State = to, StateReason = reason, Priority = priority };

    internal static VrrpAction LowerPriorityReceived(InetAddress address, byte priority) =>
        new() { Kind = VrrpActionKind.LowerPriorityReceived, Address = address, Value = priority };

    internal static VrrpAction PriorityChanged(byte from, byte to) =>
        new() { Kind = VrrpActionKind.PriorityChanged, PreviousPriority = from, Priority = to };

    internal static VrrpAction Observe(VrrpNotice notice, InetAddress address, long value) =>
        new() { Kind = VrrpActionKind.Notice, Notice = notice, Address = address, Value = value };
}
