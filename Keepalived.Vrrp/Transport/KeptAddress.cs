using Keepalived.Netlink;
using Keepalived.Netlink.Route;

namespace Keepalived.Vrrp.Transport;

/// <summary>A virtual address in the kernel.</summary>
internal sealed class KeptAddress(VirtualAddress address, string device) : KeptObject
{
    public override KeptKind Kind => KeptKind.Address;

    public override bool IsTracked => Address.Track;

    public VirtualAddress Address { get; } = address;

    public string Device { get; set; } = device;

    /// <summary>The interface it was added to.</summary>
    public int InterfaceIndex { get; set; }

    public override bool IsSameWish(KeptObject other) => other is KeptAddress address && address.Device == Device
        && address.Address with { Device = null } == Address with { Device = null };

    public override bool IsSameInKernel(KeptObject other) =>
        other is KeptAddress address && IsAt(address.InterfaceIndex, address.Address.EffectivePrefix);

    public bool IsAt(int interfaceIndex, InetPrefix prefix) => InterfaceIndex == interfaceIndex && Address.EffectivePrefix == prefix;

    public static string ToJournalKey(string device, InetPrefix prefix) => $"address {device} {prefix}";

    public override string ToJournalKey(InterfaceTable interfaces) => ToJournalKey(Device, Address.EffectivePrefix);

    public override string? Place(InterfaceTable interfaces)
    {
        if (interfaces.Find(Device) is not { } link)
            return Device;
        InterfaceIndex = link.Index;
        return null;
    }

    /// <summary>The kernel knows an address once: what changed its other properties has to go first.</summary>
    public override bool YieldTo(KeptObject wanted, InterfaceTable interfaces) =>
        wanted is KeptAddress address && address.Device == Device && address.Address.Address == Address.Address;

    public override void Add(RouteBatch batch) => batch.AddAddress(ToKernel());

    public override void Delete(RouteBatch batch) => batch.DeleteAddress(ToKernel());

    public override void ExpectRemoval(TransportContext context) =>
        context.ExpectedRemovals.Add((InterfaceIndex, Address.EffectivePrefix), context.Loop.Now);

    public override void ForgetRemoval(TransportContext context) =>
        context.ExpectedRemovals.Remove((InterfaceIndex, Address.EffectivePrefix), context.Loop.Now);

    public override string ToString() => $"address {Address.Prefix} dev {Device}";

    private Address ToKernel()
    {
        var flags = AddressFlags.None;
        if (Address.Address.IsIPv6 && !Address.DuplicateAddressDetection)
            flags |= AddressFlags.NoDuplicateDetection;
        if (Address.HomeAddress)
            flags |= AddressFlags.Home;
        if (Address.ManageTemporaryAddresses)
            flags |= AddressFlags.ManageTemporary;
        if (Address.NoPrefixRoute)
            flags |= AddressFlags.NoPrefixRoute;
        if (Address.AutoJoin)
            flags |= AddressFlags.MulticastAutoJoin;
        var preferred = Address.EffectivePreferredLifetime;
        return new Address
        {
            InterfaceIndex = InterfaceIndex,
            Local = Address.Address,
            PrefixLength = Address.EffectivePrefix.Length,
            Peer = Address.Peer,
            Broadcast = Address.Broadcast,
            Label = Address.Label,
            Scope = (RouteScope)Address.Scope,
            Flags = flags,
            Protocol = RouteProtocol.Keepalived,
            PreferredLifetime = Address.Address.IsIPv4 || preferred == Timeout.InfiniteTimeSpan ? Netlink.Route.Address.Forever
                : (uint)preferred.TotalSeconds,
        };
    }
}
