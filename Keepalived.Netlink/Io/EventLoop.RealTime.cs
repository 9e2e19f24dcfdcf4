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
    /// Sleeps for 50 us if the loop is real-time and has used up half of the CPU time that RLIMIT_RTTIME allows it between two waits: the
    /// kernel kills who exceeds that. The loop does so between callbacks; one that takes long is to do so in between, where it can. To be
    /// called on the loop's thread.
    /// </summary>
    public void PauseIfDue()
    {
        if (_realTimeBudget == 0 || MonotonicClock.Now - _pausedAt < _realTimeBudget)
            return;
        var length = stackalloc long[] { 0, PauseNanoseconds };
        _ = Libc.NanoSleep(length, null);
        _pausedAt = MonotonicClock.Now;
        Statistics.Pauses++;
    }
}
