using System.Globalization;
using Keepalived.Ipvs;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Model.VirtualServers;

/// <summary>
/// The names by which <c>track_virtual_server</c> calls virtual servers: what stands before their brace, in one spelling, and the protocol
/// where it is said. Several virtual servers may share one: TCP and UDP of one port, those of one group, a mark of both families.
/// </summary>
public static class VirtualServerName
{
    /// <summary>The name of an address and a port, of one protocol or, with <see cref="IpvsProtocol.None"/>, of any.</summary>
    public static string OfAddress(InetAddress address, ushort port, IpvsProtocol protocol = IpvsProtocol.None) =>
        string.Create(CultureInfo.InvariantCulture, $"{address} {port}{Suffix(protocol)}");

    /// <summary>The name of a firewall mark, of either family.</summary>
    public static string OfMark(uint mark) => string.Create(CultureInfo.InvariantCulture, $"fwmark {mark}");

    /// <summary>The name of a group, of one protocol or, with <see cref="IpvsProtocol.None"/>, of any.</summary>
    public static string OfGroup(string group, IpvsProtocol protocol = IpvsProtocol.None) => $"group {group}{Suffix(protocol)}";

    /// <summary>All the names of a virtual server.</summary>
    public static IEnumerable<string> AllOf(VirtualServerConfiguration server)
    {
        ArgumentNullException.ThrowIfNull(server);
        if (server.IsMark)
            return [OfMark(server.FirewallMark)];
        return server.Group is { } group
            ? [OfGroup(group.Name), OfGroup(group.Name, server.Protocol)]
            : [OfAddress(server.Address, server.Port), OfAddress(server.Address, server.Port, server.Protocol)];
    }

    private static string Suffix(IpvsProtocol protocol) => protocol switch
    {
        IpvsProtocol.Tcp => " protocol TCP",
        IpvsProtocol.Udp => " protocol UDP",
        IpvsProtocol.Sctp => " protocol SCTP",
        _ => "",
    };
}
