namespace Keepalived.Netlink.Io;

/// <summary>
/// A one-shot timer of an <see cref="EventLoop"/>, armed and cancelled as often as wanted: O(log n), without allocation. Its methods may be
/// called on the loop only, or from anywhere while the loop does not run.
/// </summary>
public sealed class LoopTimer : IDisposable
{
    private readonly EventLoop _loop;
    private bool _isDisposed;

    internal LoopTimer(EventLoop loop, Action<object?> callback, object? state) => (_loop, Callback, State) = (loop, callback, state);

    /// <summary>Whether it will fire.</summary>
    public bool IsArmed => HeapIndex >= 0;

    /// <summary>
    /// When it will fire, in nanoseconds of <see cref="MonotonicClock"/>; <see cref="MonotonicClock.Never"/> if it is not armed.
    /// </summary>
    public long Deadline { get; internal set; } = MonotonicClock.Never;

    internal Action<object?> Callback { get; }

    internal object? State { get; }

    /// <summary>Where the heap holds this timer; -1 if it does not.</summary>
    internal int HeapIndex { get; set; } = -1;

    /// <summary>
    /// Makes it fire at <paramref name="deadline"/> instead of whenever it was armed for. A deadline in the past counts as now, so that
    /// the timer fires in the next turn and after those that waited longer; <see cref="MonotonicClock.Never"/> cancels.
    /// </summary>
    /// <param name="deadline">Nanoseconds of <see cref="MonotonicClock"/>.</param>
    /// <exception cref="InvalidOperationException">The loop runs and this is not its thread.</exception>
    /// <exception cref="ObjectDisposedException">The timer is disposed.</exception>
    public void Arm(long deadline)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _loop.VerifyAccess();
        _loop.ArmTimer(this, deadline);
    }

    /// <summary>Makes it not fire. Harmless if it is not armed.</summary>
    /// <exception cref="InvalidOperationException">The loop runs and this is not its thread.</exception>
    public void Cancel()
    {
        _loop.VerifyAccess();
        _loop.ArmTimer(this, MonotonicClock.Never);
    }

    /// <summary>Cancels it for good.</summary>
    /// <exception cref="InvalidOperationException">The loop runs and this is not its thread.</exception>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        Cancel();
        _isDisposed = true;
        _loop.ForgetTimer();
    }
}
