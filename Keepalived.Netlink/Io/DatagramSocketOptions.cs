using System.Collections.Immutable;

namespace Keepalived.Netlink.Io;

/// <summary>How a <see cref="DatagramSocket"/> is opened.</summary>
public sealed record DatagramSocketOptions
{
    /// <summary>The network namespace to open the socket in, or null for that of the calling thread.</summary>
    public NetworkNamespace? NetworkNamespace { get; init; }

    /// <summary>
    /// The longest datagram that is received whole, 1 to 65535 bytes; longer ones are cut and flagged. The IPv4 header counts on raw IPv4
    /// sockets, the link-layer header on packet sockets.
    /// </summary>
    public int MaxDatagramSize { get; init; } = 2048;

    /// <summary>
    /// How many bytes of frames the input pipe holds before the socket is not read any more; from there on datagrams wait in the kernel's
    /// buffer (<see cref="DatagramSocket.ReceiveBufferSize"/>), which drops and counts what it cannot take
    /// (<see cref="DatagramSocketCounters.KernelDropped"/>).
    /// </summary>
    public int InputCapacity { get; init; } = 256 * 1024;

    /// <summary>
    /// How many bytes of frames the output pipe holds before flushing it has to wait, because the kernel takes no more. See
    /// <see cref="DatagramWriter"/>.
    /// </summary>
    public int OutputCapacity { get; init; } = 256 * 1024;

    /// <summary>
    /// How many bytes of frames either pipe takes without allocating even the first time, below its capacity: what a burst may need. 0
    /// unless told: a pipe makes its parts when it first needs so many, and keeps them.
    /// </summary>
    public int PreparedBytes { get; init; }

    /// <summary>
    /// A program of classic BPF that says how many bytes of a datagram to accept, 0 for none (SO_ATTACH_FILTER); it sees the link-layer
    /// header on packet sockets, the IP header on raw and the UDP header on UDP sockets. In force before the first datagram is received.
    /// Empty, the default, accepts all.
    /// </summary>
    public ImmutableArray<SocketFilterInstruction> Filter { get; init; } = [];
}
