namespace Keepalived.Netlink.Io;

/// <summary>The resources of setrlimit(2) that matter here, with the numbers of asm-generic/resource.h.</summary>
public enum ResourceLimit
{
    /// <summary>The size of a core file in bytes (RLIMIT_CORE).</summary>
    Core = 4,

    /// <summary>The number of open descriptors (RLIMIT_NOFILE).</summary>
    OpenFiles = 7,

    /// <summary>Locked memory in bytes (RLIMIT_MEMLOCK).</summary>
    LockedMemory = 8,

    /// <summary>The nice value that may be reached, as 20 - nice (RLIMIT_NICE).</summary>
    Nice = 13,

    /// <summary>The real-time priority that may be reached (RLIMIT_RTPRIO).</summary>
    RealTimePriority = 14,

    /// <summary>How many microseconds a real-time thread may run without a blocking call before SIGXCPU (RLIMIT_RTTIME).</summary>
    RealTimeCpu = 15,
}
