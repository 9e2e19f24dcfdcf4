using System.Buffers.Binary;

namespace Keepalived.Checkers.Ping;

/// <summary>ICMP echo as seen through a ping socket, which fills in identifier and checksum (RFC 792, RFC 4443 section 4).</summary>
public static class PingPacket
{
    /// <summary>The length of a request: header and 128 bytes of text.</summary>
    public const int Length = HeaderLength + 128;

    private const int HeaderLength = 8;
    private const byte EchoRequest = 8;
    private const byte EchoReply = 0;
    private const byte EchoRequest6 = 128;
    private const byte EchoReply6 = 129;

    private static ReadOnlySpan<byte> Text => "keepalived check - "u8;

    /// <summary>Writes a request.</summary>
    /// <param name="packet">At least <see cref="Length"/> bytes.</param>
    /// <param name="sequence">The sequence number.</param>
    /// <param name="isIPv6">ICMPv6, not ICMP.</param>
    public static void WriteRequest(Span<byte> packet, ushort sequence, bool isIPv6)
    {
        packet = packet[..Length];
        packet[..HeaderLength].Clear();
        packet[0] = isIPv6 ? EchoRequest6 : EchoRequest;
        BinaryPrimitives.WriteUInt16BigEndian(packet[6..], sequence);
        for (var i = 0; i < Length - HeaderLength; i++)
            packet[HeaderLength + i] = Text[i % Text.Length];
    }

    /// <summary>Whether a packet is the reply to a request. Total: any bytes.</summary>
    /// <param name="packet">The packet, from the ICMP header on.</param>
    /// <param name="sequence">The request's sequence number.</param>
    /// <param name="isIPv6">ICMPv6, not ICMP.</param>
    /// <returns><see langword="true"/> if it is.</returns>
    public static bool IsReply(ReadOnlySpan<byte> packet, ushort sequence, bool isIPv6) =>
        packet.Length >= HeaderLength && packet[0] == (isIPv6 ? EchoReply6 : EchoReply) && packet[1] == 0
        && BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) == sequence;
}
