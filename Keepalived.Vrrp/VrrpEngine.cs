using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Keepalived.Netlink.Io;
using Keepalived.Vrrp.Tracking;
using Keepalived.Vrrp.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Keepalived.Vrrp;

/// <summary>
/// Runs virtual routers: one thread, shared sockets, one watch over the kernel's interfaces and addresses. Start it with the options of
/// all routers, give it new options whenever they change, and stop it. All members may be used from any thread; what is called on the
/// engine's loop is done at once.
/// </summary>
public sealed partial class VrrpEngine : IAsyncDisposable
{
    private VrrpEngineOptions _options;
    private readonly ILogger _logger;
    private readonly EventHub _events;
    private readonly ConcurrentDictionary<string, TrackedReport> _tracked = new(StringComparer.Ordinal);
    private readonly VrrpMetrics _metrics;
    private EventLoop? _loop;
    private TransportContext? _context;
    private LoopTimer? _startupDelay;
    private ImmutableArray<VirtualRouter> _routers = [];
    private Task? _stopping;
    private int _isStarted;

    /// <summary>An engine that does not run yet.</summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public VrrpEngine(VrrpEngineOptions? options = null)
    {
        _options = options ?? new VrrpEngineOptions();
        _options.Validate();
        _logger = _options.LoggerFactory?.CreateLogger("Keepalived.Vrrp") ?? NullLogger.Instance;
        _events = new EventHub(_options, _logger);
        _metrics = new VrrpMetrics(this, _options.MeterFactory);
    }

    /// <summary>The routers that run, in the order of their options.</summary>
    public ImmutableArray<VirtualRouter> Routers => ImmutableInterlocked.InterlockedCompareExchange(ref _routers, default, default);

    /// <summary>How often the kernel refused to send an advert, since the start.</summary>
    public long SendErrors => _context?.Sockets.SendErrors ?? 0;

    /// <summary>Adverts received for virtual routers that are not ours, since the start.</summary>
    public long UnknownVirtualRouterIds => _context?.Sockets.UnknownVirtualRouterIds ?? 0;

    /// <summary>Datagrams received that were too short to say which virtual router they are for, since the start.</summary>
    public long MalformedDatagrams => _context?.Sockets.Malformed ?? 0;

    /// <summary>What the engine's loop measured about itself; <see langword="null"/> before the start.</summary>
    public EventLoopStatistics? LoopStatistics => _loop?.Statistics;

    /// <summary>
    /// Starts the engine and its routers: they are ready to send and to receive when this returns. If anything is wrong with one of them,
    /// none is started. What an earlier run, killed, left of their addresses is removed first.
    /// </summary>
    /// <exception cref="ArgumentException">The options of a router are not valid, or two contradict each other.</exception>
    /// <exception cref="InterfaceNotFoundException">An interface does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks CAP_NET_ADMIN or CAP_NET_RAW.</exception>
    /// <exception cref="InvalidOperationException">The engine was started or stopped before.</exception>
    public Task StartAsync(IEnumerable<VirtualRouterOptions> routers, CancellationToken cancellationToken = default) =>
        StartAsync(routers, [], cancellationToken);

