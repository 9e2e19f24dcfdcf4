using Microsoft.Extensions.Logging;

namespace Keepalived.Netlink.Io;

/// <summary>How an <see cref="EventLoop"/> runs.</summary>
public sealed record EventLoopOptions
{
    /// <summary>The name of its thread and in its logs.</summary>
    public string Name { get; init; } = "event loop";

    /// <summary>
    /// The real-time priority of the loop's thread, 1 to 99 (SCHED_RR | SCHED_RESET_ON_FORK, so that no child inherits it); null for
    /// ordinary scheduling. Needs CAP_SYS_NICE or RLIMIT_RTPRIO. If the kernel refuses, the loop runs without and logs a warning (event
    /// 4001).
    /// </summary>
    public int? RealTimePriority { get; init; }

    /// <summary>
    /// How long the loop's thread may go on without a wait: after that it pauses for a moment between two callbacks. Zero, the default, for
    /// as long as it takes. For threads with a real-time priority and a <see cref="ResourceLimit.RealTimeCpu"/>: the kernel ends a process
    /// that does not wait for that long, however much there is to do at a start or a failover. A quarter of the limit is a good value.
    /// </summary>
    public TimeSpan RealTimeBudget { get; init; }

    /// <summary>
    /// The CPUs that the loop's thread may run on; empty for all. If the kernel refuses, the loop runs without and logs a warning (event
    /// 4002).
    /// </summary>
    public IReadOnlyList<int> CpuAffinity { get; init; } = [];

    /// <summary>
    /// The network namespace that the loop's thread lives in while it runs, or null for the one it finds itself in. The loop does not
    /// dispose it.
    /// </summary>
    public NetworkNamespace? NetworkNamespace { get; init; }

    /// <summary>A turn that takes longer is counted in <see cref="EventLoopStatistics.LongTurns"/> and logged (event 4003).</summary>
    public TimeSpan LongTurnThreshold { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How late a timer must be for <see cref="OnLateTimer"/>; infinite for never.</summary>
    public TimeSpan LateTimerThreshold { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// Called on the loop after the timers of a turn in which some were later than <see cref="LateTimerThreshold"/>, with the lateness of
    /// the latest.
    /// </summary>
    public Action<TimeSpan>? OnLateTimer { get; init; }

    /// <summary>Where the loop logs; null for nowhere.</summary>
    public ILogger? Logger { get; init; }
}
