using Microsoft.Extensions.Logging;

namespace Keepalived.Netlink;

/// <summary>Every message of this library. Event ids are stable: 4000-4099 the event loop and sockets, 4100-4199 netlink.</summary>
internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Error, "A callback on event loop {Loop} threw an exception")]
    public static partial void LoopCallbackFailed(ILogger logger, string loop, Exception exception);

    [LoggerMessage(4001, LogLevel.Warning, "Event loop {Loop} runs without real-time priority {Priority}: {Reason}")]
    public static partial void LoopWithoutRealTime(ILogger logger, string loop, int priority, string reason);

    [LoggerMessage(4002, LogLevel.Warning, "Event loop {Loop} runs without its CPU affinity: {Reason}")]
    public static partial void LoopWithoutAffinity(ILogger logger, string loop, string reason);

    [LoggerMessage(4003, LogLevel.Information, "Event loop {Loop} was busy for {Microseconds} us in one turn")]
    public static partial void LoopLongTurn(ILogger logger, string loop, long microseconds);
}
