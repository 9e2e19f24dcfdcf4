using System.Collections.Immutable;
using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Interop;
using Keepalived.Daemon.Processes;
using Keepalived.Daemon.Status;
using Keepalived.Netlink.Io;
using Keepalived.Vrrp;

namespace Keepalived.Daemon.Composition;

/// <summary>The VRRP child: the configuration's instances on the library's engine, and what the operator wants to happen around them.</summary>
internal sealed class VrrpRole : IRole
{
    private VrrpEngine? _engine;
    private InstanceNotifier? _notifier;
    private InstanceFollowers? _followers;
    private Tracked? _tracked;
    private ChildContext? _context;
    private VrrpDumper? _dumper;
    private LoopTimer? _trimTimer;
    /// <summary>What is in force. Instances are known by their options and <see cref="InstanceDetails"/>: thousands of blocks weigh megabytes.</summary>
    private KeepalivedConfiguration _running = KeepalivedConfiguration.Empty;
    private long _startedAt;
    private long _delayedUntil;

    /// <inheritdoc/>
    public async ValueTask StartAsync(ChildContext context, ConfigurationResult configuration)
    {
        var wanted = configuration.Configuration;
        _context = context;
        _startedAt = context.Loop.Now;
        var delay = StartupDelay.Remaining(wanted.Global.Vrrp);
        _delayedUntil = _startedAt + MonotonicClock.FromTimeSpan(delay);
        _notifier = new InstanceNotifier(context);
        _dumper = new VrrpDumper(context, _notifier.FindDetails);
        var index = new InstanceIndex(wanted);
        Notify(index);
        _followers = new InstanceFollowers(context);
        _engine = new VrrpEngine(ToReloadable(wanted) with
        {
            EventLoop = context.Loop,
            LoggerFactory = context.Loggers,
            Observer = OnEvent,
            GroupObserver = _notifier.OnGroupEvent,
            JournalFile = Path.ChangeExtension(new RunPaths(context.Options, wanted.Global).PidFile(DaemonRole.Vrrp), ".journal"),
            StartupDelay = delay,
            ReleaseOnStop = !context.Options.KeepVrrp,
            Firewall = wanted.Global.Firewall.ToOptions(),
            ReleasesForeignAddresses = context.Options.ReleaseForeignAddresses,
            LogAddresses = context.Options.LogAddresses,
            RequestReceiveBufferSize = wanted.Global.NetlinkBuffers.VrrpCommand.ToSize(),
            ForceRequestReceiveBuffer = wanted.Global.NetlinkBuffers.VrrpCommand.ToForce(),
            MonitorReceiveBufferSize = wanted.Global.NetlinkBuffers.VrrpMonitor.ToSize(),
            ForceMonitorReceiveBuffer = wanted.Global.NetlinkBuffers.VrrpMonitor.ToForce(),
            LocalGroupReports = !wanted.Global.DisableLocalIgmp,
        });
        _tracked = new Tracked(context, _engine);
        _tracked.Use(wanted);
        await Explain(() => _engine.SetStaticNetworkAsync(wanted.ToStaticNetwork())).ConfigureAwait(true);
        await Explain(() => _engine.SetInterfaceOptionsAsync(wanted.ToInterfaceOptions())).ConfigureAwait(true);
        await Explain(() => _engine.StartAsync(ToRouters(index), wanted.ToGroups())).ConfigureAwait(true);
        await _followers.UseAsync(wanted).ConfigureAwait(true);
        _running = WithoutInstances(wanted);
        // Once, not after a reload: for thousands of instances it takes milliseconds, and adverts go on. The code of a take-over stays at
        // hand: fetching it again would take a millisecond of the failover.
        _trimTimer = context.Loop.CreateTimer(static loop => MemoryTrim.Start((EventLoop)loop!, HotCode.OfRouters), context.Loop);
        _trimTimer.Arm(context.Loop.Now + MemoryTrim.Delay);
    }

