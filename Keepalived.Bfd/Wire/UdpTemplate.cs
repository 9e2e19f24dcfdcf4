using System.Buffers.Binary;
using Keepalived.Netlink;
using Keepalived.Netlink.Wire;

namespace Keepalived.Bfd.Wire;

/// <summary>
/// A datagram with its IP and UDP headers, built once: what remains for each packet is its payload, two lengths and the checksums. In
/// front there may be room for a link-layer header. Completing one allocates nothing.
/// </summary>
internal sealed class UdpTemplate
{
    public const int IPv4HeaderLength = 20;
    public const int IPv6HeaderLength = 40;
    public const int UdpHeaderLength = 8;

    /// <summary>The protocol number of UDP.</summary>
    public const byte Udp = 17;

    private const int LinkLayerRoom = 14;
    private const ushort DoNotFragment = 0x4000;

    private readonly byte[] _bytes;
    private readonly InetAddress _source;
    private readonly InetAddress _destination;
    private readonly bool _isIPv4;

    /// <summary>Builds the headers.</summary>
    /// <param name="source">The source address.</param>
    /// <param name="destination">The destination address, of the same family.</param>
    /// <param name="sourcePort">The source port.</param>
    /// <param name="destinationPort">The destination port.</param>
    /// <param name="hopLimit">TTL or hop limit.</param>
    /// <param name="trafficClass">DSCP and ECN.</param>
    /// <param name="maxPayload">The longest payload.</param>
    public UdpTemplate(
        InetAddress source, InetAddress destination, ushort sourcePort, ushort destinationPort, int hopLimit, int trafficClass, int maxPayload)
    {
        (_source, _destination, _isIPv4) = (source, destination, source.IsIPv4);
        IpHeaderLength = _isIPv4 ? IPv4HeaderLength : IPv6HeaderLength;
        _bytes = new byte[LinkLayerRoom + IpHeaderLength + UdpHeaderLength + maxPayload];
        var ip = _bytes.AsSpan(LinkLayerRoom, IpHeaderLength);
        if (_isIPv4)
        {
            ip[0] = 0x45;
            ip[1] = (byte)trafficClass;
            BinaryPrimitives.WriteUInt16BigEndian(ip[6..], DoNotFragment);
            ip[8] = (byte)hopLimit;
            ip[9] = Udp;
            source.WriteTo(ip[12..]);
            destination.WriteTo(ip[16..]);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(ip, 0x6000_0000u | ((uint)trafficClass << 20));
            ip[6] = Udp;
            ip[7] = (byte)hopLimit;
            source.WriteTo(ip[8..]);
            destination.WriteTo(ip[24..]);
        }

        BinaryPrimitives.WriteUInt16BigEndian(UdpHeader, sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(UdpHeader[2..], destinationPort);
    }

    /// <summary>The length of the IP header.</summary>
    public int IpHeaderLength { get; }

    /// <summary>The room for the Ethernet header: destination, source, type.</summary>
    public Span<byte> LinkLayerHeader => _bytes.AsSpan(0, LinkLayerRoom);

    /// <summary>Where the payload is to be written.</summary>
    public Span<byte> Payload => _bytes.AsSpan(LinkLayerRoom + IpHeaderLength + UdpHeaderLength);

    private Span<byte> UdpHeader => _bytes.AsSpan(LinkLayerRoom + IpHeaderLength, UdpHeaderLength);

    /// <summary>Sets the lengths and checksums for a payload of this length.</summary>
    /// <returns>The IP packet.</returns>
    public ReadOnlySpan<byte> Complete(int payloadLength)
    {
        var udpLength = UdpHeaderLength + payloadLength;
        var ip = _bytes.AsSpan(LinkLayerRoom, IpHeaderLength);
        if (_isIPv4)
        {
            BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(IpHeaderLength + udpLength));
            ip.Slice(10, 2).Clear();
            BinaryPrimitives.WriteUInt16BigEndian(ip[10..], InternetChecksum.Compute(ip));
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(ip[4..], (ushort)udpLength);
        }

        var udp = _bytes.AsSpan(LinkLayerRoom + IpHeaderLength, udpLength);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)udpLength);
        udp.Slice(6, 2).Clear();
        var checksum = InternetChecksum.Finish(
            InternetChecksum.Sum(udp) + InternetChecksum.SumPseudoHeader(_source, _destination, Udp, udpLength));

        // Zero would say that there is none (RFC 768).
        BinaryPrimitives.WriteUInt16BigEndian(udp[6..], checksum == 0 ? (ushort)0xffff : checksum);
        return _bytes.AsSpan(LinkLayerRoom, IpHeaderLength + udpLength);
    }

    /// <summary>The same with the link-layer header in front.</summary>
    public ReadOnlySpan<byte> CompleteFrame(int payloadLength) => _bytes.AsSpan(0, LinkLayerRoom + Complete(payloadLength).Length);
}
