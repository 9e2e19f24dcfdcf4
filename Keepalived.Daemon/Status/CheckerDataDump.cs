using Keepalived.Daemon.Balancing;
using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Status;

/// <summary>Configuration and state of the checker process, as text.</summary>
internal static class CheckerDataDump
{
    /// <summary>Looks at the virtual servers as they are now.</summary>
    public static Func<string> Prepare(KeepalivedConfiguration configuration, IEnumerable<VirtualService> services)
    {
        var text = new DumpText().Heading("LVS Topology");
        foreach (var service in services)
            Add(text, service);
        return () => new DumpText().AddGlobal(configuration.Global).ToString() + text;
    }

    private static void Add(DumpText text, VirtualService service)
    {
        var (server, pool) = (service.Configuration, service.Pool);
        text.Value(1, "VS", service.Name)
            .Value(3, "lvs_sched", server.Scheduler)
            .Value(3, "quorum", $"{server.Quorum}, hysteresis = {server.Hysteresis}, alive weight = {pool.AliveWeight}");
        if (server.Persistence is not null)
            text.Value(3, "persistence", server.Persistence);
        if (server.HaSuspend)
            text.Line(3, "Using HA suspend");
        if (!service.IsActive)
            text.Line(3, $"Not in the kernel: {server.WhileMaster} is not master");
        if (service.SorryServer is { } sorry)
            text.Value(3, "sorry server", $"{service.SorryName}{(sorry.IsInTable ? ", in use" : "")}");
        foreach (var real in service.Servers)
        {
            text.Heading("Real server")
                .Value(3, "RS", real.Name)
                .Value(5, "alive", real.IsAlive ? 1 : 0)
                .Value(5, "weight", real.IsInTable ? real.TableWeight : real.Weight)
                .Value(5, "in kernel", real.IsInTable ? 1 : 0)
                .Value(5, "forwarding method", real.Configuration.Forwarding)
                .List(5, "Health checkers :", real.Checks.Select(static check =>
                    $"{check.Kind}: "
                    + (!check.HasRun ? "not run yet" : check.IsUp ? "up" : "down")));
        }
    }
}
