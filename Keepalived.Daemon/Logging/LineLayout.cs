using NLog;
using NLog.Layouts;

namespace Keepalived.Daemon.Logging;

/// <summary>An NLog layout that is one function of the record: the daemon's formats are code, not templates.</summary>
internal sealed class LineLayout(LineLayout.Format format) : Layout
{
    /// <summary>Makes a line of a record.</summary>
    public delegate string Format(in LogRecord record);

    /// <inheritdoc/>
    protected override string GetFormattedMessage(LogEventInfo logEvent) => format(((RecordEvent)logEvent).Record);
}
