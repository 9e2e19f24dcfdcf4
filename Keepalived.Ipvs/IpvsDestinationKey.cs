using System.Globalization;
using Keepalived.Netlink;

namespace Keepalived.Ipvs;

/// <summary>What tells a destination from others of its service.</summary>
/// <param name="Address">The address of the real server.</param>
/// <param name="Port">
/// Its port. Only NAT changes ports: for all other methods this is the port of the service, and 0 in a service of a firewall mark.
/// </param>
public readonly record struct IpvsDestinationKey(InetAddress Address, ushort Port)
{
    /// <summary><c>192.0.2.1:80</c> or <c>[2001:db8::1]:80</c>.</summary>
    public override string ToString() => Address.IsIPv6
        ? string.Create(CultureInfo.InvariantCulture, $"[{Address}]:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"{Address}:{Port}");
}
