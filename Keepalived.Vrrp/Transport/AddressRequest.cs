using Keepalived.Netlink.Route;

namespace Keepalived.Vrrp.Transport;

/// <summary>Changes of addresses that go to the kernel together.</summary>
/// <param name="number">Its number among the requests of a router.</param>
internal sealed class AddressRequest(int number)
{
    /// <summary>"keepalived" among the protocols that add addresses (IFA_PROTO).</summary>
    private const byte Keepalived = 18;

    private readonly List<(KeptAddress Kept, bool IsRemoval)> _changes = [];

    public int Number { get; } = number;

    public RouteBatch Batch { get; } = new();

    public int Count => _changes.Count;

    public (KeptAddress Kept, bool IsRemoval) this[int index] => _changes[index];

    public void Add(KeptAddress kept)
    {
        _changes.Add((kept, false));
        Batch.AddAddress(ToKernel(kept));
    }

    public void Remove(KeptAddress kept)
    {
        _changes.Add((kept, true));
        Batch.DeleteAddress(ToKernel(kept));
    }

    private static Address ToKernel(KeptAddress kept)
    {
        var address = kept.Address;
        var flags = AddressFlags.None;
        if (address.Address.IsIPv6 && !address.DuplicateAddressDetection)
            flags |= AddressFlags.NoDuplicateDetection;
        if (address.HomeAddress)
            flags |= AddressFlags.Home;
        if (address.ManageTemporaryAddresses)
            flags |= AddressFlags.ManageTemporary;
        if (address.NoPrefixRoute)
            flags |= AddressFlags.NoPrefixRoute;
        if (address.AutoJoin)
            flags |= AddressFlags.MulticastAutoJoin;
        var preferred = address.EffectivePreferredLifetime;
        return new Address
        {
            InterfaceIndex = kept.InterfaceIndex,
            Local = address.Address,
            PrefixLength = address.EffectivePrefix.Length,
            Peer = address.Peer,
            Broadcast = address.Broadcast,
            Label = address.Label,
            Scope = (RouteScope)address.Scope,
            Flags = flags,
            Protocol = Keepalived,
            PreferredLifetime = address.Address.IsIPv4 || preferred == Timeout.InfiniteTimeSpan ? Address.Forever
                : (uint)preferred.TotalSeconds,
        };
    }
}
