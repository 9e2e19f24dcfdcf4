using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// Hands events to the observers, to handlers and to streams, in order, and remembers how each router and group stands, so that a stream
/// begins with how things stand. Events are published on the loop; streams begin and end on any thread.
/// </summary>
internal sealed class EventHub(VrrpEngineOptions options, ILogger logger)
{
    private const int Capacity = 1024;
    private readonly Lock _lock = new();
    private readonly List<Subscription> _subscriptions = [];
    private readonly Dictionary<object, Standing> _standing = [];
    private bool _isComplete;

    /// <summary>Everybody hears of it before this returns. The last event of a router ends its streams.</summary>
    public void Publish(VrrpEvent happened)
    {
        Tell(happened);
        lock (_lock)
        {
            if (happened.IsLast)
                _standing.Remove(happened.Source);
            else
                _standing[happened.Source] = Standing.After(happened);
            foreach (var subscription in _subscriptions)
                subscription.Offer(happened);
        }
    }

    /// <summary>A stream of events; it begins with a snapshot.</summary>
    /// <param name="source">The router that they are of; <see langword="null"/> for all.</param>
    /// <param name="withGroups">Whether those of groups are in it, too.</param>
    public Subscription Subscribe(VirtualRouter? source, bool withGroups)
    {
        var subscription = new Subscription(source, withGroups);
        lock (_lock)
        {
            foreach (var (known, standing) in _standing)
                subscription.Offer(standing.ToSnapshot(known));
            if (_isComplete || (source is not null && source.IsStopped))
                subscription.Complete();
            else
                _subscriptions.Add(subscription);
        }

        return subscription;
    }

    /// <summary>Ends a stream.</summary>
    public void Unsubscribe(Subscription subscription)
    {
        lock (_lock)
        {
            _subscriptions.Remove(subscription);
        }
    }

    /// <summary>Ends all streams: what they hold can still be read.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isComplete = true;
            foreach (var subscription in _subscriptions)
                subscription.Complete();
            _subscriptions.Clear();
        }
    }

    private void Tell(VrrpEvent happened)
    {
        if (happened is VirtualRouterEvent ofRouter)
            Call(options.Observer, ofRouter);
        else if (happened is SyncGroupEvent ofGroup)
            Call(options.GroupObserver, ofGroup);
        if (!happened.IsSnapshot)
            Call(static happened => happened.Raise(), happened);
    }

    private void Call<TEvent>(Action<TEvent>? observer, TEvent happened)
    {
        try
        {
            observer?.Invoke(happened);
        }
#pragma warning disable CA1031 // Whatever an observer throws, the routers live on; it is logged.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.ObserverFailed(e);
        }
    }

    /// <summary>How a router or group stood after its last event: of thousands of them no event need be kept.</summary>
    private readonly record struct Standing(VrrpState State, int Priority, DateTimeOffset Since)
    {
        public static Standing After(VrrpEvent happened) =>
            new(happened.State, happened is VirtualRouterEvent { Priority: var priority } ? priority : 0, happened.Time);

        public VrrpEvent ToSnapshot(object source) => source is VirtualRouter router
            ? new VirtualRouterEvent
            {
                Router = router,
                Kind = VirtualRouterEventKind.Snapshot,
                State = State,
                PreviousState = State,
                Priority = Priority,
                PreviousPriority = Priority,
                Time = Since,
            }
            : new SyncGroupEvent
            {
                Group = (SyncGroup)source,
                Kind = SyncGroupEventKind.Snapshot,
                State = State,
                PreviousState = State,
                Time = Since,
            };
    }

    /// <summary>A bounded queue of events: when it is full, the oldest makes room and is counted.</summary>
    internal sealed class Subscription
    {
        private readonly Channel<VrrpEvent> _channel;
        private readonly VirtualRouter? _source;
        private readonly bool _withGroups;
        private int _missed;

        public Subscription(VirtualRouter? source, bool withGroups)
        {
            (_source, _withGroups) = (source, withGroups);
            var options = new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true };
            _channel = Channel.CreateBounded<VrrpEvent>(options, _ => Interlocked.Increment(ref _missed));
        }

        public void Offer(VrrpEvent happened)
        {
            if (_source is not null ? _source != happened.Source : !_withGroups && happened is SyncGroupEvent)
                return;
            _channel.Writer.TryWrite(happened);
            if (happened.IsLast && _source is not null)
                Complete();
        }

        public void Complete() => _channel.Writer.TryComplete();

        public async IAsyncEnumerable<VrrpEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var happened in _channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                var missed = Interlocked.Exchange(ref _missed, 0);
                yield return missed == 0 ? happened : happened with { Missed = missed };
            }
        }
    }
}
