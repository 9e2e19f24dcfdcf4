using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Netlink.Route;

/// <summary>What a <see cref="RouteMonitor"/> watches, and how.</summary>
public sealed record RouteMonitorOptions
{
    /// <summary>What to watch.</summary>
    public NetworkObjects Objects { get; init; } = NetworkObjects.Links | NetworkObjects.Addresses;

    /// <summary>The namespace to watch; null for the one of the calling thread.</summary>
    public NetworkNamespace? NetworkNamespace { get; init; }

    /// <inheritdoc cref="NetlinkSocketOptions.ReceiveBufferSize"/>
    public int ReceiveBufferSize { get; init; } = 4 * 1024 * 1024;

    /// <inheritdoc cref="NetlinkSocketOptions.ForceReceiveBuffer"/>
    public bool ForceReceiveBuffer { get; init; } = true;

    /// <summary>How many events a reader of <see cref="RouteMonitor.WatchAsync"/> may be behind before it fails.</summary>
    public int MaxBacklog { get; init; } = 100_000;

    /// <summary>Where to log; null for nowhere.</summary>
    public ILogger? Logger { get; init; }
}
