using System.Globalization;
using System.Runtime.CompilerServices;

namespace Keepalived.Netlink;

/// <summary>A link-layer (hardware, MAC) address of up to 32 bytes (MAX_ADDR_LEN): 6 on Ethernet, 20 on InfiniBand. A value.</summary>
public readonly struct LinkLayerAddress : IEquatable<LinkLayerAddress>
{
    /// <summary>The longest address the kernel knows (MAX_ADDR_LEN of linux/netdevice.h).</summary>
    public const int MaxLength = 32;

    [InlineArray(MaxLength)]
    private struct Buffer
    {
        private byte _first;
    }

    private readonly Buffer _bytes;
    private readonly byte _length;

    /// <summary>An address from its bytes.</summary>
    /// <exception cref="ArgumentException">There are more than 32.</exception>
    public LinkLayerAddress(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxLength)
            throw new ArgumentException("A link-layer address has at most 32 bytes.", nameof(bytes));
        bytes.CopyTo(_bytes);
        _length = (byte)bytes.Length;
    }

    /// <summary>Its length in bytes; 0 for an interface without one.</summary>
    public int Length => _length;

    /// <summary>Its bytes, valid as long as this value is.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public ReadOnlySpan<byte> Bytes => ((ReadOnlySpan<byte>)_bytes)[.._length];

    /// <summary>The IPv4 virtual router MAC address 00-00-5E-00-01-{VRID} (RFC 9568 section 7.3).</summary>
    public static LinkLayerAddress VirtualRouterIPv4(byte virtualRouterId) => new([0x00, 0x00, 0x5e, 0x00, 0x01, virtualRouterId]);

    /// <summary>The IPv6 virtual router MAC address 00-00-5E-00-02-{VRID} (RFC 9568 section 7.3).</summary>
    public static LinkLayerAddress VirtualRouterIPv6(byte virtualRouterId) => new([0x00, 0x00, 0x5e, 0x00, 0x02, virtualRouterId]);

    /// <summary>Parses hexadecimal bytes separated by colons.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out LinkLayerAddress address)
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        var count = 0;
        address = default;
        foreach (var part in text.Split(':'))
        {
            if (count == MaxLength || !byte.TryParse(text[part], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[count]))
                return false;
            count++;
        }

        address = new LinkLayerAddress(bytes[..count]);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(LinkLayerAddress other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LinkLayerAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>Whether both have the same bytes.</summary>
    public static bool operator ==(LinkLayerAddress left, LinkLayerAddress right) => left.Equals(right);

    /// <summary>Whether the bytes differ.</summary>
    public static bool operator !=(LinkLayerAddress left, LinkLayerAddress right) => !left.Equals(right);

    /// <summary>Lower-case hexadecimal bytes separated by colons.</summary>
    public override string ToString()
    {
        if (_length == 0)
            return string.Empty;
        return string.Create((_length * 3) - 1, this, static (text, address) =>
        {
            var bytes = address.Bytes;
            for (var i = 0; i < bytes.Length; i++)
            {
                if (i > 0)
                    text[(i * 3) - 1] = ':';
                bytes[i].TryFormat(text[(i * 3)..], out _, "x2", CultureInfo.InvariantCulture);
            }
        });
    }
}
