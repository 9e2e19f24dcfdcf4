using Keepalived.Ipvs;

namespace Keepalived.Daemon.Configuration.Model;

/// <summary>What <c>global_defs</c> says about IPVS and checks.</summary>
public sealed record LvsDefinitions
{
    /// <summary><c>lvs_flush</c>: whether the table is emptied at the start.</summary>
    public bool Flush { get; init; }

    /// <summary><c>lvs_flush_on_stop</c></summary>
    public FlushOnStop FlushOnStop { get; init; }

    /// <summary><c>lvs_timeouts</c>; the kernel's if null, and where one is 0.</summary>
    public IpvsTimeouts? Timeouts { get; init; }

    /// <summary><c>lvs_sync_daemon</c>; none if null.</summary>
    public LvsSyncDaemonConfiguration? SyncDaemon { get; init; }

    /// <summary><c>lvs_repair_interval</c>: how often the table is compared with what it should be; never if null.</summary>
    public TimeSpan? RepairInterval { get; init; }

    /// <summary><c>shared_probes</c>: whether checks that say the same are made once for all.</summary>
    public bool SharesProbes { get; init; }

    /// <summary><c>checker_log_all_failures</c></summary>
    public bool LogsAllFailures { get; init; }

    /// <summary><c>rs_init_notifies</c>: whether real servers that begin as up are told of.</summary>
    public bool NotifiesInitialServers { get; init; }
}
