namespace Keepalived.Netlink.Io;

public sealed partial class EventLoop
{
    /// <summary>
    /// How much of a delay is the machine's: how long after <paramref name="deadline"/> the kernel let the loop run in this turn, in
    /// nanoseconds; 0 if it fell due while callbacks were running, whose delay it is then. On the loop only.
    /// </summary>
    /// <param name="deadline">When something was to happen, in nanoseconds of <see cref="MonotonicClock"/>.</param>
    public long GetWakeLateness(long deadline) => deadline < _waitStarted ? 0 : Math.Max(0, _wokenAt - deadline);
}
