using NLog;
using NLog.Config;
using NLog.Targets;
using NLog.Time;

namespace Keepalived.Daemon.Logging;

/// <summary>The sinks of a child process: syslog, console and file, as NLog targets configured in code.</summary>
internal sealed class NLogSink : ILogSink
{
    private readonly LogFactory _factory;
    private readonly Target[] _targets;
    private readonly Dictionary<string, Logger> _loggers = [];

    public NLogSink(LogSettings settings)
    {
        TimeSource.Current = new FastUtcTimeSource(); // events bring their own time: see LocalTime
        _factory = new LogFactory();
        var configuration = new LoggingConfiguration(_factory);
        if (settings.SyslogSocket is { } socket)
        {
            Add(configuration, new SyslogTarget(socket)
            {
                Name = "syslog",
                Layout = new LineLayout((in LogRecord record) => LogLine.ForSyslog(record, settings.Facility, settings.Ident)),
            });
        }

        if (settings.Console)
            Add(configuration, new StandardErrorTarget { Name = "console", Layout = new LineLayout(LogLine.ForConsole) });

        if (settings.File is { } file && LogFile.CanAppend(file))
        {
            Add(configuration, new FileTarget
            {
                Name = "file",
                FileName = file,
                Layout = new LineLayout(LogLine.ForFile),
                CreateDirs = false,
                KeepFileOpen = true,
                AutoFlush = settings.FlushFile,
                OpenFileFlushTimeout = 1,
            });
        }

        _factory.Configuration = configuration;
        _targets = [.. configuration.AllTargets];
    }

    /// <inheritdoc/>
    public void Write(in LogRecord record)
    {
        if (!_loggers.TryGetValue(record.Category, out var logger))
            _loggers.Add(record.Category, logger = _factory.GetLogger(record.Category));
        logger.Log(new RecordEvent(record));
    }

    /// <inheritdoc/>
    public void Flush()
    {
        // Not by the factory, which would wake other threads for what these targets do at once.
        foreach (var target in _targets)
            target.Flush(static _ => { });
    }

    /// <inheritdoc/>
    public void Dispose() => _factory.Dispose();

    private static void Add(LoggingConfiguration configuration, Target target) => configuration.AddRuleForAllLevels(target);
}
