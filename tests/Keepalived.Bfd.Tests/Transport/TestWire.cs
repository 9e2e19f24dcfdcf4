using System.Buffers.Binary;
using Keepalived.Bfd.Wire;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Wire;

namespace Keepalived.Bfd.Tests.Transport;

/// <summary>What arrives at a station, frame by frame, whatever BFD there does with it.</summary>
internal sealed class TestWire : IDisposable
{
    private readonly List<Datagram> _datagrams = [];
    private readonly byte[] _scratch = new byte[2048];
    private readonly EventLoop _loop;
    private readonly DatagramSocket _socket;

    public TestWire(TestLink link, char station = 'b')
    {
        _loop = new EventLoop(new EventLoopOptions { Name = "wire", NetworkNamespace = link.Namespace(station) });
        _socket = DatagramSocket.OpenPacket(
            _loop, 0x0003, options: new DatagramSocketOptions { NetworkNamespace = link.Namespace(station) });
        _socket.OnInput = Read;
        _loop.Start();
    }

    /// <summary>The UDP datagrams so far.</summary>
    public IReadOnlyList<Datagram> Datagrams
    {
        get
        {
            lock (_datagrams)
                return [.. _datagrams];
        }
    }

    /// <summary>Those to a port.</summary>
    public IReadOnlyList<Datagram> To(ushort port) => [.. Datagrams.Where(datagram => datagram.DestinationPort == port)];

    /// <summary>Sends a frame from the station, as it is.</summary>
    public Task SendAsync(int interfaceIndex, byte[] frame) => _loop.InvokeAsync(() =>
    {
        using var socket = DatagramSocket.OpenPacket(_loop, 0x0800, interfaceIndex);
        new DatagramWriter(socket.Output).TryWrite(new DatagramHeader { Length = frame.Length }, frame);
        return Task.CompletedTask;
    });

    public void Dispose()
    {
        _loop.Dispose();
        _socket.Dispose();
    }

    private void Read()
    {
        lock (_datagrams)
        {
            while (_socket.Input.TryRead(out var result))
            {
                var rest = result.Buffer;
                while (DatagramFrame.TryRead(ref rest, _scratch, out var header, out var frame))
                    Note(header.InterfaceIndex, frame);
                _socket.Input.AdvanceTo(rest.Start, rest.End);
                if (result.IsCompleted)
                    return;
            }
        }
    }

    private void Note(int interfaceIndex, ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 62)
            return;
        var ip = frame[14..];
        var isIPv4 = BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) == 0x0800;
        if (!isIPv4 && BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) != 0x86dd)
            return;
        if ((isIPv4 ? ip[9] : ip[6]) != UdpTemplate.Udp)
            return;
        var source = InetAddress.FromBytes(isIPv4 ? ip.Slice(12, 4) : ip.Slice(8, 16));
        var destination = InetAddress.FromBytes(isIPv4 ? ip.Slice(16, 4) : ip.Slice(24, 16));
        var udp = ip[(isIPv4 ? 20 : 40)..];
        udp = udp[..BinaryPrimitives.ReadUInt16BigEndian(udp[4..])];
        var isControl = BfdControlPacket.TryParse(udp[8..], out var packet) == BfdDiscardReason.None;
        _datagrams.Add(new Datagram
        {
            Source = source,
            Destination = destination,
            SourcePort = BinaryPrimitives.ReadUInt16BigEndian(udp),
            DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(udp[2..]),
            HopLimit = isIPv4 ? ip[8] : ip[7],
            TrafficClass = isIPv4 ? ip[1] : (BinaryPrimitives.ReadUInt16BigEndian(ip) >> 4) & 0xff,
            HasIpChecksum = !isIPv4 || InternetChecksum.IsValid(ip[..20]),
            HasUdpChecksum = InternetChecksum.IsValid(
                InternetChecksum.Sum(udp) + InternetChecksum.SumPseudoHeader(source, destination, UdpTemplate.Udp, udp.Length)),
            State = isControl ? packet.State : BfdState.AdminDown,
            Payload = udp[8..].ToArray(),
            InterfaceIndex = interfaceIndex,
            Frame = frame.ToArray(),
        });
    }

    /// <summary>A UDP datagram.</summary>
    internal sealed record Datagram
    {
        public InetAddress Source { get; init; }

        public InetAddress Destination { get; init; }

        public ushort SourcePort { get; init; }

        public ushort DestinationPort { get; init; }

        public int HopLimit { get; init; }

        public int TrafficClass { get; init; }

        public bool HasIpChecksum { get; init; }

        public bool HasUdpChecksum { get; init; }

        public BfdState State { get; init; }

        public byte[] Payload { get; init; } = [];

        public int InterfaceIndex { get; init; }

        public byte[] Frame { get; init; } = [];
    }
}
