using System.Buffers.Binary;
using System.Net;

namespace Keepalived.Interop.Tests.Wire;

/// <summary>
/// Decodes gratuitous ARP (RFC 3768 6.4.2: a broadcast request) and unsolicited neighbour advertisements (RFC 4861 7.2.6).
/// </summary>
internal static class AnnouncementDecoder
{
    private const int EthernetLength = 14;
    private const int NeighbourAdvertisement = 136;

    public static Announcement? DecodeArp(byte[] frame)
    {
        var arp = frame.AsSpan(EthernetLength);
        // A unicast reply answers somebody, even somebody who announces the same address.
        if (arp.Length < 28 || (frame[0] & 1) == 0 || !arp[14..18].SequenceEqual(arp[24..28]) || arp[14..18].SequenceEqual("\0\0\0\0"u8))
            return null;
        var defects = new List<string>();
        if (!arp[..6].SequenceEqual((ReadOnlySpan<byte>)[0, 1, 8, 0, 6, 4]))
            defects.Add("ARP header " + Convert.ToHexString(arp[..6]));
        if (BinaryPrimitives.ReadUInt16BigEndian(arp[6..]) != 1)
            defects.Add($"ARP operation {BinaryPrimitives.ReadUInt16BigEndian(arp[6..])}");
        if (frame.AsSpan(0, 6).ContainsAnyExcept((byte)0xff))
            defects.Add("not broadcast");
        return new Announcement
        {
            Address = new IPAddress(arp[14..18]),
            Owner = FrameDecoder.Mac(arp[8..]),
            SourceMac = FrameDecoder.Mac(frame.AsSpan(6)),
            Defects = defects,
        };
    }

    public static Announcement? DecodeNeighbourAdvertisement(byte[] frame)
    {
        var packet = frame.AsSpan(EthernetLength);
        if (packet.Length < 64 || packet[6] != 58 || packet[40] != NeighbourAdvertisement)
            return null;
        var solicited = (packet[44] & 0x40) != 0;
        if (solicited)
            return null;
        var defects = new List<string>();
        var message = packet[40..].ToArray();
        byte[] pseudoHeader = [.. packet[8..40], 0, 0, (byte)(message.Length >> 8), (byte)message.Length, 0, 0, 0, 58];
        if (InternetChecksum.Sum(pseudoHeader, message) != 0xffff)
            defects.Add("ICMPv6 checksum");
        if (packet[7] != 255)
            defects.Add($"hop limit {packet[7]}");
        if ((packet[44] & 0x20) == 0)
            defects.Add("override flag clear");
        if (!new IPAddress(packet[24..40]).Equals(IPAddress.Parse("ff02::1")))
            defects.Add($"destination {new IPAddress(packet[24..40])}");
        if (packet.Length < 72 || packet[64] != 2 || packet[65] != 1)
            defects.Add("no target link-layer address");
        return new Announcement
        {
            Address = new IPAddress(packet[48..64]),
            Owner = packet.Length < 72 ? "" : FrameDecoder.Mac(packet[66..]),
            SourceMac = FrameDecoder.Mac(frame.AsSpan(6)),
            Defects = defects,
        };
    }
}
