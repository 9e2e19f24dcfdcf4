namespace Keepalived.Daemon.Logging;

/// <summary>Where log records end. Called by one thread at a time, which is allowed to wait for slow devices.</summary>
internal interface ILogSink : IDisposable
{
    /// <summary>Writes a record. What cannot be written is counted by the sink, never thrown.</summary>
    void Write(in LogRecord record);

    /// <summary>Brings everything written so far to its place.</summary>
    void Flush();
}
