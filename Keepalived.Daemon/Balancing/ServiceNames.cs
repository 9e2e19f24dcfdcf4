using System.Globalization;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.VirtualServers;
using Keepalived.Ipvs;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Balancing;

/// <summary>What virtual and real servers are called in logs, FIFO lines and mails: other programs read these names.</summary>
internal static class ServiceNames
{
    /// <summary><c>[192.0.2.1]:tcp:80</c>, <c>FWM 7</c> or <c>[GROUP]:0</c>.</summary>
    public static string Of(VirtualServerConfiguration server)
    {
        if (server.IsMark)
            return string.Create(CultureInfo.InvariantCulture, $"FWM {server.FirewallMark}");
        return server.Group is { } group
            ? string.Create(CultureInfo.InvariantCulture, $"[{group.Name}]:{server.GroupOrdinal}")
            : Endpoint(server.Address, server.Protocol, server.Port);
    }

    /// <summary><c>[192.0.2.10]:tcp:80</c>.</summary>
    public static string Of(RealServerConfiguration server, VirtualServerConfiguration of) =>
        Endpoint(server.Address, of.Protocol, server.Port);

    /// <inheritdoc cref="Of(RealServerConfiguration, VirtualServerConfiguration)"/>
    public static string Of(SorryServerConfiguration server, VirtualServerConfiguration of) =>
        Endpoint(server.Address, of.Protocol, server.Port);

    private static string Endpoint(InetAddress address, IpvsProtocol protocol, ushort port)
    {
        var name = protocol switch
        {
            IpvsProtocol.Tcp => "tcp",
            IpvsProtocol.Udp => "udp",
            IpvsProtocol.Sctp => "sctp",
            _ => "none",
        };
        return string.Create(CultureInfo.InvariantCulture, $"[{address}]:{name}:{port}");
    }
}
