using Keepalived.Daemon.Configuration.Model.Globals;
using Keepalived.Daemon.Notify;
using Keepalived.Ipvs;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Nftables;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Balancing;

/// <summary>What a <see cref="Balancer"/> works with.</summary>
internal sealed record BalancerOptions
{
    /// <summary>The loop.</summary>
    public required EventLoop Loop { get; init; }

    /// <summary>Logging.</summary>
    public required ILoggerFactory Loggers { get; init; }

    /// <summary>Runs the scripts.</summary>
    public required ScriptRunner Scripts { get; init; }

    /// <summary>The kernel's table; stays the caller's.</summary>
    public required IpvsClient Client { get; init; }

    /// <summary>Opens the packet filter (<c>nftables_ipvs</c>).</summary>
    public required Func<NetlinkConnectionOptions, NftablesClient> OpenFilter { get; init; }

    /// <summary>Whether another process did this work until it died: what it left in the kernel goes on.</summary>
    public bool IsRestart { get; init; }

    /// <summary>Whether the table stays as it is at the stop (<c>-I</c>).</summary>
    public bool KeepsTable { get; init; }

    /// <summary>The receive buffer of the socket that tells of addresses (<c>ha_suspend</c>).</summary>
    public NetlinkBuffer MonitorBuffer { get; init; }

    /// <summary>Spreads the first checks.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>Told when a virtual server has its quorum, or has it no more, once the kernel has what follows of it.</summary>
    public Action<VirtualService>? QuorumObserver { get; init; }
}
