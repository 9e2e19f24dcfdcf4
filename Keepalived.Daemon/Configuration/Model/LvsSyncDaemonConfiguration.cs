using Keepalived.Ipvs;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Model;

/// <summary><c>lvs_sync_daemon</c>: how the state of IPVS connections is sent and received.</summary>
public sealed record LvsSyncDaemonConfiguration
{
    /// <summary>The interface.</summary>
    public required string Interface { get; init; }

    /// <summary>The VRRP instance whose state says who sends and who receives; both run all the time if null.</summary>
    public string? Instance { get; init; }

    /// <summary>The id, 0..255; if null that of the VRRP instance's virtual router, 0 without one.</summary>
    public int? SyncId { get; init; }

    /// <summary>The longest message, 1..65507 bytes; 0 for what the interface takes.</summary>
    public int MaxLength { get; init; }

    /// <summary>The UDP port; 0 for 8848.</summary>
    public ushort Port { get; init; }

    /// <summary>The TTL; 0 for 1.</summary>
    public byte Ttl { get; init; }

    /// <summary>The multicast group; none for 224.0.0.81.</summary>
    public InetAddress Group { get; init; }

    /// <summary>The same in the kernel's words.</summary>
    internal IpvsSyncDaemon ToDaemon(IpvsSyncRole role) => new()
    {
        Role = role,
        Interface = Interface,
        SyncId = SyncId ?? 0,
        MaxLength = MaxLength,
        Port = Port,
        Ttl = Ttl,
        Group = Group,
    };
}
