using System.Buffers.Binary;
using System.Text;

namespace Keepalived.Vrrp;

/// <summary>How version 2 over IPv4 authenticates: a type and a secret of eight bytes. The secret never appears in text.</summary>
public readonly struct VrrpAuthentication : IEquatable<VrrpAuthentication>
{
    /// <summary>The length of the secret and of the authentication data field, in bytes.</summary>
    public const int DataLength = 8;

    private readonly ulong _secret;

    private VrrpAuthentication(VrrpAuthenticationType type, ulong secret) => (Type, _secret) = (type, secret);

    /// <summary>No authentication.</summary>
    public static VrrpAuthentication None => default;

    /// <summary>The type.</summary>
    public VrrpAuthenticationType Type { get; }

    /// <summary>The authentication data field as a number in network order: the password for PASS, zero otherwise.</summary>
    internal ulong FieldValue => Type == VrrpAuthenticationType.Pass ? _secret : 0;

    /// <summary>Whether adverts carry an IP authentication header.</summary>
    internal bool IsAuthenticationHeader => Type == VrrpAuthenticationType.AuthenticationHeader;

    /// <summary>Password authentication.</summary>
    /// <param name="password">Its bytes; what is longer than eight is cut, what is shorter padded with zeros, as keepalived does.</param>
    /// <exception cref="ArgumentException">The password is empty.</exception>
    public static VrrpAuthentication Pass(ReadOnlySpan<byte> password) => new(VrrpAuthenticationType.Pass, ReadSecret(password));

    /// <summary>Password authentication with the UTF-8 bytes of a text.</summary>
    /// <exception cref="ArgumentException">The password is null or empty.</exception>
    public static VrrpAuthentication Pass(string password)
    {
        ArgumentException.ThrowIfNullOrEmpty(password);
        return Pass(Encoding.UTF8.GetBytes(password));
    }

    /// <summary>The IP authentication header (protocol 51) with HMAC-MD5-96: adverts are signed and numbered.</summary>
    /// <param name="password">The key; what is longer than eight bytes is cut, what is shorter padded with zeros.</param>
    /// <exception cref="ArgumentException">The password is empty.</exception>
    public static VrrpAuthentication AuthenticationHeader(ReadOnlySpan<byte> password) =>
        new(VrrpAuthenticationType.AuthenticationHeader, ReadSecret(password));

    /// <summary>The IP authentication header, with the UTF-8 bytes of a text as key.</summary>
    /// <exception cref="ArgumentException">The password is null or empty.</exception>
    public static VrrpAuthentication AuthenticationHeader(string password)
    {
        ArgumentException.ThrowIfNullOrEmpty(password);
        return AuthenticationHeader(Encoding.UTF8.GetBytes(password));
    }

    /// <summary>Writes the secret, padded to eight bytes.</summary>
    internal void CopySecret(Span<byte> destination) => BinaryPrimitives.WriteUInt64BigEndian(destination, _secret);

    /// <summary>Whether type and secret are equal.</summary>
    public bool Equals(VrrpAuthentication other) => Type == other.Type && _secret == other._secret;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is VrrpAuthentication other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, _secret);

    /// <summary>Whether type and secret are equal.</summary>
    public static bool operator ==(VrrpAuthentication left, VrrpAuthentication right) => left.Equals(right);

    /// <summary>Whether type or secret differ.</summary>
    public static bool operator !=(VrrpAuthentication left, VrrpAuthentication right) => !left.Equals(right);

    /// <summary>The type; the secret is not shown.</summary>
    public override string ToString() => Type == VrrpAuthenticationType.None ? "None" : $"{Type} ********";

    private static ulong ReadSecret(ReadOnlySpan<byte> password)
    {
        if (password.IsEmpty)
            throw new ArgumentException("A password has at least one byte.", nameof(password));
        Span<byte> padded = stackalloc byte[DataLength];
        padded.Clear();
        password[..Math.Min(password.Length, DataLength)].CopyTo(padded);
        return BinaryPrimitives.ReadUInt64BigEndian(padded);
    }
}
