using System.Runtime.CompilerServices;
using Keepalived.Netlink.Io;

namespace Keepalived.Netlink.Route;

/// <summary>
/// Watches links, addresses, routes, rules and neighbours of a network namespace: a snapshot first, and then every change in the kernel's
/// order.
/// <para>
/// The snapshot is consistent with what follows: the multicast groups are joined before the tables are read, and what is notified
/// meanwhile is applied after. When the socket's buffer overflows, everything is read again, and the differences follow a
/// <see cref="ResynchronizedEvent"/>. The kernel drops IPv4 routes in silence when their link goes down or their source address goes;
/// they are read again then, and reported.
/// </para>
/// </summary>
public sealed partial class RouteMonitor : IAsyncDisposable
{
    private static readonly (NetworkObjects Objects, uint Group)[] Groups =
    [
        (NetworkObjects.Links, 1),
        (NetworkObjects.Neighbours, 3),
        (NetworkObjects.IPv4Addresses, 5),
        (NetworkObjects.IPv4Routes, 7),
        (NetworkObjects.IPv4Rules, 8),
        (NetworkObjects.IPv6Addresses, 9),
        (NetworkObjects.IPv6Routes, 11),
        (NetworkObjects.IPv6Rules, 19),
    ];

    private readonly Lock _gate = new();
    private readonly RouteMonitorOptions _options;
    private readonly EventLoop? _loop;
    private readonly NetworkObjects _watched;
    private IRouteObserver[] _observers = [];

    /// <summary>Watches over a connection of one's own making, such as one to a scripted kernel.</summary>
    /// <param name="connect">
    /// Makes the connection with the handlers it is given. Its socket must have joined the groups of what is to be watched; the monitor
    /// owns it.
    /// </param>
    /// <param name="options">What to watch.</param>
    /// <param name="loop">The loop that the connection lives on, if it does.</param>
    public RouteMonitor(
        Func<NetlinkConnectionOptions, NetlinkConnection> connect, RouteMonitorOptions? options = null, EventLoop? loop = null)
    {
        ArgumentNullException.ThrowIfNull(connect);
        _options = options ?? new RouteMonitorOptions();
        _loop = loop;
        _watched = Watched(_options.Objects);
        _requested = _watched;
        _synchronizing = _watched;
        Connection = connect(
            new NetlinkConnectionOptions { OnNotification = OnNotification, OnDataLost = OnDataLost, Logger = _options.Logger });
        _ = StopWithConnectionAsync();
        RunOnLoop(static monitor => monitor.Synchronize());
    }

    /// <summary>The connection that it listens on.</summary>
    public NetlinkConnection Connection { get; }

    /// <summary>Completes when the monitor is disposed of; fails if it had to stop.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Opens a socket on a loop, joins its groups and begins to watch.</summary>
    /// <exception cref="SystemCallException">The kernel refused.</exception>
    public static RouteMonitor Open(EventLoop loop, RouteMonitorOptions? options = null)
    {
        options ??= new RouteMonitorOptions();
        var watched = Watched(options.Objects);
        var socketOptions = new NetlinkSocketOptions
        {
            NetworkNamespace = options.NetworkNamespace,
            ReceiveBufferSize = options.ReceiveBufferSize,
            ForceReceiveBuffer = options.ForceReceiveBuffer,
            Groups = [.. Groups.Where(group => (group.Objects & watched) != 0).Select(static group => group.Group)],
        };
        return new RouteMonitor(
            connectionOptions => NetlinkConnection.Open(loop, NetlinkProtocol.Route, socketOptions, connectionOptions), options, loop);
    }

    /// <summary>
    /// The snapshot of now and then every event, until the monitor is disposed of. Any number of readers may watch, each at its own pace.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The reader fell behind by more than <see cref="RouteMonitorOptions.MaxBacklog"/> events.
    /// </exception>
    /// <exception cref="IOException">The monitor had to stop.</exception>
    public async IAsyncEnumerable<NetworkEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var observer = new QueueingObserver(_options.MaxBacklog);
        using var subscription = Subscribe(observer);
        await foreach (var networkEvent in observer.Events.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            yield return networkEvent;
    }

    /// <summary>
    /// Tells an observer of the snapshot as soon as there is one, and of every event while it is handled: on the loop's thread, inside
    /// the turn in which the socket became readable.
    /// </summary>
    /// <returns>Dispose it to end the subscription.</returns>
    public IDisposable Subscribe(IRouteObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var subscription = new Subscription(this, observer);
        RunOnLoop(_ => Add(subscription));
        return subscription;
    }

    /// <summary>Stops watching. Observers are told, and readers end.</summary>
    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync().ConfigureAwait(false);
        await _completion.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>With IPv4 routes come links and IPv4 addresses, which take routes with them in silence.</summary>
    private static NetworkObjects Watched(NetworkObjects objects) =>
        (objects & NetworkObjects.IPv4Routes) != 0 ? objects | NetworkObjects.Links | NetworkObjects.IPv4Addresses : objects;

    private void RunOnLoop(Action<RouteMonitor> action)
    {
        if (_loop is { IsInLoop: false })
            _loop.Schedule(_ => action(this), null);
        else
            action(this);
    }

    private void Add(Subscription subscription)
    {
        lock (_gate)
        {
            if (subscription.IsDisposed)
                return;
            if (_isReady)
                subscription.Observer.OnSnapshot(Visible(_network.ToSnapshot()));
            if (_completion.Task.IsCompleted)
                subscription.Observer.OnStopped(_completion.Task.Exception?.InnerException);
            else
                _observers = [.. _observers, subscription.Observer];
        }
    }

    private void Remove(IRouteObserver observer)
    {
        lock (_gate)
            _observers = [.. _observers.Where(other => other != observer)];
    }

    private sealed class Subscription(RouteMonitor monitor, IRouteObserver observer) : IDisposable
    {
        public IRouteObserver Observer => observer;

        public bool IsDisposed { get; private set; }

        public void Dispose()
        {
            IsDisposed = true;
            monitor.Remove(observer);
        }
    }
}
