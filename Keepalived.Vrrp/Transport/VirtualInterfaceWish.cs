using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Netlink.Route;
using Keepalived.Vrrp.Interfaces;

namespace Keepalived.Vrrp.Transport;

/// <summary>A macvlan or ipvlan that a router needs, for itself or for an address.</summary>
internal sealed record VirtualInterfaceWish
{
    /// <summary>The interface it is built on.</summary>
    public required string Base { get; init; }

    public required byte VirtualRouterId { get; init; }

    public required AddressFamily Family { get; init; }

    /// <summary>The MAC address of a macvlan.</summary>
    public LinkLayerAddress Address { get; init; }

    /// <summary>What it is if it is an ipvlan.</summary>
    public IpvlanOptions? Ipvlan { get; init; }

    /// <summary>Its name, if somebody gave it one.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it only carries addresses, and is named accordingly.</summary>
    public bool IsForAddresses { get; init; }

    /// <summary>Whether it needs IPv6.</summary>
    public bool UsesIPv6 { get; init; }

    /// <summary>Whether it sends adverts over IPv6, and so needs a link-local address.</summary>
    public bool NeedsLinkLocal { get; init; }

    /// <summary>That address; none for the base interface's.</summary>
    public InetAddress LinkLocal { get; init; }

    public uint? Group { get; init; }

    public bool NotifyBase { get; init; }

    public bool IsMacvlan => Ipvlan is null;

    /// <summary>Two with the same key are the same interface.</summary>
    public (string Base, LinkLayerAddress Address, InetPrefix? Source, byte VirtualRouterId, AddressFamily Family) Key => IsMacvlan
        ? (Base, Address, null, 0, AddressFamily.Unspecified)
        : (Base, default, Ipvlan!.Address, VirtualRouterId, Family);

    /// <summary>What the router itself needs; <see langword="null"/> if it does without.</summary>
    public static VirtualInterfaceWish? Own(VirtualRouterOptions options)
    {
        if (options.Interface is not { } onBase || (options.VirtualMac is null && options.Ipvlan is null))
            return null;
        var isIPv6 = options.EffectiveFamily == AddressFamily.InterNetworkV6;
        var mac = options.VirtualMac;
        return new VirtualInterfaceWish
        {
            Base = onBase,
            VirtualRouterId = options.VirtualRouterId,
            Family = options.EffectiveFamily,
            Address = mac is null ? default : mac.Address ?? StandardAddress(options.EffectiveFamily, options.VirtualRouterId),
            Ipvlan = mac is null ? options.Ipvlan : null,
            Name = mac is null ? options.Ipvlan!.Name : mac.Name,
            Group = mac is null ? options.Ipvlan!.Group : mac.Group,
            NotifyBase = mac is { NotifyBase: true },
            UsesIPv6 = isIPv6 || options.ExcludedAddresses.AsSpan().ToArray().Any(static address => address.Address.IsIPv6),
            NeedsLinkLocal = isIPv6 && mac is { TransmitOnBase: false },
            LinkLocal = isIPv6 ? options.SourceAddress : InetAddress.None,
        };
    }

    /// <summary>Where an address of the router belongs; <see langword="null"/> for an interface that is there without us.</summary>
    public static VirtualInterfaceWish? For(VirtualRouterOptions options, VirtualAddress address)
    {
        if ((address.Device ?? options.Interface) is not { } onBase)
            return null;
        var isElsewhere = onBase != options.Interface || address.Address.Family != options.EffectiveFamily;
        // An ipvlan sends and hears adverts; addresses stay on the interface below it.
        if (!isElsewhere && options.VirtualMac is not null && Own(options) is { } own)
            return own;
        if (!address.UseVirtualMac && !(isElsewhere && options.VirtualMacForAddresses))
            return null;
        return new VirtualInterfaceWish
        {
            Base = onBase,
            VirtualRouterId = options.VirtualRouterId,
            Family = address.Address.Family,
            Address = StandardAddress(address.Address.Family, options.VirtualRouterId),
            IsForAddresses = true,
            UsesIPv6 = address.Address.IsIPv6,
        };
    }

    /// <summary>Whether a router needs any.</summary>
    public static bool IsAnyOf(VirtualRouterOptions options) => options.VirtualMac is not null || options.Ipvlan is not null
        || options.VirtualMacForAddresses || options.AllAddresses().Any(static address => address.UseVirtualMac);

    /// <summary>All that a router needs, each once.</summary>
    public static IEnumerable<VirtualInterfaceWish> All(VirtualRouterOptions options)
    {
        var all = options.AllAddresses().Select(address => For(options, address)).Prepend(Own(options));
        return all.OfType<VirtualInterfaceWish>().DistinctBy(static wish => wish.Key);
    }

    private static LinkLayerAddress StandardAddress(AddressFamily family, byte virtualRouterId) => family == AddressFamily.InterNetworkV6
        ? LinkLayerAddress.VirtualRouterIPv6(virtualRouterId)
        : LinkLayerAddress.VirtualRouterIPv4(virtualRouterId);
}
