using System.Buffers.Binary;
using System.Net;

namespace Keepalived.Interop.Tests.Wire;

/// <summary>BFD control packets (RFC 5880 section 4.1) over UDP, of either family.</summary>
internal static class BfdDecoder
{
    private const int Ethernet = 14, Udp = 17, UdpHeader = 8, Mandatory = 24;

    /// <summary>The packet of an Ethernet frame; null if it is something else.</summary>
    public static BfdControl? Decode(ReadOnlySpan<byte> frame)
    {
        var ip = frame[Ethernet..];
        if (ip.IsEmpty)
            return null;
        return (ip[0] >> 4) switch
        {
            4 when ip.Length >= 20 && ip[9] == Udp => Decode(
                ip[((ip[0] & 15) * 4)..], new IPAddress(ip[12..16]), new IPAddress(ip[16..20]), ip[8]),
            6 when ip.Length >= 40 && ip[6] == Udp => Decode(ip[40..], new IPAddress(ip[8..24]), new IPAddress(ip[24..40]), ip[7]),
            _ => null,
        };
    }

    private static BfdControl? Decode(ReadOnlySpan<byte> udp, IPAddress source, IPAddress destination, int hopLimit)
    {
        if (udp.Length < UdpHeader + Mandatory || Word(udp[2..]) is not (3784 or 4784))
            return null;
        var bfd = udp[UdpHeader..];
        return new BfdControl
        {
            Source = source.ToString(),
            Destination = destination.ToString(),
            HopLimit = hopLimit,
            SourcePort = Word(udp),
            Port = Word(udp[2..]),
            Diagnostic = bfd[0] & 31,
            State = bfd[1] >> 6,
            Poll = (bfd[1] & 32) != 0,
            Final = (bfd[1] & 16) != 0,
            Authenticated = (bfd[1] & 4) != 0,
            Demand = (bfd[1] & 2) != 0,
            Multiplier = bfd[2],
            MyDiscriminator = Long(bfd[4..]),
            YourDiscriminator = Long(bfd[8..]),
            DesiredMinTx = Long(bfd[12..]),
            RequiredMinRx = Long(bfd[16..]),
            AuthenticationType = (bfd[1] & 4) != 0 && bfd.Length > Mandatory ? bfd[Mandatory] : 0,
        };
    }

    private static ushort Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint Long(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
