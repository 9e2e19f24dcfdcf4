using System.Buffers.Binary;

namespace Keepalived.Interop.Tests.Wire;

/// <summary>RFC 1071, written again here so that the product is not judged by itself.</summary>
internal static class InternetChecksum
{
    /// <summary>The ones' complement sum of all parts; 0xffff for data that carries its right checksum.</summary>
    public static ushort Sum(params ReadOnlySpan<byte[]> parts)
    {
        ulong sum = 0;
        foreach (var part in parts)
        {
            for (var i = 0; i + 1 < part.Length; i += 2)
                sum += BinaryPrimitives.ReadUInt16BigEndian(part.AsSpan(i));
            if (part.Length % 2 == 1)
                sum += (ulong)part[^1] << 8;
        }
        while (sum >> 16 != 0)
            sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)sum;
    }

    /// <summary>The value to store in a zeroed checksum field.</summary>
    public static ushort Compute(params ReadOnlySpan<byte[]> parts) => (ushort)~Sum(parts);

    /// <summary>Computes the checksum of a header and stores it there.</summary>
    public static void Store(Span<byte> header, int at)
    {
        BinaryPrimitives.WriteUInt16BigEndian(header[at..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(header[at..], Compute(header.ToArray()));
    }
}
