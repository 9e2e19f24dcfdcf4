using NLog;
using NLog.Targets;

namespace Keepalived.Daemon.Logging;

/// <summary>An NLog target that sends what its layout renders to the local syslog daemon.</summary>
internal sealed class SyslogTarget(string socketPath) : TargetWithLayout
{
    private readonly SyslogClient _client = new(socketPath);

    /// <summary>Messages that the syslog daemon did not take.</summary>
    public long Lost => _client.Lost;

    /// <inheritdoc/>
    protected override void Write(LogEventInfo logEvent) => _client.Send(RenderLogEvent(Layout, logEvent));

    /// <inheritdoc/>
    protected override void CloseTarget()
    {
        _client.Dispose();
        base.CloseTarget();
    }
}
