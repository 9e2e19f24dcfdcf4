using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Keepalived.Netlink.Nftables;

/// <summary>
/// Bytes that a register, a set's key or a map's value holds, at most 64. What comes from a packet is in network order; what comes from
/// the kernel's own books (interface indexes, marks) is in host order. Equal if the bytes are.
/// </summary>
public readonly struct NftValue : IEquatable<NftValue>
{
    /// <summary>The most bytes of a value (NFT_DATA_VALUE_MAXLEN).</summary>
    public const int MaxLength = 64;

    /// <summary>The length of an interface's name as a value (IFNAMSIZ).</summary>
    public const int InterfaceNameLength = 16;

    private readonly byte[]? _bytes;

    /// <summary>These bytes.</summary>
    /// <exception cref="ArgumentException">There are more than <see cref="MaxLength"/>.</exception>
    public NftValue(params ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxLength)
            throw new ArgumentException($"A value has at most {MaxLength} bytes.", nameof(bytes));
        _bytes = bytes.ToArray();
    }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>How many there are.</summary>
    public int Length => _bytes?.Length ?? 0;

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>An address, as it is in a packet.</summary>
    public static NftValue Of(InetAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return new NftValue(bytes[..address.WriteTo(bytes)]);
    }

    /// <summary>A 16-bit number in network order, such as a port.</summary>
    public static NftValue NetworkOrder(ushort value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return new NftValue(bytes);
    }

    /// <summary>A 32-bit number in network order.</summary>
    public static NftValue NetworkOrder(uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return new NftValue(bytes);
    }

    /// <summary>A 32-bit number in host order, such as an interface's index or a mark.</summary>
    public static NftValue HostOrder(uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        MemoryMarshal.Write(bytes, value);
        return new NftValue(bytes);
    }

    /// <summary>The index of an interface.</summary>
    public static NftValue OfInterface(int index) => HostOrder((uint)index);

    /// <summary>The name of an interface or of a kind of link, filled up with zeros to 16 bytes.</summary>
    /// <exception cref="ArgumentException">The name is longer than 15 bytes.</exception>
    public static NftValue OfInterface(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Span<byte> bytes = stackalloc byte[InterfaceNameLength];
        if (!Encoding.UTF8.TryGetBytes(name, bytes[..^1], out var written))
            throw new ArgumentException("An interface's name has at most 15 bytes.", nameof(name));
        bytes[written..].Clear();
        return new NftValue(bytes);
    }

    /// <summary>Values behind one another, each filled up to a multiple of 4 bytes: the key of a concatenation.</summary>
    /// <exception cref="ArgumentException">They are longer than <see cref="MaxLength"/> together.</exception>
    public static NftValue Concatenate(params ReadOnlySpan<NftValue> parts)
    {
        var length = 0;
        foreach (var part in parts)
            length += Wire.NetlinkHeader.Align(part.Length);
        var bytes = new byte[length];
        var at = 0;
        foreach (var part in parts)
        {
            part.Bytes.CopyTo(bytes.AsSpan(at));
            at += Wire.NetlinkHeader.Align(part.Length);
        }

        return new NftValue(bytes);
    }

    /// <inheritdoc/>
    public bool Equals(NftValue other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NftValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>Whether the bytes are equal.</summary>
    public static bool operator ==(NftValue left, NftValue right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(NftValue left, NftValue right) => !left.Equals(right);

    /// <summary>The bytes in hexadecimal.</summary>
    public override string ToString() => $"0x{Convert.ToHexStringLower(Bytes)}";
}
