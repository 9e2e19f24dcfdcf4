using System.Text;
using NLog;
using NLog.Common;
using NLog.Targets;

namespace Keepalived.Daemon.Logging;

/// <summary>An NLog target for standard error: the lines of a burst go out in one piece.</summary>
internal sealed class StandardErrorTarget : TargetWithLayout
{
    private const int MaxLength = 16 * 1024;

    private readonly StringBuilder _lines = new();

    /// <inheritdoc/>
    protected override void Write(LogEventInfo logEvent)
    {
        _lines.Append(RenderLogEvent(Layout, logEvent)).Append('\n');
        if (_lines.Length >= MaxLength)
            WriteLines();
    }

    /// <inheritdoc/>
    protected override void FlushAsync(AsyncContinuation asyncContinuation)
    {
        WriteLines();
        asyncContinuation(null);
    }

    /// <inheritdoc/>
    protected override void CloseTarget()
    {
        WriteLines();
        base.CloseTarget();
    }

    private void WriteLines()
    {
        if (_lines.Length > 0)
            StandardStreams.WriteError(_lines.ToString());
        _lines.Clear();
    }
}
