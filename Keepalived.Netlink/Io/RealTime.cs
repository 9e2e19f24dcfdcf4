using System.Runtime.InteropServices;
using Keepalived.Netlink.Io.Interop;

namespace Keepalived.Netlink.Io;

/// <summary>
/// What makes a process punctual: scheduling, locked memory, limits. All of it may be refused without need to stop, so the results are
/// values. Linux keeps scheduling, affinity, nice and timer slack for each <em>thread</em>: these calls change the calling one, and
/// threads that it starts later (but not SCHED_RR, which is set with SCHED_RESET_ON_FORK).
/// </summary>
public static unsafe class RealTime
{
    // MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT of asm-generic/mman.h.
    private const int LockAllOnFault = 7;
    private const int MaxCpus = 4096;

    /// <summary>No limit (RLIM_INFINITY).</summary>
    public const ulong Unlimited = ulong.MaxValue;

    /// <summary>The real-time priority of the calling thread, 1 to 99; 0 under ordinary scheduling.</summary>
    public static int Priority
    {
        get
        {
            var priority = 0;
            return Libc.SchedGetParam(0, &priority) == 0 ? priority : 0;
        }
    }

    /// <summary>Schedules the calling thread as SCHED_RR with SCHED_RESET_ON_FORK. Needs CAP_SYS_NICE or RLIMIT_RTPRIO.</summary>
    /// <param name="priority">1 (lowest) to 99.</param>
    /// <exception cref="ArgumentOutOfRangeException">The priority is not from 1 to 99.</exception>
    public static SystemCallResult SetRoundRobin(int priority)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(priority, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(priority, 99);
        return Result(Libc.SchedSetScheduler(0, Libc.SchedRoundRobin | Libc.SchedResetOnFork, &priority));
    }

    /// <summary>Schedules the calling thread as SCHED_OTHER again.</summary>
    public static SystemCallResult SetOrdinary()
    {
        var priority = 0;
        return Result(Libc.SchedSetScheduler(0, Libc.SchedOther, &priority));
    }

    /// <summary>
    /// Schedules the calling thread as SCHED_BATCH: when it wakes it does not take the processor from the thread that woke it (sched(7)).
    /// </summary>
    public static SystemCallResult SetBatch()
    {
        var priority = 0;
        return Result(Libc.SchedSetScheduler(0, Libc.SchedBatch, &priority));
    }

    /// <summary>Sets the nice value of the calling thread, -20 (most favoured) to 19.</summary>
    public static SystemCallResult SetNice(int nice) => Result(Libc.SetPriority(0, 0, nice));

    /// <summary>The CPUs that the calling thread may run on, in ascending order.</summary>
    /// <exception cref="SystemCallException">The kernel refused.</exception>
    public static IReadOnlyList<int> GetAffinity()
    {
        Span<ulong> mask = stackalloc ulong[MaxCpus / 64];
        mask.Clear();
        fixed (ulong* pointer = mask)
        {
            if (Libc.SchedGetAffinity(0, MaxCpus / 8, pointer) < 0)
                throw SystemCallException.FromLastError("read the CPU affinity");
        }

        var cpus = new List<int>();
        for (var cpu = 0; cpu < MaxCpus; cpu++)
        {
            if ((mask[cpu / 64] >> (cpu % 64) & 1) != 0)
                cpus.Add(cpu);
        }

        return cpus;
    }

    /// <summary>Restricts the calling thread to these CPUs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or above 4095.</exception>
    public static SystemCallResult SetAffinity(IEnumerable<int> cpus)
    {
        ArgumentNullException.ThrowIfNull(cpus);
        Span<ulong> mask = stackalloc ulong[MaxCpus / 64];
        mask.Clear();
        foreach (var cpu in cpus)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(cpu, nameof(cpus));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(cpu, MaxCpus, nameof(cpus));
            mask[cpu / 64] |= 1UL << (cpu % 64);
        }

        fixed (ulong* pointer = mask)
            return Result(Libc.SchedSetAffinity(0, MaxCpus / 8, pointer));
    }

    /// <summary>
    /// Keeps every page of the process that was touched, or will be, in memory: mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT). On
    /// fault, because the garbage collector reserves far more than it uses. Needs CAP_IPC_LOCK or RLIMIT_MEMLOCK.
    /// </summary>
    public static SystemCallResult LockMemory() => Result(Libc.MLockAll(LockAllOnFault));

    /// <summary>Undoes <see cref="LockMemory"/>.</summary>
    public static SystemCallResult UnlockMemory() => Result(Libc.MUnlockAll());

    /// <summary>Sets a limit of the process; <see cref="Unlimited"/> for none. To raise the hard one needs CAP_SYS_RESOURCE.</summary>
    public static SystemCallResult SetLimit(ResourceLimit resource, ulong soft, ulong hard)
    {
        var limits = stackalloc ulong[] { soft, hard };
        return Result(Libc.SetRLimit((int)resource, limits));
    }

    /// <summary>A limit of the process.</summary>
    /// <exception cref="SystemCallException">The kernel knows no such resource.</exception>
    public static (ulong Soft, ulong Hard) GetLimit(ResourceLimit resource)
    {
        var limits = stackalloc ulong[2];
        return Libc.GetRLimit((int)resource, limits) == 0
            ? (limits[0], limits[1])
            : throw SystemCallException.FromLastError($"read the limit {resource}");
    }

    /// <summary>
    /// How late the kernel may wake the calling thread to save energy, in nanoseconds; 0 restores the default (50 us as a rule).
    /// Real-time threads have none.
    /// </summary>
    public static SystemCallResult SetTimerSlack(uint nanoseconds) => Result(Libc.PrCtl(Libc.PrSetTimerSlack, nanoseconds, 0, 0, 0));

    /// <summary>The timer slack of the calling thread in nanoseconds.</summary>
    public static int TimerSlack => Libc.PrCtl(Libc.PrGetTimerSlack, 0, 0, 0, 0);

    private static SystemCallResult Result(int returned) =>
        returned == 0 ? SystemCallResult.Success : new SystemCallResult((Errno)Marshal.GetLastPInvokeError());
}
