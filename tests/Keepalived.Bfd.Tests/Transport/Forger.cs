using System.Net;
using System.Net.Sockets;
using Keepalived.Bfd.Wire;
using Keepalived.Netlink;

namespace Keepalived.Bfd.Tests.Transport;

/// <summary>Sends what a test wants from station b to a, whoever it claims to come from.</summary>
internal sealed class Forger : IDisposable
{
    private const int MaxPayload = 512;
    private static readonly IPEndPoint Target = new(IPAddress.Parse(TestLink.AddressOf('a').ToString()), 0);
    private readonly Socket _socket;

    // IPPROTO_RAW: the packet brings its IP header.
    public Forger(TestLink link) =>
        _socket = link.Namespace('b').Run(static () => new Socket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Raw));

    /// <summary>Who the packets claim to come from; station b unless told.</summary>
    public InetAddress Source { get; set; } = TestLink.AddressOf('b');

    public ushort SourcePort { get; set; } = 50_000;

    public ushort Port { get; set; } = BfdPorts.SingleHop;

    public int HopLimit { get; set; } = 255;

    /// <summary>Sends a datagram of these bytes.</summary>
    public void Send(ReadOnlySpan<byte> payload)
    {
        var template = new UdpTemplate(Source, TestLink.AddressOf('a'), SourcePort, Port, HopLimit, trafficClass: 0, MaxPayload);
        payload.CopyTo(template.Payload);
        _socket.SendTo(template.Complete(payload.Length), Target);
    }

    /// <summary>Sends a control packet, signed if there is a key.</summary>
    public void Send(BfdControlHeader header, BfdKey? key = null, uint sequence = 0)
    {
        Span<byte> bytes = stackalloc byte[BfdControlPacket.MaxSize];
        var length = header.WriteTo(bytes);
        Send(bytes[..(key?.Sign(bytes, sequence) ?? length)]);
    }

    /// <summary>What the neighbour of a session says, as its peer knows it.</summary>
    public static BfdControlHeader Of(BfdNeighbor session, BfdState state, BfdFlags flags = BfdFlags.None) => new()
    {
        State = state,
        Flags = flags,
        DetectMultiplier = 100,
        MyDiscriminator = session.RemoteDiscriminator,
        YourDiscriminator = session.LocalDiscriminator,
        DesiredMinTxInterval = 20_000,
        RequiredMinRxInterval = 20_000,
    };

    public void Dispose() => _socket.Dispose();
}
