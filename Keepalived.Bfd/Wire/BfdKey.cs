using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Keepalived.Bfd.Wire;

/// <summary>
/// An authentication key: id, kind and secret (RFC 5880 §6.7). Immutable. Signing and verifying allocate nothing.
/// </summary>
public sealed class BfdKey : IEquatable<BfdKey>
{
    /// <summary>The longest secret of a simple password or MD5 key, in bytes.</summary>
    public const int MaxPasswordLength = 16;

    /// <summary>The longest secret of a SHA1 key, in bytes.</summary>
    public const int MaxSha1KeyLength = 20;

    // Keyed kinds put the secret, padded with zeros, where the digest will be.
    private readonly byte[] _secret;

    /// <summary>Makes a key.</summary>
    /// <param name="id">The id that both sides call it by.</param>
    /// <param name="type">What it is used for.</param>
    /// <param name="secret">1 to 16 bytes; up to 20 for SHA1. Copied.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="type"/> is none of the five kinds.</exception>
    /// <exception cref="ArgumentException">The secret is empty or too long.</exception>
    public BfdKey(byte id, BfdAuthenticationType type, ReadOnlySpan<byte> secret)
    {
        if (type is < BfdAuthenticationType.SimplePassword or > BfdAuthenticationType.MeticulousKeyedSha1)
            throw new ArgumentOutOfRangeException(nameof(type), type, "Not a kind of BFD authentication.");
        var longest = IsSha1(type) ? MaxSha1KeyLength : MaxPasswordLength;
        if (secret.IsEmpty || secret.Length > longest)
            throw new ArgumentException($"A secret for {type} has 1 to {longest} bytes.", nameof(secret));
        Id = id;
        Type = type;
        _secret = new byte[type == BfdAuthenticationType.SimplePassword ? secret.Length : longest];
        secret.CopyTo(_secret);
    }

    /// <summary>The id on the wire.</summary>
    public byte Id { get; }

    /// <summary>What the key is used for.</summary>
    public BfdAuthenticationType Type { get; }

    /// <summary>Whether the section carries a digest and a sequence number: all kinds but the simple password.</summary>
    public bool IsKeyed => Type != BfdAuthenticationType.SimplePassword;

    /// <summary>Whether the sequence number rises with each packet.</summary>
    public bool IsMeticulous => Type is BfdAuthenticationType.MeticulousKeyedMd5 or BfdAuthenticationType.MeticulousKeyedSha1;

    /// <summary>The size of the section that this key adds to a packet, in bytes.</summary>
    public int SectionSize => (IsKeyed ? BfdAuthenticationSection.DigestOffset : BfdAuthenticationSection.PasswordOffset) + _secret.Length;

    /// <summary>
    /// Turns the header at the start of <paramref name="packet"/> into an authenticated packet: sets its flag and length, appends
    /// the section, and for keyed kinds computes the digest over all of it (RFC 5880 §6.7.2 to §6.7.4).
    /// </summary>
    /// <param name="packet">24 bytes of header, then room for <see cref="SectionSize"/> bytes.</param>
    /// <param name="sequence">The sequence number; unused for a simple password.</param>
    /// <returns>The length of the packet.</returns>
    /// <exception cref="ArgumentException">There is not enough room.</exception>
    public int Sign(Span<byte> packet, uint sequence)
    {
        var length = BfdControlHeader.Size + SectionSize;
        if (packet.Length < length)
            throw new ArgumentException("No room for the authentication section.", nameof(packet));
        packet[1] |= (byte)BfdFlags.AuthenticationPresent;
        packet[3] = (byte)length;
        var section = packet[BfdControlHeader.Size..length];
        section[0] = (byte)Type;
        section[1] = (byte)section.Length;
        section[2] = Id;
        if (!IsKeyed)
        {
            _secret.CopyTo(section[BfdAuthenticationSection.PasswordOffset..]);
            return length;
        }

        section[3] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(section[BfdAuthenticationSection.SequenceOffset..], sequence);
        var digest = section[BfdAuthenticationSection.DigestOffset..];
        _secret.CopyTo(digest);
        Span<byte> computed = stackalloc byte[MaxSha1KeyLength];
        computed[..Digest(packet[..length], computed)].CopyTo(digest);
        return length;
    }

    /// <summary>
    /// Checks length, type and password or digest of an authenticated packet, not its sequence number, which is the session's matter.
    /// Secrets are compared in constant time.
    /// </summary>
    public BfdDiscardReason Verify(in BfdControlPacket packet)
    {
        if (!packet.IsAuthenticated)
            return BfdDiscardReason.AuthenticationMissing;
        if (!packet.TryGetAuthentication(out var section))
            return BfdDiscardReason.AuthenticationLength;
        if (section.KeyId != Id)
            return BfdDiscardReason.AuthenticationKeyId;
        if (section.Type != Type)
            return BfdDiscardReason.AuthenticationType;
        if (!section.IsWellFormed)
            return BfdDiscardReason.AuthenticationLength;
        var matches = IsKeyed
            ? DigestMatches(packet.Bytes, section.Digest)
            : CryptographicOperations.FixedTimeEquals(section.Password, _secret);
        return matches ? BfdDiscardReason.None : BfdDiscardReason.AuthenticationFailed;
    }

    /// <summary>Whether both have id, kind and secret in common. Secrets are compared in constant time.</summary>
    public bool Equals(BfdKey? other) =>
        other is not null && Id == other.Id && Type == other.Type && CryptographicOperations.FixedTimeEquals(_secret, other._secret);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as BfdKey);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Type);

    /// <summary>Id and kind, never the secret.</summary>
    public override string ToString() => $"key {Id}, {Type}";

    private static bool IsSha1(BfdAuthenticationType type) =>
        type is BfdAuthenticationType.KeyedSha1 or BfdAuthenticationType.MeticulousKeyedSha1;

    private bool DigestMatches(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> digest)
    {
        // The length field is one byte, so no packet is longer than this.
        Span<byte> copy = stackalloc byte[byte.MaxValue];
        copy = copy[..packet.Length];
        packet.CopyTo(copy);
        _secret.CopyTo(copy[(BfdControlHeader.Size + BfdAuthenticationSection.DigestOffset)..]);
        Span<byte> computed = stackalloc byte[MaxSha1KeyLength];
        computed = computed[..Digest(copy, computed)];
        return CryptographicOperations.FixedTimeEquals(computed, digest);
    }

    [SuppressMessage("Security", "CA5350", Justification = "RFC 5880 §6.7.4 prescribes SHA1.")]
    [SuppressMessage("Security", "CA5351", Justification = "RFC 5880 §6.7.3 prescribes MD5.")]
    private int Digest(ReadOnlySpan<byte> packet, Span<byte> destination) =>
        IsSha1(Type) ? SHA1.HashData(packet, destination) : MD5.HashData(packet, destination);
}
