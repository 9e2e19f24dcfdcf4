using Keepalived.Netlink.Io;

namespace Keepalived.Netlink;

/// <summary>How a <see cref="NetlinkSocket"/> is opened.</summary>
public sealed record NetlinkSocketOptions
{
    /// <summary>The namespace to open the socket in; null for the one of the calling thread.</summary>
    public NetworkNamespace? NetworkNamespace { get; init; }

    /// <summary>
    /// The size to ask of the receive buffer, in bytes; 0 for the kernel's default. The kernel charges about 1 KiB for a small message.
    /// </summary>
    public int ReceiveBufferSize { get; init; } = 1024 * 1024;

    /// <summary>
    /// Whether it may be larger than net.core.rmem_max, if the process has the right (SO_RCVBUFFORCE); else it is as much as it may be.
    /// </summary>
    public bool ForceReceiveBuffer { get; init; } = true;

    /// <summary>
    /// The size to ask of the send buffer, in bytes, beyond net.core.wmem_max if the process may (SO_SNDBUFFORCE), else as much as it
    /// may; 0 for the kernel's default. It bounds the length of one datagram, and so of a transaction.
    /// </summary>
    public int SendBufferSize { get; init; }

    /// <summary>Multicast groups to join, by number.</summary>
    public IReadOnlyList<uint> Groups { get; init; } = [];
}
