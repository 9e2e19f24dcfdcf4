using Keepalived.Netlink;
using Keepalived.Vrrp.Transport;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp;

/// <summary>
/// A running virtual router: it advertises, or listens, and brings the virtual addresses to the kernel while it is master. Start one
/// alone with <see cref="StartAsync"/>, or many that share a thread and sockets with a <see cref="VrrpEngine"/>. All members may be used
/// from any thread.
/// </summary>
public sealed class VirtualRouter : IAsyncDisposable
{
    private readonly VrrpEngine _engine;
    private bool _ownsEngine;
    private KnownAddresses _addresses = KnownAddresses.None;

    internal VirtualRouter(VrrpEngine engine, VirtualRouterOptions options) => (_engine, Options) = (engine, options);

    /// <summary>
    /// The state or the priority changed, or a master heard a lower priority, or the router ended. Raised on the engine's loop, in order:
    /// return quickly and do not block; adverts wait. <see cref="WatchAsync"/> has no such duty.
    /// </summary>
    public event EventHandler<VirtualRouterEvent>? Changed;

    /// <summary>The options in force.</summary>
    public VirtualRouterOptions Options { get; internal set; }

    /// <summary>Its name, <see cref="VirtualRouterOptions.Name"/>.</summary>
    public string Name => Options.Name;

    /// <summary>The state; <see cref="VrrpState.Initialize"/> before the start and after the end.</summary>
    public VrrpState State => IsStopped ? VrrpState.Initialize : Driver?.Router.State ?? VrrpState.Initialize;

    /// <summary>The effective priority, 1-255.</summary>
    public int Priority => Driver?.Router.EffectivePriority ?? Options.Priority;

    /// <summary>The source address of its adverts; <see cref="InetAddress.None"/> if there is none.</summary>
    public InetAddress SourceAddress => Volatile.Read(ref _addresses).Source;

    /// <summary>The master that it follows as backup; <see cref="InetAddress.None"/> if it heard none.</summary>
    public InetAddress MasterAddress => Volatile.Read(ref _addresses).Master;

    /// <summary>The counters. They go on counting.</summary>
    public VrrpStatistics Statistics => Driver?.Router.Statistics ?? new VrrpStatistics();

    /// <summary>How it stands. All of it is of one moment if this is called on the engine's loop.</summary>
    public VirtualRouterStatus GetStatus() => Driver is { } driver && !IsStopped
        ? driver.GetStatus()
        : new VirtualRouterStatus
        {
            State = VrrpState.Initialize,
            WantedState = VrrpState.Initialize,
            Priority = Options.Priority,
            TotalPriority = Options.Priority,
        };

    internal RouterDriver? Driver { get; set; }

    internal bool IsStopped { get; set; }

    /// <summary>Starts one virtual router with an engine of its own: it is ready to receive and send when this returns.</summary>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    /// <exception cref="InterfaceNotFoundException">An interface does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks CAP_NET_ADMIN or CAP_NET_RAW.</exception>
    public static async Task<VirtualRouter> StartAsync(
        VirtualRouterOptions options, ILoggerFactory? loggerFactory = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var engine = new VrrpEngine(new VrrpEngineOptions { LoggerFactory = loggerFactory });
        await engine.StartAsync([options], cancellationToken).ConfigureAwait(false);
        var router = engine.Routers[0];
        router._ownsEngine = true;
        return router;
    }

    /// <summary>
    /// What happens to this router, beginning with a snapshot of how it stands. A reader that is more than 1024 events behind loses the
    /// oldest, and <see cref="VrrpEvent.Missed"/> says how many. The stream ends when the router does.
    /// </summary>
    public IAsyncEnumerable<VirtualRouterEvent> WatchAsync(CancellationToken cancellationToken = default) =>
        _engine.WatchAsync(this, cancellationToken);

    /// <summary>
    /// Sets the sum of base priority and the weights of what the caller tracks; the effective priority is that sum within 1-254. Without
    /// effect on an owner. On the loop it happens at once, elsewhere soon.
    /// </summary>
    public void SetPriority(int total) => Post(static (driver, total) => driver.SetPriority(total), total);

    /// <summary>
    /// Sets or clears a fault for a reason of the caller's; while any is set the router is in <see cref="VrrpState.Fault"/>. On the loop it
    /// happens at once, elsewhere soon.
    /// </summary>
    /// <param name="source">Distinguishes what the caller tracks: a fault is cleared with the number that set it. Not negative.</param>
    /// <param name="active">Whether the fault is there.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="source"/> is negative.</exception>
    public void SetFault(int source, bool active)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(source);
        Post(static (driver, fault) => driver.SetFault(new VrrpFault(VrrpFaultReason.Tracker, fault.source), fault.active), (source, active));
    }

    /// <summary>
    /// Stops the router: as master it sends priority 0, so that a backup takes over at once, and its addresses are gone when this returns.
    /// The engine, if it is shared, goes on with the others.
    /// </summary>
    public Task StopAsync(CancellationToken cancellationToken = default) =>
        _ownsEngine ? _engine.StopAsync(cancellationToken) : IsStopped ? Task.CompletedTask : _engine.RemoveAsync(this, cancellationToken);

    /// <inheritdoc cref="StopAsync"/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        if (_ownsEngine)
            await _engine.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({State})";

    internal void SetAddresses(InetAddress source, InetAddress master) =>
        Volatile.Write(ref _addresses, KnownAddresses.Of(source, master));

    internal void RaiseChanged(VirtualRouterEvent happened) => Changed?.Invoke(this, happened);

    private void Post<T>(Action<RouterDriver, T> action, T argument) => _engine.Post(() =>
    {
        if (Driver is { } driver && !IsStopped)
            action(driver, argument);
    });

    /// <summary>Published as one object, as addresses have more bits than a thread reads at once.</summary>
    private sealed record KnownAddresses(InetAddress Source, InetAddress Master)
    {
        [ThreadStatic]
        private static KnownAddresses? _last;

        public static KnownAddresses None { get; } = new(InetAddress.None, InetAddress.None);

        /// <summary>Many routers of one interface have the same.</summary>
        public static KnownAddresses Of(InetAddress source, InetAddress master) =>
            _last is { } last && last.Source == source && last.Master == master ? last : _last = new KnownAddresses(source, master);
    }
}
