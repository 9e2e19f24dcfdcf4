using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Keepalived.Netlink.Wire;

/// <summary>
/// A view of one attribute (struct nlattr): a 16-bit length, a 16-bit type whose two upper bits are flags, and a value. The <c>TryGet</c>
/// methods check the length of the value and never throw.
/// </summary>
public readonly ref struct NetlinkAttribute
{
    internal const int HeaderSize = 4;
    internal const ushort NestedFlag = 0x8000;
    internal const ushort NetworkOrderFlag = 0x4000;
    internal const ushort TypeMask = 0x3fff;

    private readonly ushort _rawType;

    internal NetlinkAttribute(ushort rawType, ReadOnlySpan<byte> value)
    {
        _rawType = rawType;
        Value = value;
    }

    /// <summary>The type, without the flags.</summary>
    public ushort Type => (ushort)(_rawType & TypeMask);

    /// <summary>Whether NLA_F_NESTED is set. Old parts of the kernel nest without saying so.</summary>
    public bool IsNested => (_rawType & NestedFlag) != 0;

    /// <summary>Whether NLA_F_NET_BYTEORDER is set: an integer in network order.</summary>
    public bool IsNetworkOrder => (_rawType & NetworkOrderFlag) != 0;

    /// <summary>The value.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>The attributes inside this one.</summary>
    public NetlinkAttributeReader Nested => new(Value);

    /// <summary>An unsigned byte.</summary>
    public bool TryGetByte(out byte value)
    {
        value = Value.IsEmpty ? (byte)0 : Value[0];
        return Value.Length == 1;
    }

    /// <summary>A 16-bit number, in host order unless the attribute says network order.</summary>
    public bool TryGetUInt16(out ushort value)
    {
        value = 0;
        if (Value.Length != sizeof(ushort))
            return false;
        value = IsNetworkOrder ? BinaryPrimitives.ReadUInt16BigEndian(Value) : MemoryMarshal.Read<ushort>(Value);
        return true;
    }

    /// <summary>A 32-bit number, in host order unless the attribute says network order.</summary>
    public bool TryGetUInt32(out uint value)
    {
        value = 0;
        if (Value.Length != sizeof(uint))
            return false;
        value = IsNetworkOrder ? BinaryPrimitives.ReadUInt32BigEndian(Value) : MemoryMarshal.Read<uint>(Value);
        return true;
    }

    /// <summary>A signed 32-bit number, in host order unless the attribute says network order.</summary>
    public bool TryGetInt32(out int value)
    {
        var ok = TryGetUInt32(out var unsigned);
        value = (int)unsigned;
        return ok;
    }

    /// <summary>A 64-bit number, in host order unless the attribute says network order.</summary>
    public bool TryGetUInt64(out ulong value)
    {
        value = 0;
        if (Value.Length != sizeof(ulong))
            return false;
        value = IsNetworkOrder ? BinaryPrimitives.ReadUInt64BigEndian(Value) : MemoryMarshal.Read<ulong>(Value);
        return true;
    }

    /// <summary>An address of 4 or 16 bytes.</summary>
    public bool TryGetAddress(out InetAddress value)
    {
        value = InetAddress.None;
        if (Value.Length is not (4 or 16))
            return false;
        value = InetAddress.FromBytes(Value);
        return true;
    }

    /// <summary>A link-layer address of up to 32 bytes.</summary>
    public bool TryGetLinkLayerAddress(out LinkLayerAddress value)
    {
        value = default;
        if (Value.Length > LinkLayerAddress.MaxLength)
            return false;
        value = new LinkLayerAddress(Value);
        return true;
    }

    /// <summary>The bytes of a string: up to the first zero byte, or all of them if there is none.</summary>
    public ReadOnlySpan<byte> StringBytes
    {
        get
        {
            var end = Value.IndexOf((byte)0);
            return end < 0 ? Value : Value[..end];
        }
    }

    /// <summary>A zero-terminated UTF-8 string; the terminator may be missing. Bytes that are not UTF-8 become U+FFFD.</summary>
    public string GetString() => Encoding.UTF8.GetString(StringBytes);
}
