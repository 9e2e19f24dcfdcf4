using Keepalived.Daemon.Configuration.Model;
using Keepalived.Netlink.Io;

namespace Keepalived.Daemon.Trackers;

/// <summary>
/// Whether there are as many processes as there should be. A change counts after a delay, one for processes that came and one for
/// processes that went; if it is undone before, nothing happened. It reads no clock.
/// </summary>
internal sealed class ProcessQuorum
{
    private readonly int _min;
    private readonly int _max;
    private readonly long _terminateDelay;
    private readonly long _forkDelay;
    private int _count;

    /// <param name="configuration">The numbers and delays.</param>
    /// <param name="count">How many processes there are at the start.</param>
    public ProcessQuorum(TrackProcessConfiguration configuration, int count)
    {
        (_min, _max, _count) = (configuration.Quorum, configuration.QuorumMax, count);
        _terminateDelay = MonotonicClock.FromTimeSpan(configuration.TerminateDelay);
        _forkDelay = MonotonicClock.FromTimeSpan(configuration.ForkDelay);
        IsUp = IsWithin;
    }

    /// <summary>Whether the number counts as right.</summary>
    public bool IsUp { get; private set; }

    /// <summary>When <see cref="HandleTimeout"/> must be called; <see cref="MonotonicClock.Never"/> if nothing is awaited.</summary>
    public long NextDeadline { get; private set; } = MonotonicClock.Never;

    private bool IsWithin => _count >= _min && _count <= _max;

    /// <summary>There is another number of processes. True if <see cref="IsUp"/> changed.</summary>
    public bool SetCount(int count, long now)
    {
        var delay = count > _count ? _forkDelay : _terminateDelay;
        _count = count;
        if (IsWithin == IsUp)
        {
            NextDeadline = MonotonicClock.Never;
            return false;
        }

        if (NextDeadline != MonotonicClock.Never)
            return false;
        NextDeadline = now + delay;
        return HandleTimeout(now);
    }

    /// <summary>Does what is due. True if <see cref="IsUp"/> changed.</summary>
    public bool HandleTimeout(long now)
    {
        if (now < NextDeadline)
            return false;
        NextDeadline = MonotonicClock.Never;
        IsUp = !IsUp;
        return true;
    }
}
