using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>What is remembered of the repeated blocks of a keyword.</summary>
internal sealed class BlockTotals
{
    /// <summary>How many there were.</summary>
    public int Count { get; set; }

    /// <summary>The sum of their weights, where they have one.</summary>
    public long Weight { get; set; }

    /// <summary>The servers among them.</summary>
    public List<(InetAddress Address, string Port, SourceLocation Location)> Servers { get; } = [];
}
