using System.Collections.Immutable;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Route;
using Keepalived.Vrrp.Interfaces;
using Keepalived.Vrrp.Tracking;
using Keepalived.Vrrp.Transport;

namespace Keepalived.Vrrp;

/// <summary>What the engine does on its loop.</summary>
public sealed partial class VrrpEngine
{
    private RouteMonitor? _monitor;
    private IDisposable? _subscription;
    private RouteWatcher? _routes;
    private StaticNetwork _static = StaticNetwork.Empty;
    private VrrpInterfaceOptions _interfaces = VrrpInterfaceOptions.Default;

    private async Task OpenAsync(
        ImmutableArray<VirtualRouterOptions> wanted, ImmutableArray<VrrpSyncGroupOptions> groups, CancellationToken cancellationToken)
    {
        Capabilities.RequireNetwork();
        var loop = _loop!;
        _context = new TransportContext(loop, _options, _logger, _events, RouteClient.Open(loop, _options.ToRequestSocket()), _tracked);
        var watcher = new NetworkWatcher(_context);
        var monitoring = new RouteMonitorOptions { Logger = _logger, ForceReceiveBuffer = _options.ForceMonitorReceiveBuffer };
        if (_options.MonitorReceiveBufferSize > 0)
            monitoring = monitoring with { ReceiveBufferSize = _options.MonitorReceiveBufferSize };
        _monitor = RouteMonitor.Open(loop, monitoring);
        _subscription = _monitor.Subscribe(watcher);
        await watcher.Ready.WaitAsync(cancellationToken).ConfigureAwait(true);
        RequireNotStopped();

        _context.Journal.Load();
        _context.InterfaceOptions = _interfaces;
        foreach (var options in wanted)
        {
            foreach (var name in options.InterfaceNames())
                RequireInterface(_context, options.Name, name);
        }

        foreach (var address in _static.Addresses.IsDefault ? [] : _static.Addresses)
            RequireInterface(_context, "static", address.Device!);
        RequireFirewall(wanted);
        if (_context.Filter is { } filter)
            await filter.ClearLeftoversAsync().WaitAsync(cancellationToken).ConfigureAwait(true);
        RequireDistinctWires(_context, wanted);
        if (!_options.LocalGroupReports)
            _context.Settings.Hold(Sysctl.LocalGroupReports, 0);
        await _context.Virtual.PrepareAsync(wanted).WaitAsync(cancellationToken).ConfigureAwait(true);
        await _context.Virtual.DeleteLeftoversAsync().WaitAsync(cancellationToken).ConfigureAwait(true);
        _routes = new RouteWatcher(_context);
        await WatchRoutesAsync(wanted).WaitAsync(cancellationToken).ConfigureAwait(true);
        var routers = ImmutableArray.CreateBuilder<VirtualRouter>(wanted.Length);
        foreach (var options in wanted)
            routers.Add(Create(_context, options));
        _context.Drivers = [.. routers.Select(static router => router.Driver!)];
        _context.LinkStates.Update();
        await PrepareFilterAsync(_context).ConfigureAwait(true);
        RequireNotStopped();
        var now = MonotonicClock.Now;
        if (_options.StartupDelay > TimeSpan.Zero)
            BeginStartupDelay(_context, _options.StartupDelay, now);
        ApplyGroups(_context, groups, now);
        foreach (var router in routers)
            router.Driver!.Start(now);
        _context.Settings.RestoreLeftovers();
        ImmutableInterlocked.InterlockedExchange(ref _routers, routers.DrainToImmutable());
        _context.Static.Use(_static, isStart: true);
        await LeftoverObjects.RemoveAsync(_context).WaitAsync(cancellationToken).ConfigureAwait(true);
        _context.Announcer.Open();
    }

    /// <summary>Has the packet filter made ready for what routers want of it as masters.</summary>
    private static Task PrepareFilterAsync(TransportContext context) =>
        context.Filter?.PrepareAsync(context.Drivers.SelectMany(static driver => driver.ToFilterElements())) ?? Task.CompletedTask;

    private void RequireNotStopped()
    {
        if (_stopping is not null)
            throw new OperationCanceledException("The engine was stopped while it started.");
    }

    private Task WatchRoutesAsync(IEnumerable<VirtualRouterOptions> wanted) =>
        _routes!.UseAsync(wanted.Where(static options => options.Routes.AsSpan().Length + options.Rules.AsSpan().Length > 0)
            .SelectMany(RouterDriver.ToWatched).Concat(StaticKeeper.ToWishes(_static)));

    /// <summary>A router with its driver, to be started when it is one of the context and in its group.</summary>
    private VirtualRouter Create(TransportContext context, VirtualRouterOptions options)
    {
        var face = new VirtualRouter(this, options);
        face.Driver = new RouterDriver(context, face);
        return face;
    }

