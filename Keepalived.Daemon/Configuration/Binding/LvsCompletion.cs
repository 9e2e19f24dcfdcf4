using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Ipvs;
using static Keepalived.Daemon.Configuration.Keywords.GlobalKeywords;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>Makes the record of what <c>global_defs</c> says about IPVS and checks.</summary>
internal static class LvsCompletion
{
    public static LvsDefinitions Complete(BlockValues global) => new()
    {
        Flush = global.Get(LvsFlush),
        FlushOnStop = Flushing(global),
        Timeouts = global.Has(LvsTimeouts) ? Timeouts(global.Get(LvsTimeouts)) : null,
        SyncDaemon = SyncDaemon(global),
        RepairInterval = global.Has(LvsRepairInterval) ? global.Get(LvsRepairInterval) : null,
        SharesProbes = global.Get(SharedProbes),
        LogsAllFailures = global.Get(CheckerLogAllFailures),
        NotifiesInitialServers = global.Get(RsInitNotifies),
    };

    /// <summary>An instance may say in the old way, by <c>lvs_sync_daemon_interface</c>, that the sync daemon goes with it; the first that does counts.</summary>
    public static GlobalDefinitions AddOldSyncDaemon(GlobalDefinitions definitions, IEnumerable<BlockValues> instances)
    {
        if (definitions.Lvs.SyncDaemon is not null
            || instances.FirstOrDefault(static values => values.Has(VrrpInstanceKeywords.LvsSyncDaemonInterface)) is not { } instance)
            return definitions;
        var daemon = new LvsSyncDaemonConfiguration
        {
            Interface = instance.Get(VrrpInstanceKeywords.LvsSyncDaemonInterface)!,
            Instance = instance.Name,
        };
        return definitions with { Lvs = definitions.Lvs with { SyncDaemon = daemon } };
    }

    private static FlushOnStop Flushing(BlockValues global)
    {
        var keyword = global.Has(LvsFlushOnStop) ? LvsFlushOnStop : LvsFlushOnstop;
        if (!global.Has(keyword))
            return FlushOnStop.No;
        return global.Get(keyword) ? FlushOnStop.VirtualServers : FlushOnStop.Everything;
    }

    private static IpvsTimeouts Timeouts((uint? Tcp, uint? TcpFin, uint? Udp) seconds) => new()
    {
        Tcp = TimeSpan.FromSeconds(seconds.Tcp ?? 0),
        TcpFin = TimeSpan.FromSeconds(seconds.TcpFin ?? 0),
        Udp = TimeSpan.FromSeconds(seconds.Udp ?? 0),
    };

    private static LvsSyncDaemonConfiguration? SyncDaemon(BlockValues global) => global.Get(LvsSyncDaemon) is not { } daemon
        ? null
        : new LvsSyncDaemonConfiguration
        {
            Interface = daemon.Interface,
            Instance = daemon.Instance,
            SyncId = daemon.SyncId,
            MaxLength = daemon.MaxLength ?? 0,
            Port = (ushort)(daemon.Port ?? 0),
            Ttl = (byte)(daemon.Ttl ?? 0),
            Group = daemon.Group ?? default,
        };
}
