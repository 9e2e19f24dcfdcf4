using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Keepalived.Bfd.Transport;

/// <summary>
/// Hands events to the observer, to handlers and to streams, in order, and remembers the last of each session, so that a stream begins
/// with how things stand. Events are published on the loop; streams begin and end on any thread.
/// </summary>
internal sealed class EventHub(Action<BfdEvent>? observer, ILogger logger)
{
    private const int Capacity = 1024;
    private readonly Lock _lock = new();
    private readonly List<Subscription> _subscriptions = [];
    private readonly Dictionary<BfdNeighbor, BfdEvent> _last = [];
    private bool _isComplete;

    /// <summary>Everybody hears of it before this returns. The last event of a session ends its streams.</summary>
    public void Publish(BfdEvent happened)
    {
        Guard(observer, happened);
        if (happened.Kind != BfdEventKind.Snapshot)
            Guard(happened.Neighbor.RaiseChanged, happened);
        lock (_lock)
        {
            if (happened.IsLast)
                _last.Remove(happened.Neighbor);
            else
                _last[happened.Neighbor] = happened;
            foreach (var subscription in _subscriptions)
                subscription.Offer(happened);
        }
    }

    /// <summary>A stream of events; it begins with a snapshot.</summary>
    /// <param name="source">The session that they are of; <see langword="null"/> for all.</param>
    public Subscription Subscribe(BfdNeighbor? source)
    {
        var subscription = new Subscription(source);
        lock (_lock)
        {
            foreach (var last in _last.Values)
                subscription.Offer(last.ToSnapshot());
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

    private void Guard(Action<BfdEvent>? action, BfdEvent happened)
    {
        try
        {
            action?.Invoke(happened);
        }
#pragma warning disable CA1031 // Whatever an observer throws, the sessions live on; it is logged.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.ObserverFailed(e);
        }
    }

    /// <summary>A bounded queue of events: when it is full, the oldest makes room and is counted.</summary>
    internal sealed class Subscription
    {
        private readonly Channel<BfdEvent> _channel;
        private readonly BfdNeighbor? _source;
        private int _missed;

        public Subscription(BfdNeighbor? source)
        {
            _source = source;
            var options = new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true };
            _channel = Channel.CreateBounded<BfdEvent>(options, _ => Interlocked.Increment(ref _missed));
        }

        public void Offer(BfdEvent happened)
        {
            if (_source is not null && _source != happened.Neighbor)
                return;
            _channel.Writer.TryWrite(happened);
            if (happened.IsLast && _source is not null)
                Complete();
        }

        public void Complete() => _channel.Writer.TryComplete();

        public async IAsyncEnumerable<BfdEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var happened in _channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                var missed = Interlocked.Exchange(ref _missed, 0);
                yield return missed == 0 ? happened : happened with { Missed = missed };
            }
        }
    }
}
