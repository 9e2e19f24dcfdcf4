using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Model;

/// <summary>An entry of <c>unicast_peer</c>.</summary>
public sealed record UnicastPeerConfiguration
{
    /// <summary>The peer's address.</summary>
    public required InetAddress Address { get; init; }

    /// <summary>The smallest TTL or hop limit accepted from it; unchecked if null.</summary>
    public byte? MinTtl { get; init; }

    /// <summary>The largest TTL or hop limit accepted from it; unchecked if null.</summary>
    public byte? MaxTtl { get; init; }

    /// <summary>Where it stands.</summary>
    public Position Position { get; init; }
}
