using System.Globalization;
using Keepalived.Daemon.CommandLine;
using Keepalived.Daemon.Logging;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Tests.Logging;

public sealed class LogLineTests
{
    // In the time zone of the machine, whatever that is.
    private static readonly DateTime Moment = new(2026, 11, 3, 7, 8, 9, DateTimeKind.Local);

    private static LogRecord Record(string message, LogLevel level = LogLevel.Information, Exception? error = null) => new(
        ((Moment.ToUniversalTime().Ticks - DateTime.UnixEpoch.Ticks) * 100) + 123_456_700, level, "c", default, message, error);

    [Test]
    public void ForConsole_Record_HasTheCLocalesDate() =>
        Assert.That(LogLine.ForConsole(Record("hello")), Is.EqualTo("Tue Nov  3 07:08:09 2026: hello"));

    [Test]
    public void ForFile_Record_HasNanoseconds() =>
        Assert.That(LogLine.ForFile(Record("hello")), Is.EqualTo("Tue Nov  3 07:08:09.123456700 2026: hello"));

    [Test]
    public void ForSyslog_Record_IsRfc3164() => Assert.That(
        LogLine.ForSyslog(Record("hello"), SyslogFacility.Daemon, "Keepalived_vrrp"),
        Is.EqualTo($"<30>Nov  3 07:08:09 Keepalived_vrrp[{Environment.ProcessId}]: hello"));

    [TestCase(LogLevel.Critical, 2)]
    [TestCase(LogLevel.Error, 3)]
    [TestCase(LogLevel.Warning, 4)]
    [TestCase(LogLevel.Information, 6)]
    [TestCase(LogLevel.Debug, 6)]
    public void ForSyslog_Level_BecomesSeverity(LogLevel level, int severity) => Assert.That(
        LogLine.ForSyslog(Record("x", level), SyslogFacility.Local1, "i"), Does.StartWith($"<{(17 * 8) + severity}>"));

    [Test]
    public void Text_Error_IsNamed() => Assert.That(
        LogLine.ForConsole(Record("failed", error: new IOException("gone"))), Does.EndWith(": failed: IOException: gone"));

    [TestCase("/v/a.log", "", null, null, "/v/a.log")]
    [TestCase("/v/a.log", "vrrp", null, null, "/v/a_vrrp.log")]
    [TestCase("/v/a.log", "healthcheckers", null, null, "/v/a_check.log")]
    [TestCase("/v/a.log", "vrrp", "blue", "1", "/v/a_vrrp_blue_1.log")]
    [TestCase("/v.d/a", "bfd", null, "1", "/v.d/a_bfd_1")]
    public void FileName_Process_NamespaceAndInstance_ComeBeforeTheExtension(
        string file, string process, string? networkNamespace, string? instance, string expected) =>
        Assert.That(LogSettings.FileName(file, process, networkNamespace, instance), Is.EqualTo(expected));

    [TestCase("", null, null, "Keepalived")]
    [TestCase("vrrp", null, null, "Keepalived_vrrp")]
    [TestCase("vrrp", "blue", "1", "Keepalived_vrrp_blue_1")]
    [TestCase("healthcheckers", null, "1", "Keepalived_healthcheckers_1")]
    public void Ident_Process_IsTheRealOnes(string process, string? networkNamespace, string? instance, string expected) =>
        Assert.That(LogSettings.For(new CommandLineOptions(), process, networkNamespace, instance).Ident, Is.EqualTo(expected));

    [TestCase("", "Information", false, true)]
    [TestCase("-l", "Information", false, true)]
    [TestCase("-l -n", "Information", true, true)]
    [TestCase("-D", "Debug", false, true)]
    [TestCase("-DD", "Trace", false, true)]
    [TestCase("-G", "Information", false, false)]
    [TestCase("-t -l", "None", true, false)]
    public void Settings_CommandLine_ChoosesLevelAndSinks(string line, string level, bool console, bool syslog)
    {
        var options = CommandLineParser.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Options;

        var settings = LogSettings.For(options, "vrrp");

        Assert.That(settings.MinimumLevel.ToString(), Is.EqualTo(level));
        Assert.That(settings.Console, Is.EqualTo(console));
        Assert.That(settings.SyslogSocket is not null, Is.EqualTo(syslog));
    }

    [Test]
    public void ToDateTime_Moment_ComesBack() =>
        Assert.That(LocalTime.ToDateTime(Record("").Time).ToString("o", CultureInfo.InvariantCulture),
            Does.StartWith("2026-11-03T07:08:09.1234567"));
}
