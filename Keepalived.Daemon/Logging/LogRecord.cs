using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Logging;

/// <summary>One message on its way from a logger to the sinks.</summary>
/// <param name="Time">When it was logged: nanoseconds since 1970 UTC.</param>
/// <param name="Level">How bad it is.</param>
/// <param name="Category">The logger's name.</param>
/// <param name="Event">The stable id.</param>
/// <param name="Message">The formatted text.</param>
/// <param name="Error">The exception, if one belongs to it.</param>
internal readonly record struct LogRecord(long Time, LogLevel Level, string Category, EventId Event, string Message, Exception? Error)
{
    /// <summary>The text with the exception's type and message behind it.</summary>
    public string Text => Error is null ? Message : $"{Message}: {Error.GetType().Name}: {Error.Message}";
}
