using System.Buffers.Binary;
using System.Net.Sockets;
using System.Security.Cryptography;
using Keepalived.Netlink;

namespace Keepalived.Vrrp.Wire;

/// <summary>
/// The trailer that authenticates an advertisement of either version and family by a keyed hash, as a view of its bytes (keepalived's
/// auth_hmac). It follows the whole message; over IPv4 the checksum of the message leaves it out, over IPv6 covers it.
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |    Type 1     |    Key ID     |          Reserved             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |        Seconds since 1970, UTC, the lower 32 bits             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |          1/65536 s            |           Counter             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |        HMAC-SHA-256, the first 128 bits (16 bytes)            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// </code>
/// </summary>
public readonly ref struct HmacTrailer
{
    /// <summary>The length, in bytes.</summary>
    public const int Length = 28;

    /// <summary>The type: HMAC-SHA-256 truncated to 128 bits, the only one.</summary>
    public const byte HmacSha256Type = 1;

    /// <summary>The length of the tag, in bytes.</summary>
    public const int TagLength = 16;

    private const int SequenceOffset = 4;
    private const int TagOffset = 12;
    private const int PseudoHeaderLength = 20;

    private HmacTrailer(ReadOnlySpan<byte> bytes) => Bytes = bytes;

    /// <summary>The trailer.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>The type.</summary>
    public byte Type => Bytes[0];

    /// <summary>The number of the key, 1-255.</summary>
    public byte KeyId => Bytes[1];

    /// <summary>The reserved field, zero.</summary>
    public ushort Reserved => BinaryPrimitives.ReadUInt16BigEndian(Bytes[2..]);

    /// <summary>Seconds, fraction and counter as one number that grows with every advertisement.</summary>
    public ulong Sequence => BinaryPrimitives.ReadUInt64BigEndian(Bytes[SequenceOffset..]);

    /// <summary>The time of sending: seconds since 1970, the lower 32 bits.</summary>
    public uint Seconds => BinaryPrimitives.ReadUInt32BigEndian(Bytes[SequenceOffset..]);

    /// <summary>The keyed hash.</summary>
    public ReadOnlySpan<byte> Tag => Bytes[TagOffset..];

    /// <summary>Takes the trailer from the start of the bytes.</summary>
    /// <returns>Whether they are long enough. The fields are not judged.</returns>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out HmacTrailer trailer)
    {
        trailer = bytes.Length >= Length ? new HmacTrailer(bytes[..Length]) : default;
        return bytes.Length >= Length;
    }

    /// <summary>Writes the trailer of a message, which precedes it in the same bytes.</summary>
    /// <param name="messageAndTrailer">The message, complete but for its checksum, then 28 bytes for the trailer.</param>
    /// <param name="source">The source address of the packet.</param>
    /// <param name="key">The key.</param>
    /// <param name="sequence">The sequence number.</param>
    internal static void Write(Span<byte> messageAndTrailer, InetAddress source, VrrpHmacKey key, ulong sequence)
    {
        var trailer = messageAndTrailer[^Length..];
        trailer.Clear();
        trailer[0] = HmacSha256Type;
        trailer[1] = key.Id;
        BinaryPrimitives.WriteUInt64BigEndian(trailer[SequenceOffset..], sequence);
        ComputeTag(messageAndTrailer, source, key, trailer[TagOffset..]);
    }

    /// <summary>
    /// The tag: over a pseudo-header (family, version, virtual router, source address), the message with its checksum as zero, and the
    /// trailer with the tag as zero. Destination, TTL and identification are not covered: all copies to unicast peers are alike.
    /// </summary>
    /// <param name="messageAndTrailer">The message and its trailer.</param>
    /// <param name="source">The source address of the packet.</param>
    /// <param name="key">The key.</param>
    /// <param name="tag">Takes the 16 bytes.</param>
    internal static void ComputeTag(ReadOnlySpan<byte> messageAndTrailer, InetAddress source, VrrpHmacKey key, Span<byte> tag)
    {
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> text = stackalloc byte[PseudoHeaderLength + messageAndTrailer.Length];
        var pseudoHeader = text[..PseudoHeaderLength];
        pseudoHeader.Clear();
        pseudoHeader[0] = (byte)(source.Family == AddressFamily.InterNetworkV6 ? 6 : 4);
        pseudoHeader[1] = (byte)(messageAndTrailer[0] >> 4);
        pseudoHeader[2] = messageAndTrailer[1];
        source.WriteTo(pseudoHeader[4..]);
        messageAndTrailer.CopyTo(text[PseudoHeaderLength..]);
        text.Slice(PseudoHeaderLength + VrrpAdvertisement.ChecksumOffset, 2).Clear();
        text[^TagLength..].Clear();
        HMACSHA256.HashData(key.Reveal(), text, digest);
        digest[..TagLength].CopyTo(tag);
    }
}
