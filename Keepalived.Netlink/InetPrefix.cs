using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Keepalived.Netlink;

/// <summary>An address with a prefix length, such as 10.0.0.100/24. Host bits are kept: this is also what an interface carries.</summary>
public readonly record struct InetPrefix
{
    /// <summary>An address and its prefix length in bits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative or longer than the address.</exception>
    public InetPrefix(InetAddress address, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, address.Length * 8);
        Address = address;
        Length = length;
    }

    /// <summary>The address, host bits included.</summary>
    public InetAddress Address { get; }

    /// <summary>The prefix length in bits: 0-32 or 0-128.</summary>
    public int Length { get; }

    /// <summary>Whether the prefix is as long as the address.</summary>
    public bool IsHost => Length == Address.Length * 8;

    /// <summary>The prefix of full length: one address.</summary>
    public static InetPrefix Host(InetAddress address) => new(address, address.Length * 8);

    /// <summary>Whether <paramref name="address"/> lies in the network of this prefix.</summary>
    public bool Contains(InetAddress address) => address.Family == Address.Family && address.Mask(Length) == Address.Mask(Length);

    /// <summary>Parses ADDRESS or ADDRESS/LENGTH; without a length it is the full one.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out InetPrefix prefix)
    {
        prefix = default;
        var slash = text.IndexOf('/');
        if (!InetAddress.TryParse(slash < 0 ? text : text[..slash], out var address))
            return false;
        var length = address.Length * 8;
        if (slash >= 0 && (!int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > address.Length * 8))
            return false;
        prefix = new InetPrefix(address, length);
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out InetPrefix)"/>
    public static bool TryParse([NotNullWhen(true)] string? text, out InetPrefix prefix) => TryParse(text.AsSpan(), out prefix);

    /// <summary>Parses ADDRESS or ADDRESS/LENGTH.</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static InetPrefix Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var prefix) ? prefix : throw new FormatException($"'{text}' is not an address with an optional prefix length.");

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{Length}");
}
