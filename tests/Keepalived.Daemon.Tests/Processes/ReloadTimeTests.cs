using System.Globalization;
using Keepalived.Daemon.Processes;

namespace Keepalived.Daemon.Tests.Processes;

/// <summary>What the line of a reload_time_file means.</summary>
public sealed class ReloadTimeTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.CreateCustomTimeZone("two", TimeSpan.FromHours(2), "two", "two");

    [TestCase("12:00:00\n", "2026-03-01 10:00:00", true)]
    [TestCase("12:00:00Z\n", "2026-03-01 12:00:00", true)]
    [TestCase("12:00:00", "2026-03-01 10:00:00", true)]
    [TestCase("11:00:00", "2026-03-02 09:00:00", true, Description = "this moment has passed")]
    [TestCase("10:59:59", "2026-03-02 08:59:59", true)]
    [TestCase("08:00:00Z", "2026-03-02 08:00:00", true)]
    [TestCase("26-03-05 12:00:00", "2026-03-05 10:00:00", false)]
    [TestCase("2026-03-05 12:00:00", "2026-03-05 10:00:00", false)]
    [TestCase("2026-03-05 12:00:00Z\nmore", "2026-03-05 12:00:00", false)]
    [TestCase("2026-02-28 12:00:00", "2026-02-28 10:00:00", false, Description = "the caller sees that it has passed")]
    public void Line_IsATime(string content, string at, bool isDaily)
    {
        Assert.That(ReloadTime.TryParse(content, Utc("2026-03-01 09:00:00"), Zone, out var time));
        Assert.That(time, Is.EqualTo(new ReloadTime(Utc(at), isDaily)));
    }

    [TestCase("")]
    [TestCase("\n12:00:00")]
    [TestCase("noon")]
    [TestCase("12:00")]
    [TestCase("9:00:00")]
    [TestCase("24:00:00")]
    [TestCase("12:60:00")]
    [TestCase(" 12:00:00")]
    [TestCase("12:00:00 ")]
    [TestCase("12:00:00 Z")]
    [TestCase("12:00:00z")]
    [TestCase("12:00:00\r\n")]
    [TestCase("2026-02-30 12:00:00")]
    [TestCase("2026-13-01 12:00:00")]
    [TestCase("2026-03-05  12:00:00")]
    [TestCase("2026-03-05T12:00:00")]
    public void Line_IsNoTime(string content) =>
        Assert.That(ReloadTime.TryParse(content, Utc("2026-03-01 09:00:00"), Zone, out _), Is.False);

    [Test]
    public void Time_ThatSummerTimeSkips_IsThatOfTheNextDay_OrNone()
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Vienna", out var vienna))
            Assert.Inconclusive("There is no time zone database (Debian package tzdata).");
        var night = Utc("2026-03-29 00:00:00");
        Assert.That(ReloadTime.TryParse("02:30:00", night, vienna!, out var daily));
        Assert.That(daily.At, Is.EqualTo(Utc("2026-03-30 00:30:00")));
        Assert.That(ReloadTime.TryParse("2026-03-29 02:30:00", night, vienna!, out _), Is.False);
    }

    private static DateTime Utc(string text) => DateTime.Parse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
