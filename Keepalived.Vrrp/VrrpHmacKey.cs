using System.Security.Cryptography;

namespace Keepalived.Vrrp;

/// <summary>A key of <see cref="VrrpHmacOptions"/>: a number and 32 to 64 secret bytes, which never appear in text.</summary>
public sealed class VrrpHmacKey : IEquatable<VrrpHmacKey>
{
    /// <summary>The least length of a key, in bytes.</summary>
    public const int MinLength = 32;

    /// <summary>The greatest length of a key, in bytes.</summary>
    public const int MaxLength = 64;

    private readonly byte[] _secret;

    /// <summary>A key of a copy of the bytes.</summary>
    /// <param name="id">Its number in the adverts, 1-255.</param>
    /// <param name="secret">32 to 64 bytes; take them from a random number generator.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is zero.</exception>
    /// <exception cref="ArgumentException">The key is too short or too long.</exception>
    public VrrpHmacKey(byte id, ReadOnlySpan<byte> secret)
    {
        ArgumentOutOfRangeException.ThrowIfZero(id);
        if (secret.Length is < MinLength or > MaxLength)
            throw new ArgumentException($"A key has {MinLength} to {MaxLength} bytes.", nameof(secret));
        (Id, _secret) = (id, secret.ToArray());
    }

    /// <summary>Its number, 1-255.</summary>
    public byte Id { get; }

    /// <summary>Whether number and secret are equal.</summary>
    public bool Equals(VrrpHmacKey? other) =>
        other is not null && Id == other.Id && CryptographicOperations.FixedTimeEquals(_secret, other._secret);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VrrpHmacKey);

    /// <summary>The number: a hash of the secret would tell something about it.</summary>
    public override int GetHashCode() => Id;

    /// <summary>The number; the secret is not shown.</summary>
    public override string ToString() => $"{Id} ********";

    internal ReadOnlySpan<byte> Reveal() => _secret;
}
