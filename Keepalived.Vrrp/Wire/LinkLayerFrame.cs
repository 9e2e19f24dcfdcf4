using System.Buffers.Binary;
using Keepalived.Netlink;

namespace Keepalived.Vrrp.Wire;

/// <summary>
/// The link-layer header in front of announcements: Ethernet's 14 bytes, or the 24 bytes of IP over InfiniBand (RFC 4391).
/// </summary>
internal static class LinkLayerFrame
{
    public const ushort EtherTypeArp = 0x0806;
    public const ushort EtherTypeIPv6 = 0x86dd;
    public const int EthernetAddressLength = 6;
    public const int InfiniBandAddressLength = 20;

    /// <summary>The header's length for interfaces with addresses of this length, or -1 if such interfaces are not known.</summary>
    public static int HeaderLength(int addressLength) => addressLength switch
    {
        EthernetAddressLength => (2 * EthernetAddressLength) + 2,
        InfiniBandAddressLength => InfiniBandAddressLength + 4,
        _ => -1,
    };

    /// <summary>Writes the header. InfiniBand has the destination and a type with two reserved bytes, no source.</summary>
    public static int Write(Span<byte> frame, LinkLayerAddress destination, LinkLayerAddress source, ushort etherType)
    {
        destination.Bytes.CopyTo(frame);
        var position = destination.Length;
        if (source.Length == EthernetAddressLength)
        {
            source.Bytes.CopyTo(frame[position..]);
            position += source.Length;
        }

        BinaryPrimitives.WriteUInt16BigEndian(frame[position..], etherType);
        position += 2;
        if (source.Length == InfiniBandAddressLength)
        {
            frame.Slice(position, 2).Clear();
            position += 2;
        }

        return position;
    }
}
