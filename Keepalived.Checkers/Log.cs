using Microsoft.Extensions.Logging;

namespace Keepalived.Checkers;

/// <summary>Everything this library logs. Event ids 5000-5999.</summary>
internal static partial class Log
{
    [LoggerMessage(5000, LogLevel.Error, "Checker {Checker} threw instead of telling what it found; taken as a failure")]
    public static partial void CheckerThrew(this ILogger logger, Exception exception, string checker);

    [LoggerMessage(5001, LogLevel.Error, "The receiver of the result of checker {Checker} threw")]
    public static partial void ReceiverThrew(this ILogger logger, Exception exception, string checker);
}
