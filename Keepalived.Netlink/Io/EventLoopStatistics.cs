namespace Keepalived.Netlink.Io;

/// <summary>
/// What an <see cref="EventLoop"/> measured about itself, to answer "was it us?" when a peer complains of silence. The loop writes, any
/// thread may read. A timer that fired late was held up either by us, because a callback was still running when it fell due, or by
/// the machine, because the kernel woke our thread late: <see cref="WakeLateness"/> is the machine's share of <see cref="TimerLateness"/>.
/// </summary>
public sealed class EventLoopStatistics
{
    /// <summary>How often the loop waited and came back.</summary>
    public long Turns { get; internal set; }

    /// <summary>How often another thread woke the loop; several wishes may share one wake-up.</summary>
    public long WakeUps { get; internal set; }

    /// <summary>How many timers fired.</summary>
    public long TimersFired { get; internal set; }

    /// <summary>How many readiness callbacks ran.</summary>
    public long ReadinessCallbacks { get; internal set; }

    /// <summary>How many scheduled work items ran, continuations of pipes and awaits included.</summary>
    public long WorkItems { get; internal set; }

    /// <summary>How many callbacks let an exception escape.</summary>
    public long CallbackExceptions { get; internal set; }

    /// <summary>How many turns took longer than <see cref="EventLoopOptions.LongTurnThreshold"/>.</summary>
    public long LongTurns { get; internal set; }

    /// <summary>How often the loop paused because of its <see cref="EventLoopOptions.RealTimeBudget"/>.</summary>
    public long Pauses { get; internal set; }

    /// <summary>How long after its deadline each timer's callback began.</summary>
    public DurationHistogram TimerLateness { get; } = new();

    /// <summary>Of each timer that fell due while the loop slept: how long after the deadline the kernel let the loop run.</summary>
    public DurationHistogram WakeLateness { get; } = new();

    /// <summary>How long each turn kept the loop busy, from the end of one wait to the beginning of the next.</summary>
    public DurationHistogram TurnDuration { get; } = new();

    /// <summary>When the longest turn began, in nanoseconds of <see cref="MonotonicClock"/>; 0 before the first.</summary>
    public long LongestTurnStarted { get; internal set; }

    internal void RecordTurn(long started, long duration)
    {
        if (duration > TurnDuration.Maximum || LongestTurnStarted == 0)
            LongestTurnStarted = started;
        TurnDuration.Record(duration);
    }
}
