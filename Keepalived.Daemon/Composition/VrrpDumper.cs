using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Processes;
using Keepalived.Daemon.Status;
using Keepalived.Vrrp;

namespace Keepalived.Daemon.Composition;

/// <summary>Tells what the VRRP process knows. It is looked at on the loop, in one turn, and written on another thread.</summary>
/// <param name="context">What a role gets.</param>
/// <param name="findDetails">What the block of an instance says besides its options; null for one that is on its way out.</param>
internal sealed class VrrpDumper(ChildContext context, Func<string, InstanceDetails?> findDetails)
{
    private readonly DumpWriter _writer = new(context.Loggers.CreateLogger("Keepalived.Daemon.Status"));
    private readonly VrrpCounters _counters = new();

    /// <summary>Configuration and state as of now.</summary>
    public Func<string> Describe(KeepalivedConfiguration configuration, VrrpEngine engine)
    {
        var routers = Read(engine);
        var groups = engine.SyncGroups.Select(static group => KeyValuePair.Create(group.Name, group.State)).ToList();
        return () => VrrpDataDump.Create(configuration, routers, groups);
    }

    /// <summary>Writes counters, or all as JSON.</summary>
    public void Dump(DumpKind kind, KeepalivedConfiguration configuration, VrrpEngine engine)
    {
        var routers = Read(engine);
        if (kind == DumpKind.StatisticsThenClear)
            _counters.Clear(engine.Routers);
        if (kind == DumpKind.Json && routers.Count == 0)
            return;
        _writer.Write(
            new DumpFile(context.Options, configuration.Global).PathOf(kind, DaemonRole.Vrrp),
            () => kind == DumpKind.Json ? VrrpJsonDump.Create(configuration, routers) : VrrpStatisticsDump.Create(routers));
    }

    private List<VrrpRouterSnapshot> Read(VrrpEngine engine)
    {
        var routers = new List<VrrpRouterSnapshot>();
        foreach (var router in engine.Routers)
        {
            if (findDetails(router.Name) is { } details)
                routers.Add(new VrrpRouterSnapshot(router.Options, details, router.GetStatus(), _counters.Read(router)));
        }

        return routers;
    }
}
