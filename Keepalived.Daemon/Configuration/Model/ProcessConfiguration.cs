namespace Keepalived.Daemon.Configuration.Model;

/// <summary>How one of the processes (VRRP, checker, BFD) is scheduled.</summary>
public sealed record ProcessConfiguration
{
    /// <summary>The process name shown by ps, at most 15 bytes; the binary's own if null.</summary>
    public string? Name { get; init; }

    /// <summary>The nice value, -20..19; unchanged if null.</summary>
    public int? Nice { get; init; }

    /// <summary>The SCHED_RR priority, 1..99; none if null.</summary>
    public int? RealTimePriority { get; init; }

    /// <summary>Whether all memory is locked.</summary>
    public bool NoSwap { get; init; }

    /// <summary>The CPUs that may run the process; all if empty.</summary>
    public EquatableArray<int> CpuAffinity { get; init; }

    /// <summary>RLIMIT_RTTIME in microseconds (hard limit; the soft one is half of it) while SCHED_RR is active; 0: no limit.</summary>
    public uint RealTimeLimitMicroseconds { get; init; } = 10_000;
}
