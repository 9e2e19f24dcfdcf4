namespace Keepalived.Checkers.Tests.Support;

/// <summary>A clock that moves when told, with timers that fire inside of <see cref="Advance"/>. Its frequency is odd on purpose.</summary>
internal sealed class ManualTimeProvider : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];
    private TimeSpan _now = TimeSpan.FromHours(7);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond * 3;

    /// <summary>How often a timer has fired.</summary>
    public int Fired { get; private set; }

    public override long GetTimestamp() => _now.Ticks * 3;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Assert.That(period, Is.EqualTo(Timeout.InfiniteTimeSpan), "only timers that fire once are known here");
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (_timers)
            _timers.Add(timer);
        return timer;
    }

    /// <summary>Lets time pass in which no timer gets to run, as on a machine that stands still.</summary>
    public void Stall(TimeSpan by) => _now += by;

    public void Advance(TimeSpan by)
    {
        var end = _now + by;
        while (true)
        {
            ManualTimer? next;
            lock (_timers)
                next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (next is null)
                break;
            _now = next.Due > _now ? next.Due : _now;
            Fired++;
            next.Fire();
        }

        _now = end;
    }

    private sealed class ManualTimer(ManualTimeProvider owner, Action fire) : ITimer
    {
        public TimeSpan Due { get; private set; } = TimeSpan.MaxValue;

        public void Fire()
        {
            Due = TimeSpan.MaxValue;
            fire();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : owner._now + dueTime;
            return true;
        }

        public void Dispose()
        {
            lock (owner._timers)
                owner._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
