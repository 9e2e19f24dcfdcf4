using System.Collections.Immutable;
using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Netlink.Route;

namespace Keepalived.Vrrp.Interfaces;

/// <summary>
/// An ipvlan on the router's own interface that sends and hears the adverts, from an address of its own: for networks that let one MAC
/// address out of a port. The virtual addresses are on the interface itself.
/// </summary>
public sealed record IpvlanOptions
{
    /// <summary>Its name, 1 to 15 bytes; by default chosen as that of a virtual MAC interface.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// An address that it has for itself, and that adverts are sent from; needed over IPv4, over IPv6 the kernel makes a link-local one.
    /// </summary>
    public InetPrefix? Address { get; init; }

    /// <summary>How it talks to other ipvlans of the same interface.</summary>
    public IpvlanFlags Flags { get; init; }

    /// <summary>Its group of links; by default that of the router's own interface.</summary>
    public uint? Group { get; init; }

    internal void FindErrors(AddressFamily family, bool isUnicast, InetAddress source, ImmutableArray<string>.Builder errors)
    {
        if (InterfaceName.Check(Name) is { } error)
            errors.Add(error);
        if (Address is { } address && address.Address.Family != family)
            errors.Add($"The address {address.Address} of the ipvlan is of another family than the adverts.");
        if (Address is null && source.IsNone && family == AddressFamily.InterNetwork)
            errors.Add("Over IPv4 an ipvlan needs an address of its own.");
        if (isUnicast)
            errors.Add("An ipvlan is for multicast.");
        if (Flags is not (IpvlanFlags.None or IpvlanFlags.Private or IpvlanFlags.Vepa))
            errors.Add("An ipvlan is a bridge, private or vepa.");
    }
}
