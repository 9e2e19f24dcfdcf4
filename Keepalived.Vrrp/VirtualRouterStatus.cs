using System.Collections.Immutable;
using Keepalived.Netlink;

namespace Keepalived.Vrrp;

/// <summary>How a virtual router stands at one moment.</summary>
public sealed record VirtualRouterStatus
{
    /// <summary>The state.</summary>
    public required VrrpState State { get; init; }

    /// <summary>The state that it would like to be in if it were in no sync group.</summary>
    public required VrrpState WantedState { get; init; }

    /// <summary>The effective priority, 1-255: the one that is advertised.</summary>
    public required int Priority { get; init; }

    /// <summary>The sum of base priority and weights, which may be beyond 1-254.</summary>
    public required int TotalPriority { get; init; }

    /// <summary>The source of its adverts; <see cref="InetAddress.None"/> if there is none.</summary>
    public InetAddress SourceAddress { get; init; }

    /// <summary>The other master last heard; <see cref="InetAddress.None"/> if none was.</summary>
    public InetAddress MasterAddress { get; init; }

    /// <summary>Its priority; 0 if none was heard.</summary>
    public int MasterPriority { get; init; }

    /// <summary>The interval of the master's adverts, as learned (version 3) or configured.</summary>
    public TimeSpan MasterInterval { get; init; }

    /// <summary>How long a backup waits for an advert.</summary>
    public TimeSpan MasterDownInterval { get; init; }

    /// <summary>When the state last changed; <see langword="null"/> before the start.</summary>
    public DateTimeOffset? LastTransition { get; init; }

    /// <summary>When its timer (next advert of a master, end of the master down interval of a backup) is due; null if none runs.</summary>
    public DateTimeOffset? TimerDue { get; init; }

    /// <summary>The faults that hold it in <see cref="VrrpState.Fault"/>, one reason possibly several times.</summary>
    public ImmutableArray<VrrpFaultReason> Faults { get; init; } = [];

    /// <summary>How many tracked objects have to report before it starts.</summary>
    public int PendingTrackers { get; init; }

    /// <summary>Its sync group; <see langword="null"/> if it is in none.</summary>
    public string? SyncGroup { get; init; }

    /// <summary>The virtual addresses, those of the adverts first.</summary>
    public ImmutableArray<VirtualAddressStatus> Addresses { get; init; } = [];

    /// <summary>Whether all of them are set.</summary>
    public bool AreAddressesSet => !Addresses.IsEmpty && Addresses.All(static address => address.IsSet);
}
