using System.Buffers.Binary;
using System.Net.Sockets;
using Keepalived.Ipvs;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Balancing.Marks;

/// <summary>Addresses of one family whose packets get a mark: one element of a map.</summary>
/// <param name="Protocol">The protocol of the packets.</param>
/// <param name="First">The first address.</param>
/// <param name="Last">The last address, of the same family.</param>
/// <param name="Port">The port; 0 for all.</param>
/// <param name="Mark">The mark.</param>
internal readonly record struct MarkRange(IpvsProtocol Protocol, InetAddress First, InetAddress Last, ushort Port, uint Mark)
{
    /// <summary>The family of the addresses.</summary>
    public AddressFamily Family => First.Family;

    /// <summary>Whether a packet could belong to both.</summary>
    public bool Overlaps(in MarkRange other) => Protocol == other.Protocol && Family == other.Family
        && (Port == other.Port || Port == 0 || other.Port == 0) && First <= other.Last && other.First <= Last;

    /// <summary>The parts of it that have none of the addresses of another, in order: none, one or two.</summary>
    public IEnumerable<MarkRange> Without(MarkRange other)
    {
        if (other.Last < First || Last < other.First)
            return [this];
        List<MarkRange> parts = [];
        if (First < other.First)
            parts.Add(this with { Last = Add(other.First, isNext: false) });
        if (other.Last < Last)
            parts.Add(this with { First = Add(other.Last, isNext: true) });
        return parts;
    }

    /// <summary>As logs name it.</summary>
    public override string ToString() => First == Last ? $"{First}:{Port}" : $"{First}-{Last}:{Port}";

    /// <summary>The next address, or the one before. There is one: another lies beyond it.</summary>
    private static InetAddress Add(InetAddress address, bool isNext)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        var length = address.WriteTo(bytes);
        var own = bytes[..length];
        if (length == sizeof(uint))
        {
            BinaryPrimitives.WriteUInt32BigEndian(own, unchecked(BinaryPrimitives.ReadUInt32BigEndian(own) + (isNext ? 1u : uint.MaxValue)));
        }
        else
        {
            BinaryPrimitives.WriteUInt128BigEndian(
                own, unchecked(BinaryPrimitives.ReadUInt128BigEndian(own) + (isNext ? UInt128.One : UInt128.MaxValue)));
        }

        return InetAddress.FromBytes(own);
    }
}
