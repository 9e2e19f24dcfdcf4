namespace Keepalived.Netlink.Route;

/// <summary>
/// Notifications were lost, and everything was read again. The events that follow at once are the differences; what came and went
/// meanwhile, or changed and changed back, is not among them.
/// </summary>
/// <param name="Reason">How they were lost: ENOBUFS if the socket's receive buffer overflowed.</param>
public sealed record ResynchronizedEvent(Errno Reason) : NetworkEvent;
