using System.Buffers.Binary;

namespace Keepalived.Interop.Tests.Wire;

/// <summary>An Ethernet frame to what the scenarios look at; independent of the product's codecs on purpose.</summary>
internal static class FrameDecoder
{
    public static Frame Decode(long time, string port, byte[] bytes)
    {
        var frame = new Frame(time, port, bytes);
        return bytes.Length < 14
            ? frame
            : BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(12)) switch
            {
                0x0800 => frame with { Advert = AdvertDecoder.DecodeIPv4(bytes), Bfd = BfdDecoder.Decode(bytes) },
                0x0806 => frame with { Announcement = AnnouncementDecoder.DecodeArp(bytes) },
                0x86dd => frame with
                {
                    Advert = AdvertDecoder.DecodeIPv6(bytes),
                    Announcement = AnnouncementDecoder.DecodeNeighbourAdvertisement(bytes),
                    Bfd = BfdDecoder.Decode(bytes),
                },
                _ => frame,
            };
    }

    public static string Mac(ReadOnlySpan<byte> bytes) =>
        string.Join(':', bytes[..6].ToArray().Select(octet => octet.ToString("x2", null)));
}
