using System.Runtime.InteropServices;

namespace Keepalived.Netlink.Wire;

/// <summary>
/// Walks attributes: <c>while (reader.TryRead(out var attribute))</c>, or <c>foreach</c>. It stops at the end, or at the first bytes that
/// are not an attribute: <see cref="IsMalformed"/> tells which. A last attribute without padding is accepted, and so are up to 3 stray
/// bytes at the end.
/// </summary>
public ref struct NetlinkAttributeReader
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Starts at the first byte.</summary>
    public NetlinkAttributeReader(ReadOnlySpan<byte> bytes) => _rest = bytes;

    /// <summary>Whether reading stopped at bytes that are not an attribute.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>In a <c>foreach</c>: the present attribute.</summary>
    public NetlinkAttribute Current { get; private set; }

    /// <summary>The next attribute, if there is one.</summary>
    public bool TryRead(out NetlinkAttribute attribute)
    {
        attribute = default;
        if (_rest.Length < NetlinkAttribute.HeaderSize || IsMalformed)
            return false;
        int length = MemoryMarshal.Read<ushort>(_rest);
        if (length < NetlinkAttribute.HeaderSize || length > _rest.Length)
        {
            IsMalformed = true;
            return false;
        }

        attribute = new NetlinkAttribute(MemoryMarshal.Read<ushort>(_rest[2..]), _rest[NetlinkAttribute.HeaderSize..length]);
        _rest = _rest[Math.Min(NetlinkHeader.Align(length), _rest.Length)..];
        return true;
    }

    /// <summary>Finds the first attribute of a type among those not read yet, without moving.</summary>
    public readonly bool TryFind(ushort type, out NetlinkAttribute attribute)
    {
        var reader = this;
        while (reader.TryRead(out attribute))
        {
            if (attribute.Type == type)
                return true;
        }

        attribute = default;
        return false;
    }

    /// <summary>For <c>foreach</c>.</summary>
    public readonly NetlinkAttributeReader GetEnumerator() => this;

    /// <summary>For <c>foreach</c>: moves to the next attribute.</summary>
    public bool MoveNext()
    {
        var found = TryRead(out var attribute);
        Current = attribute;
        return found;
    }
}