    /// <inheritdoc cref="StartAsync(IEnumerable{VirtualRouterOptions}, CancellationToken)"/>
    /// <param name="routers">The routers.</param>
    /// <param name="groups">Which of them are master together or not at all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task StartAsync(
        IEnumerable<VirtualRouterOptions> routers, IEnumerable<VrrpSyncGroupOptions> groups, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(routers);
        ArgumentNullException.ThrowIfNull(groups);
        var wanted = routers.ToImmutableArray();
        var wantedGroups = groups.ToImmutableArray();
        ReloadPlan.Validate(wanted);
        VrrpSyncGroupOptions.Validate(wantedGroups, wanted);
        if (_stopping is not null || Interlocked.Exchange(ref _isStarted, 1) != 0)
            throw new InvalidOperationException("The engine was started or stopped before.");
        _loop = _options.EventLoop ?? new EventLoop(new EventLoopOptions
        {
            Name = "vrrp",
            NetworkNamespace = _options.NetworkNamespace,
            RealTimePriority = _options.RealTimePriority,
            Logger = _logger,
        });
        try
        {
            if (_options.EventLoop is null)
                _loop.Start();
            await _loop.InvokeAsync(() => OpenAsync(wanted, wantedGroups, cancellationToken)).ConfigureAwait(false);
        }
        catch
        {
            await StopAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The router with this name, or <see langword="null"/>.</summary>
    public VirtualRouter? Find(string name) => Routers.FirstOrDefault(router => router.Name == name);

    /// <summary>
    /// What happens to all routers, in order, beginning with a snapshot of each. A reader that is more than 1024 events behind loses the
    /// oldest, and <see cref="VrrpEvent.Missed"/> says how many. The stream ends with the engine.
    /// </summary>
    public IAsyncEnumerable<VirtualRouterEvent> WatchAsync(CancellationToken cancellationToken = default) =>
        WatchAsync(null, cancellationToken);

    /// <summary>The same with the events of sync groups among them, in order.</summary>
    public async IAsyncEnumerable<VrrpEvent> WatchAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var subscription = _events.Subscribe(null, withGroups: true);
        try
        {
            await foreach (var happened in subscription.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return happened;
        }
        finally
        {
            _events.Unsubscribe(subscription);
        }
    }

    /// <summary>
    /// Replaces what is left of the startup delay: until it ends, adverts are neither sent nor heard. Zero ends it. On the loop it
    /// happens at once, elsewhere soon.
    /// </summary>
    public void SetStartupDelay(TimeSpan remaining)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(remaining, TimeSpan.Zero);
        Post(() => ChangeStartupDelay(remaining));
    }

    /// <summary>
    /// Stops all routers: masters send priority 0, so that backups take over at once, and all addresses are gone when this returns (unless
    /// <see cref="VrrpEngineOptions.ReleaseOnStop"/> is off). An engine stops once; further calls wait for it.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting, not the stopping.</param>
    public Task StopAsync(CancellationToken cancellationToken = default)
    {
        lock (_events)
        {
            _stopping ??= StopOnceAsync();
            return _stopping.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc cref="StopAsync"/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _metrics.Dispose();
    }

    /// <summary>
    /// Reports the state of an object that routers track (<see cref="VirtualRouterOptions.TrackedObjects"/>). May be called before the
    /// start; what was never reported counts as <see cref="TrackedState.Initializing"/>.
    /// </summary>
    public void ReportTracked(string name, TrackedState state) => Report(name, TrackedReport.Of(state));

    /// <summary>
    /// Reports the number of an object that routers track as one (<see cref="TrackedObject.IsNumber"/>). May be called before the start;
    /// what was never reported counts as 0.
    /// </summary>
    public void ReportTracked(string name, int number) => Report(name, TrackedReport.Of(number));

    internal async IAsyncEnumerable<VirtualRouterEvent> WatchAsync(
        VirtualRouter? router, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var subscription = _events.Subscribe(router, withGroups: false);
        try
        {
            await foreach (var happened in subscription.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return (VirtualRouterEvent)happened;
        }
        finally
        {
            _events.Unsubscribe(subscription);
        }
    }

    private void Report(string name, TrackedReport report)
    {
        ArgumentNullException.ThrowIfNull(name);
        _tracked[name] = report;
        if (_loop is { IsInLoop: true })
            OnTracked(name, report);
        else
            Post(() => OnTracked(name, report));
    }

    internal void Post(Action action)
    {
        if (_loop is { } loop)
            loop.Post(action);
    }

    private async Task StopOnceAsync()
    {
        if (_loop is { } loop)
        {
            try
            {
                await loop.InvokeAsync(CloseAsync).ConfigureAwait(false);
            }
            finally
            {
                if (_options.EventLoop is null)
                    await Task.Run(loop.Dispose).ConfigureAwait(false);
            }
        }

        _events.Complete();
    }
}
