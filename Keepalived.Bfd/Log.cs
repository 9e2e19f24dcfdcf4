using Keepalived.Bfd.Wire;
using Keepalived.Netlink;
using Microsoft.Extensions.Logging;

namespace Keepalived.Bfd;

/// <summary>Everything this library logs. Event ids 2000-2999.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Information, "BFD session {Session} with {Address}: {From} -> {To} ({Diagnostic})")]
    public static partial void StateChanged(
        this ILogger logger, string session, InetAddress address, BfdState from, BfdState to, BfdDiagnostic diagnostic);

    [LoggerMessage(2001, LogLevel.Warning,
        "BFD session {Session} with {Address}: {From} -> {To}, nothing heard for the detection time; we were {Lateness} us late to notice")]
    public static partial void NeighborSilent(
        this ILogger logger, string session, InetAddress address, BfdState from, BfdState to, long lateness);

    [LoggerMessage(2002, LogLevel.Information, "BFD session {Session}: discarded a packet from {Address}: {Reason}; {Count} so far")]
    public static partial void Discarded(this ILogger logger, string session, InetAddress address, BfdDiscardReason reason, long count);

    [LoggerMessage(2003, LogLevel.Information, "Discarded a BFD packet of no session here, from {Address}: {Reason}")]
    public static partial void StrangerDiscarded(this ILogger logger, InetAddress address, BfdDiscardReason reason);

    [LoggerMessage(2004, LogLevel.Warning, "BFD session {Session}: sending to {Address} failed: {Error}; {Count} failures so far")]
    public static partial void SendFailed(this ILogger logger, string session, InetAddress address, Errno error, long count);

    [LoggerMessage(2005, LogLevel.Warning, "BFD session {Session} waits for interface {Interface}, which does not exist")]
    public static partial void InterfaceMissing(this ILogger logger, string session, string @interface);

    [LoggerMessage(2006, LogLevel.Warning, "BFD session {Session}: interface {Interface} is gone")]
    public static partial void InterfaceLost(this ILogger logger, string session, string @interface);

    [LoggerMessage(2007, LogLevel.Information, "BFD session {Session}: interface {Interface} is there")]
    public static partial void InterfaceFound(this ILogger logger, string session, string @interface);

    [LoggerMessage(2008, LogLevel.Error, "BFD session {Session}: cannot open its sockets")]
    public static partial void CannotOpen(this ILogger logger, Exception exception, string session);

    [LoggerMessage(2009, LogLevel.Information, "New BFD options: {Untouched} untouched, {Changed} changed, {Added} added, {Removed} removed")]
    public static partial void Applied(this ILogger logger, int untouched, int changed, int added, int removed);

    [LoggerMessage(2010, LogLevel.Warning, "Stopping did not hear within {Timeout} that all neighbours know; they will notice by their detection time")]
    public static partial void StopTimedOut(this ILogger logger, TimeSpan timeout);

    [LoggerMessage(2011, LogLevel.Error, "An observer of BFD events failed")]
    public static partial void ObserverFailed(this ILogger logger, Exception exception);

    [LoggerMessage(2012, LogLevel.Critical, "The watch over the kernel's interfaces failed; sessions do not follow their interfaces any more")]
    public static partial void MonitorFailed(this ILogger logger, Exception exception);

    [LoggerMessage(2013, LogLevel.Warning,
        "BFD session {Session}: a packet to {Address} left {Lateness} us late: the machine let us run {Woken} us late, we were busy for {Busy} us")]
    public static partial void SentLate(this ILogger logger, string session, InetAddress address, long lateness, long woken, long busy);

    [LoggerMessage(2014, LogLevel.Warning,
        "BFD session {Session}: the time of {Address} was up while we slept; waiting a little longer for what may be on its way")]
    public static partial void StallForgiven(this ILogger logger, string session, InetAddress address);

    [LoggerMessage(2015, LogLevel.Information, "BFD session {Session}: opened by {Address}")]
    public static partial void UnsolicitedOpened(this ILogger logger, string session, InetAddress address);

    [LoggerMessage(2016, LogLevel.Warning, "BFD session {Session}: opened by {Address}, but its sockets cannot be opened")]
    public static partial void UnsolicitedFailed(this ILogger logger, Exception exception, string session, InetAddress address);

    [LoggerMessage(2017, LogLevel.Warning, "BFD session {Session}: the link-layer address of {Address} is not known, no echo packet can be sent")]
    public static partial void EchoUnresolved(this ILogger logger, string session, InetAddress address);

    [LoggerMessage(2018, LogLevel.Warning, "Sending BFD packets together failed for {Address}: {Error}; its sessions use sockets of their own")]
    public static partial void BatchFailed(this ILogger logger, InetAddress address, Errno error);

    [LoggerMessage(2019, LogLevel.Warning, "The neighbour table of interface {Interface} cannot be read")]
    public static partial void NeighboursUnknown(this ILogger logger, Exception exception, int @interface);
}
