namespace Keepalived.Netlink.Io;

/// <summary>A datagram that the kernel refused to send. The socket goes on with the next.</summary>
/// <param name="Error">Why.</param>
/// <param name="Header">The header of the datagram.</param>
public readonly record struct DatagramSendError(Errno Error, DatagramHeader Header);
