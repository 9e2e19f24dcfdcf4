using System.Buffers.Binary;
using System.Security.Cryptography;
using Keepalived.Netlink;

namespace Keepalived.Vrrp.Wire;

/// <summary>
/// The IP authentication header between the IPv4 header and a version 2 advertisement, as a view of its bytes (RFC 2402 with
/// HMAC-MD5-96, RFC 2403; RFC 2338 section 5.3.6.3).
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |Next Header 112|Payload Len. 4 |          Reserved             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |     Security Parameters Index: the IPv4 source address        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                       Sequence Number                         |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |              Integrity Check Value (12 bytes)                 |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// </code>
/// </summary>
public readonly ref struct AuthenticationHeader
{
    /// <summary>The IP protocol number, 51.</summary>
    public const byte Protocol = 51;

    /// <summary>The length, in bytes.</summary>
    public const int Length = 24;

    /// <summary>The length of the integrity check value, in bytes.</summary>
    public const int CheckValueLength = 12;

    private const int SpiOffset = 4;
    private const int SequenceOffset = 8;
    private const int CheckValueOffset = 12;

    // The header's length in words of 32 bits, less two (RFC 2402 section 2.2).
    private const byte PayloadLength = 4;

    private AuthenticationHeader(ReadOnlySpan<byte> bytes) => Bytes = bytes;

    /// <summary>The header.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>The protocol of what follows.</summary>
    public byte NextHeader => Bytes[0];

    /// <summary>The security parameters index.</summary>
    public uint SecurityParametersIndex => BinaryPrimitives.ReadUInt32BigEndian(Bytes[SpiOffset..]);

    /// <summary>The sequence number.</summary>
    public uint SequenceNumber => BinaryPrimitives.ReadUInt32BigEndian(Bytes[SequenceOffset..]);

    /// <summary>The integrity check value.</summary>
    public ReadOnlySpan<byte> CheckValue => Bytes[CheckValueOffset..];

    /// <summary>Takes the header from the start of the bytes.</summary>
    /// <returns>Whether they are long enough. The fields are not judged.</returns>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out AuthenticationHeader header)
    {
        header = bytes.Length >= Length ? new AuthenticationHeader(bytes[..Length]) : default;
        return bytes.Length >= Length;
    }

    /// <summary>
    /// Writes the header into a packet whose IPv4 header and advertisement are there, but for the IPv4 header's checksum.
    /// </summary>
    /// <param name="packet">An IPv4 header without options, 24 bytes for this header, the advertisement.</param>
    /// <param name="sequence">The sequence number.</param>
    /// <param name="authentication">The key.</param>
    /// <param name="isUnicast">Whether the TTL is left out of the check value.</param>
    /// <exception cref="ArgumentException">The packet is too short.</exception>
    internal static void Write(Span<byte> packet, uint sequence, in VrrpAuthentication authentication, bool isUnicast)
    {
        var header = packet.Slice(IPv4Header.MinLength, Length);
        header.Clear();
        header[0] = VrrpAdvertisement.Protocol;
        header[1] = PayloadLength;
        packet.Slice(IPv4Header.SourceOffset, sizeof(uint)).CopyTo(header[SpiOffset..]);
        BinaryPrimitives.WriteUInt32BigEndian(header[SequenceOffset..], sequence);
        ComputeCheckValue(packet, IPv4Header.MinLength, authentication, isUnicast, header[CheckValueOffset..]);
    }

    /// <summary>
    /// The check value: HMAC-MD5 over the IPv4 header, options as they are, with type of service, fragment field and checksum zero; this
    /// header with the value zero; and the advertisement. The TTL counts in multicast, where it is always 255, and not in unicast.
    /// </summary>
    /// <param name="packet">The packet, without padding.</param>
    /// <param name="offset">Where this header starts.</param>
    /// <param name="authentication">The key.</param>
    /// <param name="isUnicast">Whether the TTL is left out.</param>
    /// <param name="value">Takes the 12 bytes.</param>
    internal static void ComputeCheckValue(
        ReadOnlySpan<byte> packet, int offset, in VrrpAuthentication authentication, bool isUnicast, Span<byte> value)
    {
        Span<byte> key = stackalloc byte[VrrpAuthentication.DataLength];
        Span<byte> digest = stackalloc byte[HMACMD5.HashSizeInBytes];
        Span<byte> text = stackalloc byte[packet.Length];
        packet.CopyTo(text);
        IPv4Header.ClearMutableFields(text, isUnicast);
        text.Slice(offset + CheckValueOffset, CheckValueLength).Clear();
        authentication.CopySecret(key);
#pragma warning disable CA5351 // RFC 2403 and every other keepalived: the protocol has no other algorithm. HMAC trailers do better.
        HMACMD5.HashData(key, text, digest);
#pragma warning restore CA5351
        digest[..CheckValueLength].CopyTo(value);
    }
}
