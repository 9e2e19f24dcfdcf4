using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Keepalived.Interop.Tests.Wire;

/// <summary>Decodes VRRP in an Ethernet frame and checks it as RFC 3768 and RFC 5798 ask a receiver to.</summary>
internal static class AdvertDecoder
{
    public const int Protocol = 112;

    /// <summary>The IP authentication header's, and its length.</summary>
    public const int HeaderProtocol = 51;
    public const int HeaderLength = 24;

    /// <summary>The length of an HMAC trailer.</summary>
    public const int TrailerLength = 28;
    public static readonly IPAddress Group4 = IPAddress.Parse("224.0.0.18");
    public static readonly IPAddress Group6 = IPAddress.Parse("ff02::12");
    private const int EthernetLength = 14;
    private const int MinimumEthernetPayload = 46;

    public static Advert? DecodeIPv4(byte[] frame)
    {
        var packet = frame.AsSpan(EthernetLength);
        if (packet.Length < 20 || packet[9] is not (Protocol or HeaderProtocol))
            return null;
        var defects = new List<string>();
        var headerLength = (packet[0] & 0x0f) * 4;
        int total = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        if (packet[0] != 0x45)
            defects.Add($"version and header length 0x{packet[0]:x2}");
        if (packet[1] != 0xc0)
            defects.Add($"type of service 0x{packet[1]:x2}");
        if ((BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) & 0x3fff) != 0)
            defects.Add("fragmented");
        if (InternetChecksum.Sum(packet[..20].ToArray()) != 0xffff)
            defects.Add("IPv4 header checksum");
        if (total > packet.Length || (total < packet.Length && packet.Length > MinimumEthernetPayload))
            defects.Add($"IPv4 total length {total} in {packet.Length} bytes");
        var authenticationHeader = packet[9] == HeaderProtocol ? HeaderLength : 0;
        if (total > packet.Length || total < headerLength + authenticationHeader)
            return Undecoded(frame, packet, defects);

