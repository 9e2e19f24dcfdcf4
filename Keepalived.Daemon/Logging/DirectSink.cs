using System.Text;

namespace Keepalived.Daemon.Logging;

/// <summary>
/// The sinks of the supervisor, with nothing between record and device. It logs a few lines an hour; NLog would make up a quarter of
/// its memory.
/// </summary>
internal sealed class DirectSink : ILogSink
{
    private readonly LogSettings _settings;
    private readonly SyslogClient? _syslog;
    private readonly FileStream? _file;

    public DirectSink(LogSettings settings)
    {
        _settings = settings;
        _syslog = settings.SyslogSocket is { } socket ? new SyslogClient(socket) : null;
        _file = settings.File is { } file ? LogFile.TryOpen(file) : null;
    }

    /// <summary>Lines that a sink did not take.</summary>
    public long Lost { get; private set; }

    /// <inheritdoc/>
    public void Write(in LogRecord record)
    {
        if (_syslog is not null && !_syslog.Send(LogLine.ForSyslog(record, _settings.Facility, _settings.Ident)))
            Lost++;
        if (_settings.Console && !StandardStreams.WriteErrorLine(LogLine.ForConsole(record)))
            Lost++;
        if (_file is null)
            return;
        try
        {
            _file.Write(Encoding.UTF8.GetBytes(LogLine.ForFile(record) + "\n"));
            if (_settings.FlushFile)
                _file.Flush();
        }
        catch (IOException)
        {
            Lost++; // the disk is full or gone; the other sinks still have the line
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        try
        {
            _file?.Flush();
        }
        catch (IOException)
        {
            Lost++;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Flush();
        _syslog?.Dispose();
        _file?.Dispose();
    }
}
