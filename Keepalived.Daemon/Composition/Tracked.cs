using Keepalived.Daemon.BfdEvents;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Processes;
using Keepalived.Daemon.Trackers;
using Keepalived.Vrrp;
using Keepalived.Vrrp.Tracking;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Composition;

/// <summary>Everything that instances and groups track by the daemon's means: scripts, files, processes, BFD sessions and virtual servers.</summary>
internal sealed class Tracked : IDisposable
{
    private readonly TrackScripts _scripts;
    private readonly TrackFiles _files;
    private readonly TrackProcesses _processes;
    private readonly BfdWatcher? _bfd;
    private readonly TrackVirtualServers _servers;
    private readonly ChildContext _context;
    private bool _isReload;

    public Tracked(ChildContext context, VrrpEngine engine)
    {
        var logger = context.Loggers.CreateLogger("Keepalived.Daemon.Trackers");
        _scripts = new TrackScripts(context, engine.ReportTracked);
        _files = new TrackFiles(
            context.Loop, logger, (name, number) => engine.ReportTracked(TrackerMapping.FileKey(name), number));
        _processes = new TrackProcesses(
            context.Loop, logger, (name, state) => engine.ReportTracked(TrackerMapping.ProcessKey(name), state));
        _context = context;
        _servers = new TrackVirtualServers(
            context.Loop,
            logger,
            (name, hasQuorum) => engine.ReportTracked(
                TrackerMapping.VirtualServerKey(name), hasQuorum ? TrackedState.Up : TrackedState.Down));
        if (context.BfdEvents is { } clients)
        {
            _bfd = new BfdWatcher(
                context.Loop,
                clients,
                DaemonRole.Vrrp,
                logger,
                (name, isUp) => engine.ReportTracked(TrackerMapping.BfdKey(name), isUp ? TrackedState.Up : TrackedState.Down));
        }
    }

    /// <summary>Goes on with what a configuration tracks; what nothing tracks is left alone.</summary>
    public void Use(KeepalivedConfiguration configuration)
    {
        var files = Names(configuration, static instance => instance.Tracked.Files, static group => group.Tracked.Files);
        _files.Use(configuration.TrackFiles.Where(file => files.Contains(file.Name)), isStart: !_isReload);
        var processes = Names(configuration, static instance => instance.Tracked.Processes, static group => group.Tracked.Processes);
        _processes.Use(
            configuration.TrackProcesses.Where(process => processes.Contains(process.Name)),
            configuration.Global.NetlinkBuffers.ProcessMonitor.ToSocketOptions());
        _bfd?.Use(Names(configuration, static instance => instance.Tracked.Bfd, static group => group.Tracked.Bfd));
        _servers.Use(
            Names(configuration, static instance => instance.Tracked.VirtualServers, static group => group.Tracked.VirtualServers),
            (ChildSelection.Of(_context.Options, configuration) & DaemonComposition.Parts.Available).HasFlag(RoleSet.Checker));
        _scripts.Use(configuration);
        _isReload = true;
    }

    /// <summary>Hears of virtual servers.</summary>
    public void OnQuorum(string name, bool hasQuorum) => _servers.OnQuorum(name, hasQuorum);

    /// <inheritdoc/>
    public void Dispose()
    {
        _servers.Dispose();
        _scripts.Dispose();
        _files.Dispose();
        _processes.Dispose();
        _bfd?.Dispose();
    }

    private static HashSet<string> Names(
        KeepalivedConfiguration configuration,
        Func<VrrpInstanceConfiguration, EquatableArray<TrackReference>> ofInstance,
        Func<VrrpSyncGroupConfiguration, EquatableArray<TrackReference>> ofGroup) =>
        configuration.VrrpInstances.SelectMany(instance => ofInstance(instance))
            .Concat(configuration.VrrpSyncGroups.SelectMany(group => ofGroup(group)))
            .Select(static reference => reference.Name).ToHashSet(StringComparer.Ordinal);
}
