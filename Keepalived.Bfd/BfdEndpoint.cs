using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Keepalived.Bfd.Transport;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Keepalived.Bfd;

/// <summary>
/// Holds BFD sessions: one thread, shared sockets on ports 3784 and 4784, a source port for each session. Start it with the options of all
/// neighbours, give it new options whenever they change, and stop it. All members may be used from any thread; what is called on the
/// endpoint's loop is done at once.
/// </summary>
public sealed partial class BfdEndpoint : IAsyncDisposable
{
    private readonly BfdEndpointOptions _options;
    private readonly ILogger _logger;
    private readonly EventHub _events;
    private readonly BfdMetrics _metrics;
    private EventLoop? _loop;
    private EndpointContext? _context;
    private ImmutableArray<BfdNeighbor> _neighbors = [];
    private Task? _stopping;
    private int _isStarted;

    /// <summary>An endpoint that does not run yet.</summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public BfdEndpoint(BfdEndpointOptions? options = null)
    {
        _options = options ?? new BfdEndpointOptions();
        _options.Validate();
        _logger = _options.LoggerFactory?.CreateLogger("Keepalived.Bfd") ?? NullLogger.Instance;
        _events = new EventHub(_options.Observer, _logger);
        _metrics = new BfdMetrics(this, _options.MeterFactory);
    }

    /// <summary>The neighbours that there are sessions with, in the order of their options.</summary>
    public ImmutableArray<BfdNeighbor> Neighbors => ImmutableInterlocked.InterlockedCompareExchange(ref _neighbors, default, default);

    /// <summary>What the endpoint's loop measured about itself; <see langword="null"/> before the start.</summary>
    public EventLoopStatistics? LoopStatistics => _loop?.Statistics;

    /// <summary>Packets that were discarded because they belong to no session here, or to none at all, since the start.</summary>
    public long DiscardedPackets => _context?.Discarded ?? 0;

    internal long Now => _loop?.Now ?? MonotonicClock.Now;

    /// <summary>
    /// Starts the endpoint and its sessions: they are ready to send and to receive when this returns. If anything is wrong with one of
    /// them, none is started.
    /// </summary>
    /// <exception cref="ArgumentException">The options of a neighbour are not valid, or two contradict each other.</exception>
    /// <exception cref="SystemCallException">The kernel refused a socket: EADDRINUSE when another BFD runs in this namespace.</exception>
    /// <exception cref="InvalidOperationException">The endpoint was started or stopped before.</exception>
    public async Task StartAsync(IEnumerable<BfdNeighborOptions> neighbors, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(neighbors);
        var wanted = neighbors.ToImmutableArray();
        ReloadPlan.Validate(wanted);
        if (_stopping is not null || Interlocked.Exchange(ref _isStarted, 1) != 0)
            throw new InvalidOperationException("The endpoint was started or stopped before.");
        _loop = _options.EventLoop ?? new EventLoop(new EventLoopOptions
        {
            Name = "bfd",
            NetworkNamespace = _options.NetworkNamespace,
            RealTimePriority = _options.RealTimePriority,
            Logger = _logger,
        });
        try
        {
            if (_options.EventLoop is null)
                _loop.Start();
            await _loop.InvokeAsync(() => OpenAsync(wanted, cancellationToken)).ConfigureAwait(false);
        }
        catch
        {
            await StopAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The neighbour with this name, or <see langword="null"/>.</summary>
    public BfdNeighbor? Find(string name) => Neighbors.FirstOrDefault(neighbor => neighbor.Name == name);

    /// <summary>
    /// What happens to all sessions, in order, beginning with a snapshot of each. A reader that is more than 1024 events behind loses the
    /// oldest, and <see cref="BfdEvent.Missed"/> says how many. The stream ends with the endpoint.
    /// </summary>
    public IAsyncEnumerable<BfdEvent> WatchAsync(CancellationToken cancellationToken = default) => WatchAsync(null, cancellationToken);

    /// <summary>
    /// Stops all sessions: neighbours are told that we are administratively down, so that they take it for no failure of the path, and
    /// those that answer have done so when this returns. An endpoint stops once; further calls wait for it.
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

    internal async IAsyncEnumerable<BfdEvent> WatchAsync(
        BfdNeighbor? neighbor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var subscription = _events.Subscribe(neighbor);
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
