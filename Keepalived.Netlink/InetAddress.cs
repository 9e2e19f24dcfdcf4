using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Keepalived.Netlink;

/// <summary>
/// An IPv4 or IPv6 address as a value: 16 bytes and a family, no allocation, ordered numerically. The packet paths use it where
/// <see cref="IPAddress"/>, a class, would allocate. The default value is <see cref="None"/>, of no family.
/// </summary>
/// <remarks>Packed, as routers and their tables hold many of them: 20 bytes instead of 24.</remarks>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(uint))]
public readonly struct InetAddress : IEquatable<InetAddress>, IComparable<InetAddress>, ISpanFormattable, ISpanParsable<InetAddress>
{
    private readonly ulong _high;
    private readonly ulong _low;
    private readonly AddressFamily _family;

    private InetAddress(ulong high, ulong low, AddressFamily family) => (_high, _low, _family) = (high, low, family);

    /// <summary>No address: neither IPv4 nor IPv6.</summary>
    public static InetAddress None => default;

    /// <summary>0.0.0.0.</summary>
    public static InetAddress AnyIPv4 => new(0, 0, AddressFamily.InterNetwork);

    /// <summary>::</summary>
    public static InetAddress AnyIPv6 => new(0, 0, AddressFamily.InterNetworkV6);

    /// <summary>The family; <see cref="AddressFamily.Unspecified"/> (0) for <see cref="None"/>.</summary>
    public AddressFamily Family => _family;

    /// <summary>Whether this is an IPv4 address.</summary>
    public bool IsIPv4 => _family == AddressFamily.InterNetwork;

    /// <summary>Whether this is an IPv6 address.</summary>
    public bool IsIPv6 => _family == AddressFamily.InterNetworkV6;

    /// <summary>Whether this is <see cref="None"/>.</summary>
    public bool IsNone => _family == AddressFamily.Unspecified;

    /// <summary>The length on the wire: 4, 16, or 0 for <see cref="None"/>.</summary>
    public int Length => IsIPv4 ? 4 : IsIPv6 ? 16 : 0;

    /// <summary>Whether all bits are zero (0.0.0.0, ::, or <see cref="None"/>).</summary>
    public bool IsAny => (_high | _low) == 0;

    /// <summary>Whether this is a multicast address (224.0.0.0/4 or ff00::/8).</summary>
    public bool IsMulticast => IsIPv4 ? (_low >> 28) == 0xe : IsIPv6 && (_high >> 56) == 0xff;

    /// <summary>Whether this is a link-local unicast address (169.254.0.0/16 or fe80::/10).</summary>
    public bool IsLinkLocal => IsIPv4 ? (_low >> 16) == 0xa9fe : IsIPv6 && (_high >> 54) == 0x3fa;

    /// <summary>Whether this is a loopback address (127.0.0.0/8 or ::1).</summary>
    public bool IsLoopback => IsIPv4 ? (_low >> 24) == 127 : IsIPv6 && _high == 0 && _low == 1;

    /// <summary>An IPv4 address from its 32-bit value in host order, so that <c>0x0a000001</c> is 10.0.0.1.</summary>
    public static InetAddress FromIPv4(uint value) => new(0, value, AddressFamily.InterNetwork);

    /// <summary>Reads an address of 4 or 16 bytes in network order.</summary>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> has another length.</exception>
    public static InetAddress FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        4 => FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes)),
        16 => new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), AddressFamily.InterNetworkV6),
        _ => throw new ArgumentException("An address has 4 or 16 bytes.", nameof(bytes)),
    };

    /// <summary>The value of <paramref name="address"/>. A scope id is dropped.</summary>
    public static InetAddress FromIPAddress(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var written);
        return FromBytes(bytes[..written]);
    }

    /// <summary>Writes the address in network order and returns <see cref="Length"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <see cref="Length"/>.</exception>
    public int WriteTo(Span<byte> destination)
    {
        if (destination.Length < Length)
            throw new ArgumentException("The destination is too short for the address.", nameof(destination));
        if (IsIPv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)_low);
        }
        else if (IsIPv6)
        {
            BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
            BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _low);
        }

        return Length;
    }

    /// <summary>The address as an <see cref="IPAddress"/>.</summary>
    /// <exception cref="InvalidOperationException">This is <see cref="None"/>.</exception>
    public IPAddress ToIPAddress()
    {
        if (IsNone)
            throw new InvalidOperationException("No address.");
        Span<byte> bytes = stackalloc byte[16];
        return new IPAddress(bytes[..WriteTo(bytes)]);
    }

    /// <summary>The address with all bits after the first <paramref name="prefixLength"/> cleared.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative or longer than the address.</exception>
    public InetAddress Mask(int prefixLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, Length * 8);
        if (IsIPv4)
            return new(0, _low & (prefixLength == 0 ? 0 : uint.MaxValue << (32 - prefixLength)), _family);
        var high = prefixLength >= 64 ? ulong.MaxValue : prefixLength == 0 ? 0 : ulong.MaxValue << (64 - prefixLength);
        var low = prefixLength <= 64 ? 0 : ulong.MaxValue << (128 - prefixLength);
        return new(_high & high, _low & low, _family);
    }

    /// <summary>
    /// Parses the usual text forms, as inet_pton(3): a dotted quad of four decimal numbers without leading zeros, or RFC 4291 text. No scope
    /// id, no port, no prefix.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out InetAddress address)
    {
        if (!text.Contains(':'))
            return TryParseDottedQuad(text, out address);
        address = default;
        if (text.ContainsAny('%', '[', '/') || !IPAddress.TryParse(text, out var parsed))
            return false;
        address = FromIPAddress(parsed);
        return true;
    }

    private static bool TryParseDottedQuad(ReadOnlySpan<char> text, out InetAddress address)
    {
        address = default;
        uint value = 0, part = 0;
        var (dots, digits) = (0, 0);
        foreach (var c in text)
        {
            if (c == '.' && digits > 0 && dots < 3)
            {
                value = (value << 8) | part;
                (part, digits) = (0, 0);
                dots++;
            }
            else if (char.IsAsciiDigit(c) && (digits == 0 || part > 0))
            {
                part = (part * 10) + (uint)(c - '0');
                digits++;
                if (part > byte.MaxValue)
                    return false;
            }
            else
            {
                return false;
            }
        }

        if (dots != 3 || digits == 0)
            return false;
        address = FromIPv4((value << 8) | part);
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out InetAddress)"/>
    public static bool TryParse([NotNullWhen(true)] string? text, out InetAddress address) => TryParse(text.AsSpan(), out address);

    /// <summary>Parses the usual text forms.</summary>
    /// <exception cref="FormatException">The text is not an address.</exception>
    public static InetAddress Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not an IP address.");

    /// <inheritdoc cref="Parse(ReadOnlySpan{char})"/>
    public static InetAddress Parse(string text) => Parse(text.AsSpan());

    static InetAddress ISpanParsable<InetAddress>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    static bool ISpanParsable<InetAddress>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out InetAddress result) => TryParse(s, out result);

    static InetAddress IParsable<InetAddress>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<InetAddress>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out InetAddress result) => TryParse(s, out result);

    /// <inheritdoc/>
    public bool Equals(InetAddress other) => _low == other._low && _high == other._high && _family == other._family;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is InetAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_high, _low, (int)_family);

    /// <summary>Numeric order within a family (unsigned, network order, as VRRP compares addresses); IPv4 sorts before IPv6.</summary>
    public int CompareTo(InetAddress other)
    {
        var byFamily = ((int)_family).CompareTo((int)other._family);
        if (byFamily != 0)
            return byFamily;
        var byHigh = _high.CompareTo(other._high);
        return byHigh != 0 ? byHigh : _low.CompareTo(other._low);
    }

    /// <summary>Whether both have the same family and bits.</summary>
    public static bool operator ==(InetAddress left, InetAddress right) => left.Equals(right);

    /// <summary>Whether family or bits differ.</summary>
    public static bool operator !=(InetAddress left, InetAddress right) => !left.Equals(right);

    /// <summary>Whether <paramref name="left"/> sorts before <paramref name="right"/>.</summary>
    public static bool operator <(InetAddress left, InetAddress right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> sorts after <paramref name="right"/>.</summary>
    public static bool operator >(InetAddress left, InetAddress right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not sort after <paramref name="right"/>.</summary>
    public static bool operator <=(InetAddress left, InetAddress right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not sort before <paramref name="right"/>.</summary>
    public static bool operator >=(InetAddress left, InetAddress right) => left.CompareTo(right) >= 0;

    /// <summary>The usual text form; empty for <see cref="None"/>.</summary>
    public override string ToString() => IsNone ? string.Empty : ToIPAddress().ToString();

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        charsWritten = 0;
        return IsNone || ToIPAddress().TryFormat(destination, out charsWritten);
    }
}
