using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Processes;

/// <summary>
/// Raises the real-time priority of the calling thread, a step each time, when its timers are late (<c>max_auto_priority</c>).
/// </summary>
/// <param name="logger">Hears of it.</param>
/// <param name="title">The process.</param>
internal sealed class AutomaticPriority(ILogger logger, string title)
{
    private const long LogInterval = MonotonicClock.Second;

    private long _nextLog;

    /// <summary>The highest priority that is taken, 1 to 99; 0: none, late timers are only logged; -1: not even that.</summary>
    public int Highest { get; set; }

    /// <summary>A timer was so late.</summary>
    public void OnLate(TimeSpan lateness)
    {
        if (Highest < 0)
            return;
        var priority = RealTime.Priority + 1;
        if (priority <= Highest)
        {
            var result = RealTime.SetRoundRobin(priority);
            if (result.Succeeded)
                Log.PriorityRaised(logger, title, lateness.TotalMilliseconds, priority);
            else
                Log.SchedulingRefused(logger, "real-time priority", result.ToString());
            return;
        }

        // Where there is a way up it is said each time: there are few. Else only so often.
        if (MonotonicClock.Now < _nextLog)
            return;
        _nextLog = MonotonicClock.Now + LogInterval;
        Log.TimerLate(logger, title, lateness.TotalMilliseconds);
    }
}