    private void OnTracked(string name, TrackedReport report)
    {
        foreach (var driver in _context?.Drivers ?? [])
            driver.OnTracked(name, report, MonotonicClock.Now);
    }

    private void BeginStartupDelay(TransportContext context, TimeSpan delay, long now)
    {
        context.StartupDelayEnd = now + MonotonicClock.FromTimeSpan(delay);
        _logger.StartupDelayBegan(delay);
        _startupDelay ??= context.Loop.CreateTimer(static state => ((VrrpEngine)state!)._logger.StartupDelayEnded(), this);
        _startupDelay.Arm(context.StartupDelayEnd);
    }

    private void ChangeStartupDelay(TimeSpan remaining)
    {
        if (_context is not { } context || _stopping is not null)
            return;
        var now = context.Loop.Now;
        if (remaining > TimeSpan.Zero || context.StartupDelayEnd > now)
            BeginStartupDelay(context, remaining, now);
        foreach (var driver in context.Drivers)
            driver.SetStartupDelay(context.StartupDelayEnd, now);
    }

    private void RequireFirewall(ImmutableArray<VirtualRouterOptions> wanted)
    {
        if (_options.Firewall is null && wanted.FirstOrDefault(static options => options.DropsPackets) is { } needing)
            throw new ArgumentException($"Virtual router '{needing.Name}': without accept mode it needs the engine's firewall.");
    }

    /// <summary>Two routers with one VRID on interfaces that are one wire.</summary>
    private void RequireDistinctWires(TransportContext context, ImmutableArray<VirtualRouterOptions> wanted)
    {
        if (_options.AllowInterfaceChanges)
            return;
        var known = new Dictionary<RouterPlaces.Place, string>(wanted.Length);
        foreach (var options in wanted)
        {
            if (options.IsUnicast || options.Interface is null || context.Interfaces.Find(options.Interface) is not { } link)
                continue;
            var place = RouterPlaces.Of(options, link, context);
            if (!known.TryAdd(place, options.Name))
            {
                throw new ArgumentException(
                    $"The virtual routers '{known[place]}' and '{options.Name}' have the same virtual router id {options.VirtualRouterId}, and "
                    + "their interfaces are one wire.");
            }
        }
    }

    private void RequireInterface(TransportContext context, string owner, string name)
    {
        if (!_options.DynamicInterfaces && context.Interfaces.Find(name) is null)
            throw new InterfaceNotFoundException(owner, name);
    }

    /// <summary>
    /// First nobody listens to the kernel any more, so that what we remove is not taken for lost; then all say goodbye; then the kernel
    /// confirms; then the sockets close; last everybody is told.
    /// </summary>
    private async Task CloseAsync()
    {
        if (_context is not { } context)
            return;
        _startupDelay?.Dispose();
        _subscription?.Dispose();
        foreach (var group in SyncGroups)
            group.Driver!.End();
        _routes?.Stop();
        foreach (var driver in context.Drivers)
            driver.Stop(_options.ReleaseOnStop, MonotonicClock.Now);
        context.Static.Stop();
        await WhenGoneAsync(context.Loop, context.Drivers).ConfigureAwait(true);
        foreach (var driver in context.Drivers)
            driver.Dispose();
        context.Static.Kept.End();
        await context.Virtual.CloseAsync(_options.ReleaseOnStop).ConfigureAwait(true);
        if (context.Filter is { } filter && _options.ReleaseOnStop)
            await filter.RemoveAsync().ConfigureAwait(true);
        if (_options.ReleaseOnStop)
            context.Settings.RestoreAll();
        foreach (var driver in context.Drivers)
            driver.PublishEnd(VirtualRouterEventKind.Stopped);
        foreach (var group in SyncGroups)
            group.Driver!.PublishEnd(SyncGroupEventKind.Stopped);
        context.Drivers = [];
        if (_monitor is not null)
            await _monitor.DisposeAsync().ConfigureAwait(true);
        if (_routes is not null)
            await _routes.DisposeAsync().ConfigureAwait(true);
        await context.DisposeAsync().ConfigureAwait(true);
        ImmutableInterlocked.InterlockedExchange(ref _routers, []);
        ImmutableInterlocked.InterlockedExchange(ref _groups, []);
    }

    /// <summary>Waits until the kernel has confirmed all removals, but no longer than the options say.</summary>
    private async Task WhenGoneAsync(EventLoop loop, IReadOnlyCollection<RouterDriver> drivers)
    {
        try
        {
            var idle = drivers.Select(static driver => driver.Kept.WhenIdle()).Append(_context?.Static.Kept.WhenIdle() ?? Task.CompletedTask);
            await Task.WhenAll(idle).WaitAsync(_options.StopTimeout, loop.TimeProvider)
                .ConfigureAwait(true);
        }
        catch (TimeoutException)
        {
            _logger.StopTimedOut(_options.StopTimeout);
        }
    }
}
