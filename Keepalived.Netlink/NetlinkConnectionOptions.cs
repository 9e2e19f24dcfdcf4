using Microsoft.Extensions.Logging;

namespace Keepalived.Netlink;

/// <summary>How a <see cref="NetlinkConnection"/> behaves.</summary>
public sealed record NetlinkConnectionOptions
{
    /// <summary>
    /// The port id of the socket, which the kernel's answers carry; 0 if it is not known. Messages to other ports are taken for
    /// notifications.
    /// </summary>
    public uint PortId { get; init; }

    /// <summary>
    /// The most requests that wait for their answer. The next ones are sent as these are answered. If the kernel refuses 128, its answers
    /// take less than 100 KiB of socket memory, half of the smallest usual receive buffer.
    /// </summary>
    public int MaxRequestsInFlight { get; init; } = 128;

    /// <summary>The most bytes that go into one sendmsg, unless a single request is longer.</summary>
    public int MaxBytesPerSend { get; init; } = 32 * 1024;

    /// <summary>How often a dump is tried before it fails with EINTR because the table kept changing.</summary>
    public int MaxDumpAttempts { get; init; } = 16;

    /// <summary>
    /// Takes messages that answer no request; they are counted and dropped if this is null. Called on the reading thread, in order.
    /// </summary>
    public NetlinkMessageHandler? OnNotification { get; init; }

    /// <summary>
    /// Told that messages were lost at this place of the stream (ENOBUFS: the receive buffer overflowed; EMSGSIZE: one was longer than
    /// the buffer; EBADMSG: malformed), so that state kept from notifications must be read again. Outstanding requests have failed by
    /// then, and dumps start again.
    /// </summary>
    public Action<Errno>? OnDataLost { get; init; }

    /// <summary>Where the connection logs (events 4100 and up); null for nowhere.</summary>
    public ILogger? Logger { get; init; }
}
