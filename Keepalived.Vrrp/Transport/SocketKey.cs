using System.Net.Sockets;
using Keepalived.Netlink;

namespace Keepalived.Vrrp.Transport;

/// <summary>What routers must have in common to share a socket.</summary>
/// <param name="Family">IPv4 or IPv6.</param>
/// <param name="Protocol">112, or 51 with authentication headers.</param>
/// <param name="InterfaceIndex">The interface; 0 for none (unicast).</param>
/// <param name="Device">The device the socket is bound to: that interface, or a VRF; null for none.</param>
/// <param name="Local">The multicast group, or the unicast source, that it is bound to.</param>
internal readonly record struct SocketKey(AddressFamily Family, byte Protocol, int InterfaceIndex, string? Device, InetAddress Local)
{
    public bool IsMulticast => Local.IsMulticast;

    public override string ToString() => Device is null ? Local.ToString() : $"{Local} on {Device}";
}
