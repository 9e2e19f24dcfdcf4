using System.Globalization;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Logging;

/// <summary>
/// The daemon's logger factory: formats a message where it is logged, puts it into a bounded queue and lets a thread of its own carry
/// it to the sink. Logging never waits for a device. When the queue is full, new messages are discarded and counted, and the count is
/// logged as soon as there is room. The sink is made on that thread with the first message, so that starting it delays nobody.
/// </summary>
internal sealed class LogQueue : ILoggerFactory
{
    /// <summary>How many messages wait at most, if not said otherwise.</summary>
    public const int DefaultCapacity = 4096;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Queue<LogRecord> _queue = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Dictionary<string, ILogger> _loggers = [];
    private readonly Func<ILogSink> _openSink;
    private readonly int _capacity;
    private readonly Thread _thread;
    private long _discarded;
    private long _unreported;
    private bool _isAsleep;
    private bool _closing;
    private bool _abandoned;

    /// <param name="minimumLevel">Messages below it are not even formatted.</param>
    /// <param name="openSink">Makes the sink, on the queue's thread.</param>
    /// <param name="capacity">How many messages may wait.</param>
    public LogQueue(LogLevel minimumLevel, Func<ILogSink> openSink, int capacity = DefaultCapacity)
    {
        MinimumLevel = minimumLevel;
        _openSink = openSink;
        _capacity = capacity;
        _thread = new Thread(Drain, maxStackSize: 256 * 1024) { Name = "log", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Messages below it are not logged.</summary>
    public LogLevel MinimumLevel { get; }

    /// <summary>How many messages were thrown away because the sinks were too slow.</summary>
    public long Discarded => Interlocked.Read(ref _discarded);

    /// <summary>The queue over the sinks of a process.</summary>
    /// <param name="settings">Where to log.</param>
    /// <param name="lean">Without NLog, for the supervisor.</param>
    public static LogQueue Open(LogSettings settings, bool lean) =>
        new(settings.MinimumLevel, lean ? () => new DirectSink(settings) : () => new NLogSink(settings));

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName)
    {
        lock (_gate)
        {
            if (!_loggers.TryGetValue(categoryName, out var logger))
                _loggers.Add(categoryName, logger = new QueueLogger(this, categoryName));
            return logger;
        }
    }

    /// <summary>Not supported: the sinks belong to the queue.</summary>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The daemon's sinks are fixed.");

    /// <summary>Takes a message, or discards and counts it.</summary>
    public void Enqueue(in LogRecord record)
    {
        bool wake;
        lock (_gate)
        {
            if (_closing || _queue.Count >= _capacity)
            {
                Interlocked.Increment(ref _discarded);
                _unreported++;
                return;
            }

            _queue.Enqueue(record);
            (wake, _isAsleep) = (_isAsleep, false);
        }

        // Waking a thread is a system call, which a burst of messages needs once.
        if (wake)
            _wake.Set();
    }

    /// <summary>Writes what waits, for at most two seconds, and closes the sink. Later messages are discarded.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closing)
                return;
            _closing = true;
        }

        _wake.Set();
        if (_thread.Join(CloseTimeout))
            _wake.Dispose();
        else
            Volatile.Write(ref _abandoned, true);
    }

    private void Drain()
    {
        RealTime.SetBatch(); // on one processor, what is told of comes before the telling
        ILogSink? sink = null;
        while (!Volatile.Read(ref _abandoned))
        {
            if (TryTake(out var record, out var lost, out var closing))
            {
                sink ??= _openSink();
                if (lost > 0)
                    sink.Write(LossNotice(record.Time, lost));
                sink.Write(record);
            }
            else
            {
                sink?.Flush();
                if (closing)
                    break;
                _wake.WaitOne();
            }
        }

        sink?.Dispose();
    }

    private bool TryTake(out LogRecord record, out long lost, out bool closing)
    {
        lock (_gate)
        {
            closing = _closing;
            lost = 0;
            if (!_queue.TryDequeue(out record))
            {
                _isAsleep = true;
                return false;
            }

            (lost, _unreported) = (_unreported, 0);
            return true;
        }
    }

    private static LogRecord LossNotice(long time, long lost) => new(
        time, LogLevel.Warning, "Keepalived.Daemon.Logging", new EventId(6001, "MessagesDiscarded"),
        lost.ToString(CultureInfo.InvariantCulture) + " log messages discarded: the log could not keep up", null);
}
