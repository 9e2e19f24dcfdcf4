using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Processes;
using Keepalived.Daemon.Status;
using Keepalived.Vrrp;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Composition;

/// <summary>
/// Writes down what the VRRP process knows. It is looked at on the loop, in one turn, and written on another thread: a slow disk delays no
/// advert.
/// </summary>
internal sealed class VrrpDumper(ChildContext context)
{
    private readonly ILogger _logger = context.Loggers.CreateLogger("Keepalived.Daemon.Status");
    private readonly VrrpCounters _counters = new();
    private Task _writing = Task.CompletedTask;

    /// <summary>Writes a dump.</summary>
    public void Dump(DumpKind kind, KeepalivedConfiguration configuration, VrrpEngine engine)
    {
        var instances = configuration.VrrpInstances.ToDictionary(static instance => instance.Name, StringComparer.Ordinal);
        var routers = engine.Routers.Where(router => instances.ContainsKey(router.Name))
            .Select(router => new VrrpRouterSnapshot(instances[router.Name], router.GetStatus(), _counters.Read(router))).ToList();
        var groups = engine.SyncGroups.Select(static group => KeyValuePair.Create(group.Name, group.State)).ToList();
        if (kind == DumpKind.StatisticsThenClear)
            _counters.Clear(engine.Routers);
        if (kind == DumpKind.Json && routers.Count == 0)
            return;

        var path = new DumpFile(context.Options, configuration.Global).PathOf(kind, DaemonRole.Vrrp);
        _writing = WriteAsync(_writing, path, () => kind switch
        {
            DumpKind.Data => VrrpDataDump.Create(configuration, routers, groups),
            DumpKind.Json => VrrpJsonDump.Create(configuration, routers),
            _ => VrrpStatisticsDump.Create(routers),
        });
    }

    /// <summary>One after the other: the last one asked for is the one that stays.</summary>
    private async Task WriteAsync(Task before, string path, Func<string> create)
    {
        await before.ConfigureAwait(false);
        await Task.Run(() =>
        {
            try
            {
                DumpFile.Write(path, create());
                Log.DumpWritten(_logger, path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Log.DumpNotWritten(_logger, path, e.Message);
            }
        }).ConfigureAwait(false);
    }
}
