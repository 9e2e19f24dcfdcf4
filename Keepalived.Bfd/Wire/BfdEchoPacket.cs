using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Keepalived.Bfd.Wire;

/// <summary>
/// An echo packet of our own. RFC 5880 §5 leaves its form to the sender, who is also its receiver: the neighbour only sends it back. It
/// says which session it is of, which one it is, and when it left; a tag keyed by a secret of the session stops forgeries.
/// </summary>
/// <remarks>
/// <code>
/// | "KBE1", 4 bytes | discriminator, 4 | sequence, 8 | time sent in ns, 8 | HMAC-SHA256 of the former, first 16 bytes |
/// </code>
/// </remarks>
public readonly record struct BfdEchoPacket
{
    /// <summary>The size on the wire, in bytes.</summary>
    public const int Size = 40;

    /// <summary>The size of the secret, in bytes.</summary>
    public const int SecretSize = 32;

    private const uint Mark = 0x4b424531;
    private const int TagOffset = 24;
    private const int TagSize = Size - TagOffset;

    /// <summary>The discriminator of the session that sent it.</summary>
    public uint Discriminator { get; init; }

    /// <summary>Which echo packet of the session this is, counted from 1.</summary>
    public ulong Sequence { get; init; }

    /// <summary>When it was sent, in nanoseconds of the sender's monotonic clock.</summary>
    public long SentAt { get; init; }

    /// <summary>
    /// Reads the fields without checking the tag, which needs the session's secret. Total: false for any bytes that are none of ours.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out BfdEchoPacket packet)
    {
        packet = default;
        if (payload.Length != Size || BinaryPrimitives.ReadUInt32BigEndian(payload) != Mark)
            return false;
        packet = new BfdEchoPacket
        {
            Discriminator = BinaryPrimitives.ReadUInt32BigEndian(payload[4..]),
            Sequence = BinaryPrimitives.ReadUInt64BigEndian(payload[8..]),
            SentAt = BinaryPrimitives.ReadInt64BigEndian(payload[16..]),
        };
        return true;
    }

    /// <summary>
    /// Whether the tag of <paramref name="payload"/>, of <see cref="Size"/> bytes, was made with <paramref name="secret"/>. Constant time.
    /// </summary>
    public static bool HasValidTag(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> secret)
    {
        if (payload.Length != Size)
            return false;
        Span<byte> tag = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, payload[..TagOffset], tag);
        return CryptographicOperations.FixedTimeEquals(tag[..TagSize], payload[TagOffset..]);
    }

    /// <summary>Writes the packet with its tag and returns <see cref="Size"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <see cref="Size"/>.</exception>
    public int WriteTo(Span<byte> destination, ReadOnlySpan<byte> secret)
    {
        if (destination.Length < Size)
            throw new ArgumentException("A BFD echo packet needs 40 bytes.", nameof(destination));
        BinaryPrimitives.WriteUInt32BigEndian(destination, Mark);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], Discriminator);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Sequence);
        BinaryPrimitives.WriteInt64BigEndian(destination[16..], SentAt);
        Span<byte> tag = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, destination[..TagOffset], tag);
        tag[..TagSize].CopyTo(destination[TagOffset..]);
        return Size;
    }
}
