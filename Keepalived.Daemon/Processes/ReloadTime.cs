using System.Globalization;

namespace Keepalived.Daemon.Processes;

/// <summary>When a <c>reload_time_file</c> says to reload.</summary>
/// <param name="At">The time, UTC.</param>
/// <param name="IsDaily">Whether it was given without a date.</param>
internal readonly record struct ReloadTime(DateTime At, bool IsDaily)
{
    /// <summary>
    /// Reads the first line of the file: <c>HH:MM:SS</c>, or with a date <c>YY-MM-DD</c> or <c>YYYY-MM-DD</c> and a blank before it; with a
    /// <c>Z</c> at the end UTC, else local time. A time without a date that has passed today means tomorrow.
    /// </summary>
    /// <param name="content">The content of the file.</param>
    /// <param name="now">The time now, UTC.</param>
    /// <param name="zone">The local time zone.</param>
    /// <param name="time">The time, perhaps in the past if it has a date.</param>
    /// <returns>False if it is no such line, or no time of the calendar.</returns>
    public static bool TryParse(string content, DateTime now, TimeZoneInfo zone, out ReloadTime time)
    {
        time = default;
        var line = content.AsSpan();
        if (line.IndexOf('\n') is >= 0 and var end)
            line = line[..end];
        var isUtc = line is [.., 'Z'];
        if (isUtc)
            line = line[..^1];
        var place = isUtc ? TimeZoneInfo.Utc : zone;
        var isDaily = line.Length == 8;
        if (!isDaily)
            return TryParse(line.Length == 17 ? $"20{line}" : line, out var given) && TryMake(given, place, isDaily, out time);
        if (!TryParse($"{TimeZoneInfo.ConvertTimeFromUtc(now, place):yyyy-MM-dd} {line}", out var today))
            return false;
        // A time that summer time skips is not there today; nor is one that has passed.
        for (var day = 0; day <= 2; day++)
        {
            if (TryMake(today.AddDays(day), place, isDaily, out time) && time.At > now)
                return true;
        }

        return false;
    }

    private static bool TryParse(ReadOnlySpan<char> text, out DateTime value) => DateTime.TryParseExact(
        text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out value);

    private static bool TryMake(DateTime local, TimeZoneInfo zone, bool isDaily, out ReloadTime time)
    {
        var isValid = !zone.IsInvalidTime(local);
        time = isValid ? new ReloadTime(TimeZoneInfo.ConvertTimeToUtc(local, zone), isDaily) : default;
        return isValid;
    }
}
