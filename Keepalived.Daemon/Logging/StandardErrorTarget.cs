using NLog;
using NLog.Targets;

namespace Keepalived.Daemon.Logging;

/// <summary>An NLog target for standard error.</summary>
internal sealed class StandardErrorTarget : TargetWithLayout
{
    /// <inheritdoc/>
    protected override void Write(LogEventInfo logEvent) => StandardStreams.WriteErrorLine(RenderLogEvent(Layout, logEvent));
}
