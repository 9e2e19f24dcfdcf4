using Keepalived.Netlink.Io.Interop;

namespace Keepalived.Netlink.Io;

/// <summary>What keeps a loop with a real-time priority within its limit of CPU time.</summary>
public sealed unsafe partial class EventLoop
{
    // Long enough to be a sleep, from which the kernel wakes the thread with its account empty.
    private const long PauseNanoseconds = 50 * MonotonicClock.Microsecond;

    private readonly long _realTimeBudget;
    private long _pausedAt;

    // A wait of that length was one: what was there already is fetched in less.
    private void NoteWait()
    {
        if (_wokenAt - _waitStarted > PauseNanoseconds)
            _pausedAt = _wokenAt;
    }

    /// <summary>
    /// Pauses if the budget is used up: between two callbacks, and in those that make many system calls between two of these. On the loop only.
    /// </summary>
    internal void PauseIfDue()
    {
        if (_realTimeBudget == 0 || MonotonicClock.Now - _pausedAt < _realTimeBudget)
            return;
        var length = stackalloc long[] { 0, PauseNanoseconds };
        _ = Libc.NanoSleep(length, null);
        _pausedAt = MonotonicClock.Now;
        Statistics.Pauses++;
    }
}
