using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>What <c>lvs_sync_daemon</c> says.</summary>
internal sealed record LvsSyncDaemon(string Interface)
{
    public string? Instance { get; init; }

    public int? SyncId { get; init; }

    public int? MaxLength { get; init; }

    public int? Port { get; init; }

    public int? Ttl { get; init; }

    public InetAddress? Group { get; init; }
}
