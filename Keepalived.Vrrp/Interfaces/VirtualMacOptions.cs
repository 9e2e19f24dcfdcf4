using System.Collections.Immutable;
using Keepalived.Netlink;
using Keepalived.Netlink.Route;

namespace Keepalived.Vrrp.Interfaces;

/// <summary>
/// An interface with the virtual router's MAC address (RFC 9568 section 7.3), which carries the virtual addresses and, unless
/// <see cref="TransmitOnBase"/> says otherwise, sends and hears the adverts: a private macvlan on the router's own interface. Hosts then
/// need not learn a new MAC address when another router becomes master.
/// </summary>
public sealed record VirtualMacOptions
{
    private const int EthernetAddressLength = 6;

    /// <summary>
    /// Its name, 1 to 15 bytes; by default the prefix of the engine's interface options, a dot and the VRID, such as <c>vrrp.51</c>. A
    /// device that is the wanted one but for its name is used as it is.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>Its MAC address; by default 00:00:5e:00:01:VRID, over IPv6 00:00:5e:00:02:VRID.</summary>
    public LinkLayerAddress? Address { get; init; }

    /// <summary>
    /// Whether adverts are sent and heard on the router's own interface, with its MAC address (vmac_xmit_base). Unicast needs it.
    /// </summary>
    public bool TransmitOnBase { get; init; }

    /// <summary>
    /// Whether the group of the router's own interface is set again, as it was, after its VMAC came or went, so that the kernel tells others
    /// that it changed (netlink_notify_msg).
    /// </summary>
    public bool NotifyBase { get; init; }

    /// <summary>Its group of links; by default that of the router's own interface.</summary>
    public uint? Group { get; init; }

    internal void FindErrors(bool isUnicast, ImmutableArray<string>.Builder errors)
    {
        if (InterfaceName.Check(Name) is { } error)
            errors.Add(error);
        if (Address is { } address && (address.Length != EthernetAddressLength || (address.Bytes[0] & 1) != 0))
            errors.Add($"The MAC address '{address}' is not a unicast address of {EthernetAddressLength} bytes.");
        if (isUnicast && !TransmitOnBase)
            errors.Add("With unicast peers a virtual MAC must transmit on the base interface.");
    }
}
