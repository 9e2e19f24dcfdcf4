using System.Runtime.InteropServices;

namespace Keepalived.Netlink.Io;

/// <summary>
/// What precedes each datagram in the pipes of a datagram socket: a pipe is a stream of bytes, so every datagram travels as
/// this fixed header followed by <see cref="Length"/> bytes. Inbound the socket fills it in; outbound it says where and how to send.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DatagramHeader
{
    /// <summary>The size of the encoded header in a pipe, in bytes.</summary>
    public const int Size = 64;

    /// <summary>The number of payload bytes that follow.</summary>
    public required int Length { get; init; }

    /// <summary>
    /// Inbound the sender; outbound the source address to send from (IPv6 packet info), or <see cref="InetAddress.None"/> to let the
    /// kernel choose.
    /// </summary>
    public InetAddress Source { get; init; }

    /// <summary>
    /// Inbound the destination, where the socket knows it; outbound the receiver. <see cref="InetAddress.None"/> on packet sockets.
    /// </summary>
    public InetAddress Destination { get; init; }

    /// <summary>
    /// The interface it arrived on, or outbound must leave by (IPv6 packet info, packet sockets); 0 if unknown or unspecified.
    /// </summary>
    public int InterfaceIndex { get; init; }

    /// <summary>Inbound the TTL or hop limit, -1 if unknown; outbound the hop limit to set, 0 or -1 for the socket's default.</summary>
    public int HopLimit { get; init; }

    /// <summary>The UDP port of the other end; 0 on raw and packet sockets.</summary>
    public ushort Port { get; init; }

    /// <summary>
    /// Inbound: the datagram was longer than the buffer and is cut. Such datagrams are delivered so that they can be counted.
    /// </summary>
    public bool IsTruncated { get; init; }

    /// <summary>Inbound: when the loop read it, in nanoseconds of <see cref="MonotonicClock"/>.</summary>
    public long ArrivalTime { get; init; }
}
