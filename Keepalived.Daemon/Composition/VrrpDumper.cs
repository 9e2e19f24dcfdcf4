using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Processes;
using Keepalived.Daemon.Status;
using Keepalived.Vrrp;

namespace Keepalived.Daemon.Composition;

/// <summary>Tells what the VRRP process knows. It is looked at on the loop, in one turn, and written on another thread.</summary>
internal sealed class VrrpDumper(ChildContext context)
{
    private readonly DumpWriter _writer = new(context.Loggers.CreateLogger("Keepalived.Daemon.Status"));
    private readonly VrrpCounters _counters = new();

    /// <summary>Configuration and state as of now.</summary>
    public Func<string> Describe(KeepalivedConfiguration configuration, VrrpEngine engine)
    {
        var routers = Read(configuration, engine);
        var groups = engine.SyncGroups.Select(static group => KeyValuePair.Create(group.Name, group.State)).ToList();
        return () => VrrpDataDump.Create(configuration, routers, groups);
    }

    /// <summary>Writes counters, or all as JSON.</summary>
    public void Dump(DumpKind kind, KeepalivedConfiguration configuration, VrrpEngine engine)
    {
        var routers = Read(configuration, engine);
        if (kind == DumpKind.StatisticsThenClear)
            _counters.Clear(engine.Routers);
        if (kind == DumpKind.Json && routers.Count == 0)
            return;
        _writer.Write(
            new DumpFile(context.Options, configuration.Global).PathOf(kind, DaemonRole.Vrrp),
            () => kind == DumpKind.Json ? VrrpJsonDump.Create(configuration, routers) : VrrpStatisticsDump.Create(routers));
    }

    private List<VrrpRouterSnapshot> Read(KeepalivedConfiguration configuration, VrrpEngine engine)
    {
        var instances = configuration.VrrpInstances.ToDictionary(static instance => instance.Name, StringComparer.Ordinal);
        return engine.Routers.Where(router => instances.ContainsKey(router.Name))
            .Select(router => new VrrpRouterSnapshot(instances[router.Name], router.GetStatus(), _counters.Read(router))).ToList();
    }
}
