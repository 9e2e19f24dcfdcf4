using Keepalived.Netlink;
using Keepalived.Netlink.Nftables;

namespace Keepalived.Vrrp.Firewall;

/// <summary>An element of a set of the packet filter.</summary>
/// <param name="Family">The family of the table.</param>
/// <param name="Set">The set.</param>
/// <param name="Key">The key.</param>
/// <param name="Data">What the key leads to; empty in a set that is no map.</param>
internal readonly record struct FilterElement(NftFamily Family, FilterSet Set, NftValue Key, NftValue Data = default)
{
    /// <summary>An address of any interface.</summary>
    public static FilterElement Of(InetAddress address) =>
        new(address.IsIPv4 ? NftFamily.IPv4 : NftFamily.IPv6, FilterSet.Addresses, NftValue.Of(address));

    /// <summary>A link-local address of one interface.</summary>
    public static FilterElement Of(InetAddress address, int interfaceIndex) => new(
        NftFamily.IPv6, FilterSet.LinkLocal, NftValue.Concatenate(NftValue.Of(address), NftValue.OfInterface(interfaceIndex)));

    /// <summary>A link-local address of whatever interface has this name.</summary>
    public static FilterElement Of(InetAddress address, string interfaceName) => new(
        NftFamily.IPv6, FilterSet.LinkLocalByName, NftValue.Concatenate(NftValue.Of(address), NftValue.OfInterface(interfaceName)));

    /// <summary>A virtual MAC interface on another one.</summary>
    public static FilterElement OfVirtualMac(NftFamily family, int interfaceIndex, int baseIndex) =>
        new(family, FilterSet.VirtualMacs, NftValue.OfInterface(interfaceIndex), NftValue.OfInterface(baseIndex));

    public NftElement ToElement() => new(Key) { Data = Data };
}
