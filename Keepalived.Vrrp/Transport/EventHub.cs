using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// Hands events to the observer, to handlers and to streams, in order, and remembers the last of each router, so that a stream begins with
/// how things stand. Events are published on the loop; streams begin and end on any thread.
/// </summary>
internal sealed class EventHub(Action<VirtualRouterEvent>? observer, ILogger logger)
{
    private const int Capacity = 1024;
    private readonly Lock _lock = new();
    private readonly List<Subscription> _subscriptions = [];
    private readonly Dictionary<VirtualRouter, VirtualRouterEvent> _last = [];
    private bool _isComplete;

    /// <summary>Everybody hears of it before this returns. The last event of a router ends its streams.</summary>
    public void Publish(VirtualRouterEvent happened)
    {
        if (observer is not null)
            Guard(observer, happened);
        if (happened.Kind != VirtualRouterEventKind.Snapshot)
            Guard(happened.Router.RaiseChanged, happened);
        var isLast = happened.Kind is VirtualRouterEventKind.Stopped or VirtualRouterEventKind.Removed;
        lock (_lock)
        {
            if (isLast)
                _last.Remove(happened.Router);
            else
                _last[happened.Router] = happened;
            foreach (var subscription in _subscriptions)
                subscription.Offer(happened, isLast);
        }
    }

    /// <summary>A stream of the events of one router, or of all; it begins with a snapshot.</summary>
    public Subscription Subscribe(VirtualRouter? router)
    {
        var subscription = new Subscription(router);
        lock (_lock)
        {
            foreach (var (owner, last) in _last)
            {
                if (router is null || router == owner)
                    subscription.Offer(SnapshotOf(last), isLast: false);
            }

            if (_isComplete || (router is not null && router.IsStopped))
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

    private static VirtualRouterEvent SnapshotOf(VirtualRouterEvent last) => last with
    {
        Kind = VirtualRouterEventKind.Snapshot,
        PreviousState = last.State,
        PreviousPriority = last.Priority,
        Reason = null,
    };

    private void Guard(Action<VirtualRouterEvent> action, VirtualRouterEvent happened)
    {
        try
        {
            action(happened);
        }
#pragma warning disable CA1031 // Whatever an observer throws, the routers live on; it is logged.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.ObserverFailed(e);
        }
    }

    /// <summary>A bounded queue of events: when it is full, the oldest makes room and is counted.</summary>
    internal sealed class Subscription
    {
        private readonly Channel<VirtualRouterEvent> _channel;
        private readonly VirtualRouter? _router;
        private int _missed;

        public Subscription(VirtualRouter? router)
        {
            _router = router;
            var options = new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true };
            _channel = Channel.CreateBounded<VirtualRouterEvent>(options, _ => Interlocked.Increment(ref _missed));
        }

        public void Offer(VirtualRouterEvent happened, bool isLast)
        {
            if (_router is not null && _router != happened.Router)
                return;
            _channel.Writer.TryWrite(happened);
            if (isLast && _router is not null)
                Complete();
        }

        public void Complete() => _channel.Writer.TryComplete();

        public async IAsyncEnumerable<VirtualRouterEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var happened in _channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                var missed = Interlocked.Exchange(ref _missed, 0);
                yield return missed == 0 ? happened : happened with { Missed = missed };
            }
        }
    }
}
