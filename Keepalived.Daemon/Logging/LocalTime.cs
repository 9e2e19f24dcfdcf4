using Keepalived.Daemon.Interop;

namespace Keepalived.Daemon.Logging;

/// <summary>
/// Wall-clock time in the forms that logs use. It asks the C library for the local time: .NET's own time zone data would cost a
/// daemon of a few megabytes more than the rest of its logging.
/// </summary>
internal static unsafe class LocalTime
{
    private const long SecondNanoseconds = 1_000_000_000;
    private static readonly string[] Days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <summary>Now, in nanoseconds since 1970 UTC (100 ns steps).</summary>
    public static long Now => (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) * 100;

    /// <summary>The local date and time as a <see cref="DateTime"/>.</summary>
    public static DateTime ToDateTime(long time)
    {
        var local = BreakDown(time);
        var second = Math.Min(local.Second, 59); // the C library knows leap seconds, .NET does not
        return new DateTime(local.Year + 1900, local.Month + 1, local.Day, local.Hour, local.Minute, second, DateTimeKind.Local)
            .AddTicks(time % SecondNanoseconds / 100);
    }

    /// <summary>The C locale's <c>%c</c>: <c>Mon Nov  3 17:29:07 2026</c>.</summary>
    public static string ForConsole(long time)
    {
        var local = BreakDown(time);
        return $"{Days[local.WeekDay]} {Months[local.Month]} {local.Day,2} {local.Hour:D2}:{local.Minute:D2}:{local.Second:D2}" +
            $" {local.Year + 1900}";
    }

    /// <summary>The log file's form: <c>Mon Nov  3 17:29:07.123456700 2026</c>.</summary>
    public static string ForFile(long time)
    {
        var local = BreakDown(time);
        return $"{Days[local.WeekDay]} {Months[local.Month]} {local.Day,2} {local.Hour:D2}:{local.Minute:D2}:{local.Second:D2}" +
            $".{time % SecondNanoseconds:D9} {local.Year + 1900}";
    }

    /// <summary>RFC 3164 §4.1.2: <c>Nov  3 17:29:07</c>.</summary>
    public static string ForSyslog(long time)
    {
        var local = BreakDown(time);
        return $"{Months[local.Month]} {local.Day,2} {local.Hour:D2}:{local.Minute:D2}:{local.Second:D2}";
    }

    private static Libc.BrokenDownTime BreakDown(long time)
    {
        Libc.BrokenDownTime local;
        Libc.LocalTime(time / SecondNanoseconds, &local);
        return local;
    }
}
