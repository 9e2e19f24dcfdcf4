using System.Buffers.Binary;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables;

/// <summary>
/// The attributes of an nf_tables object by their types: integers in network order, without a flag that says so. A value of the wrong
/// length makes the whole <see cref="IsMalformed"/>.
/// </summary>
internal ref struct NftAttributes
{
    private readonly NetlinkAttributeReader _reader;

    public NftAttributes(NetlinkAttributeReader reader)
    {
        _reader = reader;
        while (reader.TryRead(out _))
        {
        }

        IsMalformed = reader.IsMalformed;
    }

    public bool IsMalformed { get; private set; }

    public readonly bool Has(ushort type) => _reader.TryFind(type, out _);

    public readonly bool TryFind(ushort type, out NetlinkAttribute attribute) => _reader.TryFind(type, out attribute);

    public readonly string? Text(ushort type) => _reader.TryFind(type, out var attribute) ? attribute.GetString() : null;

    public uint UInt32(ushort type) => UInt32OrNull(type) ?? 0;

    public uint? UInt32OrNull(ushort type)
    {
        if (!_reader.TryFind(type, out var attribute))
            return null;
        if (attribute.Value.Length == sizeof(uint))
            return BinaryPrimitives.ReadUInt32BigEndian(attribute.Value);
        IsMalformed = true;
        return null;
    }

    public ulong UInt64(ushort type)
    {
        if (!_reader.TryFind(type, out var attribute))
            return 0;
        if (attribute.Value.Length == sizeof(ulong))
            return BinaryPrimitives.ReadUInt64BigEndian(attribute.Value);
        IsMalformed = true;
        return 0;
    }

    public ushort UInt16(ushort type)
    {
        if (!_reader.TryFind(type, out var attribute))
            return 0;
        if (attribute.Value.Length == sizeof(ushort))
            return BinaryPrimitives.ReadUInt16BigEndian(attribute.Value);
        IsMalformed = true;
        return 0;
    }

    public byte Byte(ushort type)
    {
        if (!_reader.TryFind(type, out var attribute))
            return 0;
        if (attribute.TryGetByte(out var value))
            return value;
        IsMalformed = true;
        return 0;
    }

    public TimeSpan? Milliseconds(ushort type)
    {
        if (!Has(type))
            return null;
        var value = UInt64(type);
        return value > long.MaxValue / TimeSpan.TicksPerMillisecond ? TimeSpan.MaxValue : TimeSpan.FromMilliseconds((long)value);
    }

    /// <summary>The value inside a data attribute; empty if there is none.</summary>
    public NftValue Value(ushort type) => Data(type).Value;

    /// <summary>A data attribute: a value or a verdict.</summary>
    public NftData Data(ushort type)
    {
        if (!_reader.TryFind(type, out var attribute))
            return default;
        var ok = NftData.TryDecode(attribute.Nested, out var data);
        IsMalformed |= !ok;
        return data;
    }

    public readonly string? Comment(ushort type, byte kind) =>
        _reader.TryFind(type, out var attribute) ? NftUserData.FindComment(attribute.Value, kind) : null;
}
