namespace Keepalived.Netlink.Io;

/// <summary>Time as an <see cref="EventLoop"/> sees it: timestamps in nanoseconds of CLOCK_MONOTONIC, timers on the loop.</summary>
internal sealed class LoopTimeProvider(EventLoop loop) : TimeProvider
{
    public override long TimestampFrequency => MonotonicClock.Second;

    public override long GetTimestamp() => MonotonicClock.Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new LoopTimeProviderTimer(loop, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
