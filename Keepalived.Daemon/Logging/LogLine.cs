using System.Globalization;
using Keepalived.Daemon.CommandLine;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Logging;

/// <summary>A log record as each sink writes it, in the real program's formats.</summary>
internal static class LogLine
{
    /// <summary>A line for the console.</summary>
    public static string ForConsole(in LogRecord record) => $"{LocalTime.ForConsole(record.Time)}: {record.Text}";

    /// <summary>A line for the log file.</summary>
    public static string ForFile(in LogRecord record) => $"{LocalTime.ForFile(record.Time)}: {record.Text}";

    /// <summary>A datagram for a local syslog daemon (RFC 3164 §4.1, without host name, as syslog(3) sends it).</summary>
    public static string ForSyslog(in LogRecord record, SyslogFacility facility, string ident) => string.Create(
        CultureInfo.InvariantCulture,
        $"<{((int)facility * 8) + Severity(record.Level)}>{LocalTime.ForSyslog(record.Time)} {ident}[{Environment.ProcessId}]: {record.Text}");

    /// <summary>
    /// The syslog severity. Details that the operator asked for with <c>-D</c> go out as information, as the real program's do: many
    /// systems drop the debug severity.
    /// </summary>
    public static int Severity(LogLevel level) => level switch
    {
        LogLevel.Critical => 2,
        LogLevel.Error => 3,
        LogLevel.Warning => 4,
        _ => 6,
    };
}