        var source = new IPAddress(packet[12..16]);
        var destination = new IPAddress(packet[16..20]);
        var message = packet[(headerLength + authenticationHeader)..total].ToArray();
        var advert = Decode(frame, source, destination, ttl: packet[8], message, packet[12..20].ToArray(), defects);
        if (authenticationHeader == 0)
            return advert;
        var header = packet.Slice(headerLength, HeaderLength);
        if (header[0] != Protocol || header[1] != 4 || header[2] != 0 || header[3] != 0)
            defects.Add("authentication header");
        if (!header.Slice(4, 4).SequenceEqual(packet[12..16]))
            defects.Add("security parameters index is not the source address");
        return advert with { Sequence = BinaryPrimitives.ReadUInt32BigEndian(header[8..]), HasAuthenticationHeader = true };
    }

    public static Advert? DecodeIPv6(byte[] frame)
    {
        var packet = frame.AsSpan(EthernetLength);
        if (packet.Length < 40 || packet[6] != Protocol)
            return null;
        var defects = new List<string>();
        int length = BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
        if (length != packet.Length - 40)
            defects.Add($"IPv6 payload length {length} in {packet.Length - 40} bytes");
        var trafficClass = (BinaryPrimitives.ReadUInt16BigEndian(packet) >> 4) & 0xff;
        if (trafficClass != 0xc0)
            defects.Add($"traffic class 0x{trafficClass:x2}");
        var message = packet[40..].ToArray();
        return Decode(frame, new IPAddress(packet[8..24]), new IPAddress(packet[24..40]), packet[7], message, packet[8..40].ToArray(), defects);
    }

    private static Advert Undecoded(byte[] frame, ReadOnlySpan<byte> packet, List<string> defects) => new()
    {
        SourceMac = FrameDecoder.Mac(frame.AsSpan(6)),
        DestinationMac = FrameDecoder.Mac(frame),
        Source = new IPAddress(packet[12..16]),
        Destination = new IPAddress(packet[16..20]),
        Ttl = packet[8],
        Defects = defects,
    };

    private static Advert Decode(
        byte[] frame, IPAddress source, IPAddress destination, int ttl, byte[] payload, byte[] addressPair, List<string> defects)
    {
        var advert = new Advert
        {
            SourceMac = FrameDecoder.Mac(frame.AsSpan(6)),
            DestinationMac = FrameDecoder.Mac(frame),
            Source = source,
            Destination = destination,
            Ttl = ttl,
            Defects = defects,
        };
        CheckAddressing(advert, defects);
        if (payload.Length < 8)
        {
            defects.Add($"{payload.Length} bytes of VRRP");
            return advert;
        }

        var version = payload[0] >> 4;
        var addressLength = source.GetAddressBytes().Length;
        var isVersion2 = version == 2;
        var trailer = isVersion2 && addressLength == 4 ? 8 : 0;
        var expected = 8 + (payload[3] * addressLength) + trailer;
        var isSigned = payload.Length == expected + TrailerLength;
        var message = isSigned ? payload[..expected] : payload;
        if (message.Length != expected)
            defects.Add($"{message.Length} bytes of VRRP for {message[3]} addresses");
        if (version is not (2 or 3))
            defects.Add($"version {version}");
        if ((message[0] & 0x0f) != 1)
            defects.Add($"type {message[0] & 0x0f}");
        if (message[1] == 0)
            defects.Add("VRID 0");
        if (!isVersion2 && message[4] >> 4 != 0)
            defects.Add("reserved bits set");
        // Over IPv4 the checksum leaves an HMAC trailer out.
        var covered = addressLength == 4 ? message : payload;
        byte[] pseudoHeader = [.. addressPair, 0, Protocol, (byte)(covered.Length >> 8), (byte)covered.Length];
        var sum = isVersion2 && addressLength == 4 ? InternetChecksum.Sum(message) : InternetChecksum.Sum(pseudoHeader, covered);
        if (sum != 0xffff)
            defects.Add("checksum");

        var addresses = new List<IPAddress>();
        for (var at = 8; at + addressLength <= message.Length - trailer && addresses.Count < message[3]; at += addressLength)
            addresses.Add(new IPAddress(message.AsSpan(at, addressLength)));
        if (addressLength == 16 && addresses.Count > 0 && !addresses[0].IsIPv6LinkLocal)
            defects.Add("the first IPv6 address is not link-local");
        if (isVersion2 && trailer > 0 && message[4] == 0 && message.AsSpan(message.Length - 8).ContainsAnyExcept((byte)0))
            defects.Add("authentication data without authentication");
        return advert with
        {
            Version = version,
            Type = message[0] & 0x0f,
            VirtualRouterId = message[1],
            Priority = message[2],
            Addresses = addresses,
            Payload = payload,
            Trailer = isSigned ? payload[expected..] : [],
            Sequence = isSigned ? BinaryPrimitives.ReadUInt64BigEndian(payload.AsSpan(expected + 4)) : 0,
            Interval = isVersion2
                ? TimeSpan.FromSeconds(message[5])
                : TimeSpan.FromMilliseconds(10 * (BinaryPrimitives.ReadUInt16BigEndian(message.AsSpan(4)) & 0x0fff)),
            AuthenticationType = isVersion2 ? message[4] : 0,
            AuthenticationData = trailer > 0 ? Encoding.ASCII.GetString(message.AsSpan(message.Length - 8)).TrimEnd('\0') : "",
        };
    }

    private static void CheckAddressing(Advert advert, List<string> defects)
    {
        if (!advert.IsMulticast)
            return;
        if (advert.Ttl != 255)
            defects.Add($"TTL {advert.Ttl}");
        var group = advert.Destination.Equals(Group4) ? "01:00:5e:00:00:12" : "33:33:00:00:00:12";
        if (advert.DestinationMac != group)
            defects.Add($"destination MAC {advert.DestinationMac}");
        if (advert.Destination.Equals(Group6) && !advert.Source.IsIPv6LinkLocal)
            defects.Add($"source {advert.Source} is not link-local");
    }
}
