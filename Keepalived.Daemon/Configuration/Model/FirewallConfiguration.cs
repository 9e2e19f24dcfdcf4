namespace Keepalived.Daemon.Configuration.Model;

/// <summary>The packet filter of instances that do not accept packets.</summary>
public sealed record FirewallConfiguration
{
    /// <summary>The name of the tables when nothing is said.</summary>
    public const string DefaultTable = "keepalived";

    /// <summary><c>nftables</c>: the name of the tables.</summary>
    public string Table { get; init; } = DefaultTable;

    /// <summary><c>nftables_priority</c>: the priority of the chains.</summary>
    public int Priority { get; init; } = -1;

    /// <summary><c>nftables_counters</c></summary>
    public bool Counters { get; init; }

    /// <summary><c>nftables_ifindex</c></summary>
    public bool MatchByIndex { get; init; }
}
