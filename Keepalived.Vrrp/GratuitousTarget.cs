using Keepalived.Netlink;

namespace Keepalived.Vrrp;

/// <summary>One address to announce on one interface.</summary>
/// <param name="Owner">Who announces it, for <see cref="GratuitousPacer.Cancel"/>; compared by reference.</param>
/// <param name="InterfaceIndex">The interface that carries the address.</param>
/// <param name="Address">The address: IPv4 is announced by gratuitous ARP, IPv6 by unsolicited neighbour advertisement.</param>
public readonly record struct GratuitousTarget(object Owner, int InterfaceIndex, InetAddress Address);
