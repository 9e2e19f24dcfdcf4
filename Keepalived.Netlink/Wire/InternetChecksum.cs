using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Keepalived.Netlink.Wire;

/// <summary>The Internet checksum: the one's complement of the one's complement sum of 16-bit words (RFC 1071, RFC 1624).</summary>
public static class InternetChecksum
{
    private const int VectorThreshold = 64;

    /// <summary>The checksum of <paramref name="data"/>, whose checksum field must be zero. An odd last byte is padded with zero.</summary>
    public static ushort Compute(ReadOnlySpan<byte> data) => Finish(Sum(data));

    /// <summary>Whether data that includes its checksum sums up to all ones.</summary>
    public static bool IsValid(ReadOnlySpan<byte> data) => IsValid(Sum(data));

    /// <summary>Whether a sum over data that includes its checksum, and perhaps a pseudo-header, is all ones.</summary>
    public static bool IsValid(uint sum) => Finish(sum) == 0;

    /// <summary>
    /// The unfinished sum of <paramref name="data"/>: at most 0xffff, so that thousands of sums can be added before <see cref="Finish"/>.
    /// Only the last piece of a message may have an odd length.
    /// </summary>
    public static uint Sum(ReadOnlySpan<byte> data)
    {
        // One's complement addition does not care about byte order (RFC 1071 section 2): add as the machine reads, swap once at the end.
        var sum = 0UL;
        ref var position = ref MemoryMarshal.GetReference(data);
        var length = data.Length;
        if (length >= VectorThreshold && Vector128.IsHardwareAccelerated)
        {
            var lanes = Vector128<uint>.Zero;
            var low = Vector128.Create(0xffffu);
            do
            {
                var words = Unsafe.ReadUnaligned<Vector128<uint>>(ref position);
                lanes += (words & low) + (words >>> 16);
                position = ref Unsafe.Add(ref position, 16);
                length -= 16;
            }
            while (length >= 16);
            for (var lane = 0; lane < 4; lane++)
                sum += lanes[lane];
        }

        for (; length >= 8; length -= 8)
        {
            var word = Unsafe.ReadUnaligned<ulong>(ref position);
            sum += (word & uint.MaxValue) + (word >> 32);
            position = ref Unsafe.Add(ref position, 8);
        }

        if (length >= 4)
        {
            sum += Unsafe.ReadUnaligned<uint>(ref position);
            position = ref Unsafe.Add(ref position, 4);
            length -= 4;
        }

        if (length >= 2)
        {
            sum += Unsafe.ReadUnaligned<ushort>(ref position);
            position = ref Unsafe.Add(ref position, 2);
            length -= 2;
        }

        if (length > 0)
            sum += BitConverter.IsLittleEndian ? position : (uint)position << 8;
        sum = (sum & uint.MaxValue) + (sum >> 32);
        sum = (sum & 0xffff) + ((sum >> 16) & 0xffff) + (sum >> 32);
        sum = (sum & 0xffff) + (sum >> 16);
        sum = (sum & 0xffff) + (sum >> 16);
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness((ushort)sum) : (ushort)sum;
    }

    /// <summary>
    /// The unfinished sum of a pseudo-header: source, destination, length and protocol. It is the same number for IPv4 (RFC 793) and IPv6
    /// (RFC 8200 section 8.1).
    /// </summary>
    public static uint SumPseudoHeader(InetAddress source, InetAddress destination, byte protocol, int length)
    {
        Span<byte> addresses = stackalloc byte[32];
        var written = source.WriteTo(addresses);
        written += destination.WriteTo(addresses[written..]);
        return Sum(addresses[..written]) + protocol + (uint)length;
    }

    /// <summary>Folds a sum and complements it: the value for the checksum field.</summary>
    public static ushort Finish(uint sum)
    {
        sum = (sum & 0xffff) + (sum >> 16);
        sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)~sum;
    }

    /// <summary>The checksum after one 16-bit word changed (RFC 1624 equation 3).</summary>
    public static ushort Update(ushort checksum, ushort before, ushort after) =>
        Finish((uint)(ushort)~checksum + (ushort)~before + after);

    /// <summary>
    /// The checksum after data summing up to <paramref name="before"/> was replaced by data summing up to <paramref name="after"/>.
    /// </summary>
    public static ushort UpdateSum(ushort checksum, uint before, uint after) => Update(checksum, Fold(before), Fold(after));

    private static ushort Fold(uint sum) => (ushort)~Finish(sum);
}
