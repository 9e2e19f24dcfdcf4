using Keepalived.Ipvs;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Model.VirtualServers;

/// <summary>The <c>sorry_server</c>: the server of last resort, with weight 1 and without checks.</summary>
public sealed record SorryServerConfiguration
{
    /// <summary>Its address.</summary>
    public required InetAddress Address { get; init; }

    /// <summary>Its port as the kernel is to have it: the service's own where packets are not rewritten; with a group, as it is written.</summary>
    public ushort Port { get; init; }

    /// <summary>How packets go to it.</summary>
    public IpvsForwarding Forwarding { get; init; }

    /// <summary>The tunnel, with <see cref="IpvsForwarding.Tunnel"/>.</summary>
    public IpvsTunnel Tunnel { get; init; }

    /// <summary><c>sorry_server_inhibit</c>: whether it stays in the table with weight 0 while it is not used.</summary>
    public bool InhibitOnFailure { get; init; }

    /// <summary>Whether it is also one of the real servers.</summary>
    public bool DuplicatesRealServer { get; init; }

    /// <summary>Where it stands.</summary>
    public Position Position { get; init; }
}