    /// <inheritdoc/>
    public async ValueTask ReloadAsync(ConfigurationResult configuration)
    {
        var wanted = configuration.Configuration;
        var index = new InstanceIndex(wanted);
        var undo = Notify(index);
        try
        {
            await Explain(() => _engine!.SetOptionsAsync(ToReloadable(wanted))).ConfigureAwait(true);
            await Explain(() => _engine!.SetInterfaceOptionsAsync(wanted.ToInterfaceOptions())).ConfigureAwait(true);
            // What thousands of instances become, and what of it is new, is found out beside the loop.
            await Explain(() => Task.Run(() => _engine!.ApplyAsync(ToRouters(index), wanted.ToGroups()))).ConfigureAwait(true);
        }
        catch (RoleFailure)
        {
            undo(); // nothing has happened to the instances: they keep their scripts, too
            throw;
        }

        UpdateStartupDelay(wanted.Global.Vrrp);
        await Explain(() => _engine!.SetStaticNetworkAsync(wanted.ToStaticNetwork())).ConfigureAwait(true);
        _tracked!.Use(wanted);
        await _followers!.UseAsync(wanted).ConfigureAwait(true);
        _running = WithoutInstances(wanted);
        if (wanted.Global.WriteStatesOnReload)
            _notifier!.WriteStates(_engine!.SyncGroups, _engine.Routers);
    }

    /// <summary>The options of all routers that a reload may change.</summary>
    private static VrrpEngineOptions ToReloadable(KeepalivedConfiguration configuration) => new()
    {
        DynamicInterfaces = configuration.Global.DynamicInterfaces != DynamicInterfaces.Off,
        AllowInterfaceChanges = configuration.Global.DynamicInterfaces == DynamicInterfaces.AllowChanges,
        LogUnknownVirtualRouterIds = configuration.Global.Vrrp.LogUnknownVrids,
    };

    /// <inheritdoc/>
    public void OnNews(RoleMessage message)
    {
        if (message.Kind == RoleMessageKind.QuorumState)
            _tracked?.OnQuorum(message.NewsName, hasQuorum: message.NewsState);
    }

    /// <inheritdoc/>
    public Func<string> Describe() => _dumper!.Describe(_running, _engine!);

    /// <inheritdoc/>
    public bool Dump(DumpKind kind)
    {
        _dumper!.Dump(kind, _running, _engine!);
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask StopAsync()
    {
        _trimTimer?.Dispose();
        _tracked?.Dispose();
        if (_engine is not null)
            await _engine.DisposeAsync().ConfigureAwait(true);
        if (_followers is not null)
            await _followers.StopAsync().ConfigureAwait(true);
        if (_notifier is not null)
            await _notifier.WhenQuietAsync().ConfigureAwait(true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tracked?.Dispose();
        _notifier?.Dispose();
    }

    /// <summary>The checkers write to the FIFO of all events, too: where there are any, they run its script.</summary>
    private Action Notify(InstanceIndex wanted)
    {
        var others = ChildSelection.Of(_context!.Options, wanted.Configuration) & DaemonComposition.Parts.Available;
        return _notifier!.Use(wanted, ownsCommonScript: !others.HasFlag(RoleSet.Checker));
    }

    // No lambda: it would hold what the others of the start hold, the whole configuration.
    private void OnEvent(VirtualRouterEvent happened)
    {
        _notifier!.OnEvent(happened);
        _followers!.OnEvent(happened);
    }

    /// <summary>A delay that still runs gets the length that the new configuration wants; one that has ended does not begin again.</summary>
    private void UpdateStartupDelay(VrrpDefaults wanted)
    {
        var now = _context!.Loop.Now;
        var running = _running.Global.Vrrp;
        if (now >= _delayedUntil || (wanted.StartupDelay, wanted.DelayAfterBoot) == (running.StartupDelay, running.DelayAfterBoot))
            return;
        var remaining = StartupDelay.Remaining(wanted, MonotonicClock.ToTimeSpan(now - _startedAt));
        _delayedUntil = now + MonotonicClock.FromTimeSpan(remaining);
        _engine!.SetStartupDelay(remaining);
    }

    private static KeepalivedConfiguration WithoutInstances(KeepalivedConfiguration configuration) =>
        configuration with { VrrpInstances = [] };

    private static ImmutableArray<VirtualRouterOptions> ToRouters(InstanceIndex index)
    {
        var shared = new SharedValues();
        return
        [
            .. index.Configuration.VrrpInstances.Select(instance =>
                instance.ToOptions(index.Configuration.Global, FindMtu, shared).WithTrackers(instance, index).WithTrackGroups(index)),
        ];
    }

    private static int FindMtu(string name) => Libc.TryGetInterface(name, out _, out var mtu, out _) ? mtu : 1500;

    /// <summary>What the library refuses is the operator's to mend: in the daemon's words and with its exit codes.</summary>
    private static async Task Explain(Func<Task> action)
    {
        try
        {
            await action().ConfigureAwait(true);
        }
        catch (Exception e) when (e is ArgumentException or InterfaceNotFoundException)
        {
            throw new RoleFailure(ExitCode.Configuration, e.Message);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new RoleFailure(ExitCode.Permission, e.Message);
        }
    }
}
