namespace Keepalived.Netlink.Io;

/// <summary>
/// A timer of a loop's <see cref="TimeProvider"/>: a <see cref="LoopTimer"/> that any thread may change, and that repeats in phase.
/// Periods that passed while the loop was busy are skipped, not made up for.
/// </summary>
internal sealed class LoopTimeProviderTimer : ITimer
{
    private static readonly Action<object?> FireOnLoop = static state => ((LoopTimeProviderTimer)state!).Fire();
    private static readonly Action<object?> ApplyOnLoop = static state => ((LoopTimeProviderTimer)state!).Apply();
    private static readonly ContextCallback CallBack = static state => ((LoopTimeProviderTimer)state!).InvokeCallback();

    private readonly EventLoop _loop;
    private readonly LoopTimer _timer;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ExecutionContext? _executionContext = ExecutionContext.Capture();
    private readonly Lock _lock = new();
    private long _deadline = MonotonicClock.Never;
    private long _period;
    private bool _isDisposed;

    public LoopTimeProviderTimer(EventLoop loop, TimerCallback callback, object? state)
    {
        (_loop, _callback, _state) = (loop, callback, state);
        _timer = loop.CreateTimer(FireOnLoop, this);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        var due = Nanoseconds(dueTime, nameof(dueTime));
        var every = Nanoseconds(period, nameof(period));
        lock (_lock)
        {
            if (_isDisposed)
                return false;
            var now = MonotonicClock.Now;
            _deadline = due < MonotonicClock.Never - now ? now + due : MonotonicClock.Never;
            _period = every is 0 or MonotonicClock.Never ? 0 : every;
        }

        ApplySoon();
        return true;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            _deadline = MonotonicClock.Never;
        }

        ApplySoon();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static long Nanoseconds(TimeSpan span, string name)
    {
        if (span == Timeout.InfiniteTimeSpan)
            return MonotonicClock.Never;
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero, name);
        return span.Ticks >= MonotonicClock.Never / 100 ? MonotonicClock.Never : MonotonicClock.FromTimeSpan(span);
    }

    private void ApplySoon()
    {
        if (_loop.IsInLoop)
            Apply();
        else
            _loop.Schedule(ApplyOnLoop, this);
    }

    private void Apply()
    {
        lock (_lock)
        {
            if (!_isDisposed)
                _timer.Arm(_deadline);
            else
                _timer.Dispose();
        }
    }

    private void Fire()
    {
        lock (_lock)
        {
            // Changed elsewhere to a later time, and that change is on its way to the loop.
            if (_isDisposed || _deadline > _loop.Now)
                return;
            if (_period > 0)
            {
                var missed = (_loop.Now - _deadline) / _period;
                _deadline += (missed + 1) * _period;
                _timer.Arm(_deadline);
            }
            else
            {
                _deadline = MonotonicClock.Never;
            }
        }

        if (_executionContext is null)
            InvokeCallback();
        else
            ExecutionContext.Run(_executionContext, CallBack, this);
    }

    private void InvokeCallback() => _callback(_state);
}
