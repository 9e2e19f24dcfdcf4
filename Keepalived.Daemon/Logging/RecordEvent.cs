using Microsoft.Extensions.Logging;
using NLogLevel = NLog.LogLevel;

namespace Keepalived.Daemon.Logging;

/// <summary>A log record in NLog's clothes.</summary>
internal sealed class RecordEvent : NLog.LogEventInfo
{
    public RecordEvent(in LogRecord record)
        : base(Translate(record.Level), record.Category, record.Message)
    {
        Record = record;
        TimeStamp = LocalTime.ToDateTime(record.Time);
        Exception = record.Error;
    }

    /// <summary>What was logged.</summary>
    public LogRecord Record { get; }

    private static NLogLevel Translate(LogLevel level) => level switch
    {
        LogLevel.Trace => NLogLevel.Trace,
        LogLevel.Debug => NLogLevel.Debug,
        LogLevel.Information => NLogLevel.Info,
        LogLevel.Warning => NLogLevel.Warn,
        LogLevel.Error => NLogLevel.Error,
        LogLevel.Critical => NLogLevel.Fatal,
        _ => NLogLevel.Off,
    };
}
