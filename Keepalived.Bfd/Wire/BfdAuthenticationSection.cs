using System.Buffers.Binary;

namespace Keepalived.Bfd.Wire;

/// <summary>
/// A view of the authentication section of a control packet (RFC 5880 §4.2 to §4.4).
/// </summary>
/// <remarks>
/// <code>
/// password:  | type 1  | length 3+n | key id | password, 1 to 16 bytes |
/// keyed:     | type 2-5 | length 24 or 28 | key id | 0 | sequence number, 4 bytes | digest, 16 (MD5) or 20 (SHA1) bytes |
/// </code>
/// </remarks>
public readonly ref struct BfdAuthenticationSection
{
    /// <summary>The size of an MD5 section in bytes.</summary>
    public const int Md5Size = 24;

    /// <summary>The size of a SHA1 section in bytes.</summary>
    public const int Sha1Size = 28;

    internal const int PasswordOffset = 3;
    internal const int SequenceOffset = 4;
    internal const int DigestOffset = 8;

    private readonly ReadOnlySpan<byte> _bytes;

    private BfdAuthenticationSection(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The bytes of the section, as many as its length field says; at least 4.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The kind of authentication; may be a value that is not defined.</summary>
    public BfdAuthenticationType Type => (BfdAuthenticationType)_bytes[0];

    /// <summary>Which of the receiver's keys is meant.</summary>
    public byte KeyId => _bytes[2];

    /// <summary>Whether length and type agree, so that the members below can be read.</summary>
    public bool IsWellFormed => Type switch
    {
        BfdAuthenticationType.SimplePassword => _bytes.Length is > PasswordOffset and <= PasswordOffset + BfdKey.MaxPasswordLength,
        BfdAuthenticationType.KeyedMd5 or BfdAuthenticationType.MeticulousKeyedMd5 => _bytes.Length == Md5Size,
        BfdAuthenticationType.KeyedSha1 or BfdAuthenticationType.MeticulousKeyedSha1 => _bytes.Length == Sha1Size,
        _ => false,
    };

    /// <summary>The password of a well-formed simple password section.</summary>
    public ReadOnlySpan<byte> Password => _bytes[PasswordOffset..];

    /// <summary>The sequence number of a well-formed keyed section.</summary>
    public uint Sequence => BinaryPrimitives.ReadUInt32BigEndian(_bytes[SequenceOffset..]);

    /// <summary>The digest of a well-formed keyed section.</summary>
    public ReadOnlySpan<byte> Digest => _bytes[DigestOffset..];

    /// <summary>Reads the section that starts <paramref name="bytes"/>. False if its length is below 4 or beyond them.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out BfdAuthenticationSection section)
    {
        section = default;
        if (bytes.Length < 4 || bytes[1] < 4 || bytes[1] > bytes.Length)
            return false;
        section = new BfdAuthenticationSection(bytes[..bytes[1]]);
        return true;
    }
}
