using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd.Transport;

/// <summary>
/// Sends the packets of all sessions that are up with one system call a turn. A UDP socket has one source port, and each session needs
/// one of its own; so this is a raw socket, and packets bring their headers along. Lives on the loop.
/// </summary>
internal sealed class BatchSender : IDisposable
{
    // IPPROTO_RAW: sends any protocol with its header, receives nothing.
    private const int AnyProtocol = 255;
    private const int SendBufferSize = 2 * 1024 * 1024;

    // The packets of a thousand sessions that are due at once.
    private const int Burst = 128 * 1024;

    private readonly DatagramSocket _socket;
    private readonly DatagramWriter _writer;

    private BatchSender(EndpointContext context, AddressFamily family, string? vrf)
    {
        _socket = DatagramSocket.OpenRaw(context.Loop, family, AnyProtocol, new DatagramSocketOptions { MaxDatagramSize = 1, PreparedBytes = Burst });
        if (vrf is not null)
            _socket.BindToDevice(vrf);
        SocketBuffers.TrySetSend(_socket, SendBufferSize);
        _socket.OnSendError = context.OnBatchError;
        _writer = new DatagramWriter(_socket.Output);
    }

    public DatagramSocketCounters Counters => _socket.Counters;

    /// <summary>Opens one; <see langword="null"/> without CAP_NET_RAW, when each session uses its own socket.</summary>
    public static BatchSender? TryOpen(EndpointContext context, AddressFamily family, string? vrf)
    {
        try
        {
            return new BatchSender(context, family, vrf);
        }
        catch (SystemCallException e) when (e.Error == Errno.EPERM)
        {
            return null;
        }
    }

    /// <summary>Queues a packet, which leaves at the end of the turn.</summary>
    public void Send(in DatagramHeader header, ReadOnlySpan<byte> packet) => _writer.TryWrite(header, packet);

    public void Dispose() => _socket.Dispose();
}
