using System.Runtime.InteropServices;

namespace Keepalived.Netlink.Io;

/// <summary>
/// CLOCK_MONOTONIC in nanoseconds: the time of every deadline in these libraries. It never jumps, has nanosecond resolution (.NET's
/// tick count advances in 4 ms steps), and is comparable between processes of one boot.
/// </summary>
public static partial class MonotonicClock
{
    private const int ClockMonotonic = 1;

    /// <summary>Nanoseconds in a second.</summary>
    public const long Second = 1_000_000_000;

    /// <summary>Nanoseconds in a millisecond.</summary>
    public const long Millisecond = 1_000_000;

    /// <summary>Nanoseconds in a microsecond.</summary>
    public const long Microsecond = 1_000;

    /// <summary>The deadline that never comes.</summary>
    public const long Never = long.MaxValue;

    /// <summary>The present, in nanoseconds since an arbitrary point, usually the boot.</summary>
    public static long Now
    {
        get
        {
            ClockGetTime(ClockMonotonic, out var time);
            return (time.Seconds * Second) + time.Nanoseconds;
        }
    }

    /// <summary>A time span in nanoseconds.</summary>
    /// <exception cref="OverflowException">It is longer than 292 years.</exception>
    public static long FromTimeSpan(TimeSpan span) => checked(span.Ticks * 100);

    /// <summary>Nanoseconds as a time span, rounded down to its 100 ns.</summary>
    public static TimeSpan ToTimeSpan(long nanoseconds) => new(nanoseconds / 100);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
