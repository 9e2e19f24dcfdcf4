using System.Buffers.Binary;
using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Netlink.Wire;

namespace Keepalived.Ipvs.Wire;

/// <summary>Families, and addresses as union nf_inet_addr: 16 bytes, of which IPv4 uses the first 4.</summary>
internal static class WireAddress
{
    private const ushort IPv4 = 2;
    private const ushort IPv6 = 10;
    private const int UnionLength = 16;

    public static ushort ToKernel(AddressFamily family) => family == AddressFamily.InterNetworkV6 ? IPv6 : IPv4;

    public static bool TryGetFamily(in NetlinkAttribute attribute, out AddressFamily family)
    {
        family = AddressFamily.Unspecified;
        if (!attribute.TryGetUInt16(out var number))
            return false;
        family = number switch
        {
            IPv4 => AddressFamily.InterNetwork,
            IPv6 => AddressFamily.InterNetworkV6,
            _ => AddressFamily.Unspecified,
        };
        return family != AddressFamily.Unspecified || number == 0;
    }

    public static void Write(ref NetlinkMessageWriter writer, ushort type, InetAddress address)
    {
        Span<byte> union = stackalloc byte[UnionLength];
        union.Clear();
        address.WriteTo(union);
        writer.WriteBytes(type, union);
    }

    /// <summary>Reads an address of a family. Some send only the bytes that IPv4 has.</summary>
    public static bool TryRead(ReadOnlySpan<byte> union, AddressFamily family, out InetAddress address)
    {
        var length = family == AddressFamily.InterNetworkV6 ? 16 : 4;
        address = default;
        if (union.Length < length || union.Length > UnionLength)
            return false;
        address = InetAddress.FromBytes(union[..length]);
        return true;
    }

    /// <summary>A port is in network order, as everywhere in IPVS but in the sync daemon.</summary>
    public static bool TryGetPort(in NetlinkAttribute attribute, out ushort port)
    {
        port = 0;
        if (attribute.Value.Length != sizeof(ushort))
            return false;
        port = BinaryPrimitives.ReadUInt16BigEndian(attribute.Value);
        return true;
    }
}
