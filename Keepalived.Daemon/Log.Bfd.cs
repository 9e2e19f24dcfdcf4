using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon;

// What is said about BFD events between the children, and by the BFD child. Event ids 6100 to 6119.
internal static partial class Log
{
    [LoggerMessage(6100, LogLevel.Information, "The {Role} process asks for BFD events")]
    public static partial void BfdSubscribed(ILogger logger, string role);

    [LoggerMessage(6101, LogLevel.Information, "The {Role} process takes no more BFD events")]
    public static partial void BfdUnsubscribed(ILogger logger, string role);

    [LoggerMessage(6102, LogLevel.Information, "BFD session {Name} is {State}")]
    public static partial void BfdState(ILogger logger, string name, string state);

    [LoggerMessage(6103, LogLevel.Warning, "The BFD process is gone: what it last said holds for {Seconds} s")]
    public static partial void BfdProcessGone(ILogger logger, long seconds);

    [LoggerMessage(6104, LogLevel.Warning, "The BFD process says nothing: BFD session {Name} counts as down")]
    public static partial void BfdSilent(ILogger logger, string name);

    [LoggerMessage(6105, LogLevel.Warning, "The BFD process knows no session {Name}, or may not tell of it: it counts as down")]
    public static partial void BfdUnknownName(ILogger logger, string name);

    [LoggerMessage(6106, LogLevel.Warning, "{Count} BFD events came too fast and were replaced by the present states")]
    public static partial void BfdEventsMissed(ILogger logger, uint count);

    [LoggerMessage(6107, LogLevel.Error, "BFD events cannot be asked for: {Error}")]
    public static partial void BfdNotConnected(ILogger logger, string error);

    [LoggerMessage(6108, LogLevel.Error, "A BFD event was not understood: the processes are of different versions")]
    public static partial void BadBfdEvent(ILogger logger);

    [LoggerMessage(6109, LogLevel.Error, "{Error} All BFD sessions are down; the next attempt is in {Seconds} s")]
    public static partial void BfdPortsInUse(ILogger logger, string error, long seconds);
}
