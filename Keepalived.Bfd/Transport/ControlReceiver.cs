using System.Net.Sockets;
using Keepalived.Bfd.Wire;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd.Transport;

/// <summary>
/// The socket that control packets of many sessions come to. They are handled as they are read, before the timers of the turn, so
/// that no session is declared dead whose packet lies here. Lives on the loop.
/// </summary>
internal sealed class ControlReceiver : IDisposable
{
    // The length field of a control packet is one byte.
    private const int MaxDatagramSize = 512;

    // What comes with one system call, were all as long as can be.
    private const int Burst = 32 * 1024;

    // More than a socket buffer of 4 MiB holds: of the smallest datagram the kernel counts 768 bytes, and it doubles the size.
    private const int DrainLimit = 12_000;

    private readonly EndpointContext _context;
    private readonly DatagramSocket _socket;
    private readonly byte[] _scratch = new byte[MaxDatagramSize];

    /// <summary>Opens and binds it.</summary>
    /// <exception cref="SystemCallException">The kernel refused: EADDRINUSE when another BFD runs here.</exception>
    public ControlReceiver(EndpointContext context, ReceiverKey key)
    {
        (_context, Key) = (context, key);
        Table = context.TableOf(key.Vrf);
        _socket = DatagramSocket.OpenUdp(context.Loop, key.Family, new DatagramSocketOptions { MaxDatagramSize = MaxDatagramSize, PreparedBytes = Burst });
        try
        {
            if (key.Vrf is not null)
                _socket.BindToDevice(key.Vrf);
            if (context.Options.ReceiveBufferSize > 0)
                SocketBuffers.TrySetReceive(_socket, context.Options.ReceiveBufferSize);
            _socket.OnInput = Read;
            _socket.Bind(key.Family == AddressFamily.InterNetwork ? InetAddress.AnyIPv4 : InetAddress.AnyIPv6, key.Port);
            Drain();
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    public ReceiverKey Key { get; }

    /// <summary>The sessions whose packets come here.</summary>
    public BfdSessionTable Table { get; }

    /// <summary>How many sessions use it.</summary>
    public int Users { get; set; }

    public DatagramSocketCounters Counters => _socket.Counters;

    /// <summary>Handles everything that has arrived by now; not what a flood goes on bringing meanwhile.</summary>
    public void Drain() => _socket.ReceivePending(DrainLimit);

    public void Dispose() => _socket.Dispose();

    private void Read()
    {
        while (_socket.Input.TryRead(out var result))
        {
            var rest = result.Buffer;
            while (DatagramFrame.TryRead(ref rest, _scratch, out var header, out var payload))
                Handle(header, payload);
            _socket.Input.AdvanceTo(rest.Start, rest.End);
            if (result.IsCompleted)
                return;
        }
    }

    private void Handle(in DatagramHeader header, ReadOnlySpan<byte> payload)
    {
        var origin = new BfdPacketOrigin
        {
            Source = header.Source,
            Destination = header.Destination,
            InterfaceIndex = header.InterfaceIndex,
            HopLimit = header.HopLimit,
            IsMultihop = Key.IsMultihop,
        };
        var reason = Table.HandleDatagram(payload, origin, header.ArrivalTime, out var session);
        if (session is { Driver: ControlDriver driver })
            driver.OnPacket(reason, origin);
        else if (reason != BfdDiscardReason.UnknownNeighbor || Key.Vrf is not null || !_context.TryAdmit(payload, origin, header.ArrivalTime))
            _context.OnStranger(reason, origin);
    }
}
