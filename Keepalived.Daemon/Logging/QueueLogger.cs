using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Logging;

/// <summary>A logger of one category over a <see cref="LogQueue"/>.</summary>
internal sealed class QueueLogger(LogQueue queue, string category) : ILogger
{
    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= queue.MinimumLevel && logLevel != LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            queue.Enqueue(new LogRecord(LocalTime.Now, logLevel, category, eventId, formatter(state, exception), exception));
    }
}
