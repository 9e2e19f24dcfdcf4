using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Keepalived.Netlink.Wire;

/// <summary>
/// Writes one netlink message: header, fixed header, attributes, nested attributes closed by token, and lengths put in at the end.
/// <code>
/// var writer = new NetlinkMessageWriter(output, type, NetlinkMessageFlags.Request | NetlinkMessageFlags.Acknowledge);
/// writer.WriteFixedHeader(16)[4..8] ...
/// writer.WriteString(3, "vip0");
/// var info = writer.BeginNested(18);
/// writer.WriteString(1, "macvlan");
/// writer.EndNested(info);
/// writer.Complete();
/// </code>
/// Into an <see cref="IBufferWriter{T}"/> the message grows as it must and is handed over by <see cref="Complete"/>; into a span it must
/// fit.
/// </summary>
public ref struct NetlinkMessageWriter
{
    private const int InitialCapacity = 512;

    private readonly IBufferWriter<byte>? _output;
    private Span<byte> _buffer;
    private int _position;
    private int _depth;

    /// <summary>Starts a message that <see cref="Complete"/> hands to <paramref name="output"/>.</summary>
    public NetlinkMessageWriter(IBufferWriter<byte> output, ushort type, NetlinkMessageFlags flags, uint sequence = 0, uint portId = 0)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
        _buffer = output.GetSpan(InitialCapacity);
        Start(new NetlinkHeader(0, type, flags, sequence, portId));
    }

    /// <summary>Starts a message in a span.</summary>
    /// <exception cref="ArgumentException">The span is shorter than a header.</exception>
    public NetlinkMessageWriter(Span<byte> destination, ushort type, NetlinkMessageFlags flags, uint sequence = 0, uint portId = 0)
    {
        _buffer = destination;
        Start(new NetlinkHeader(0, type, flags, sequence, portId));
    }

    /// <summary>The bytes written so far, header included.</summary>
    public readonly int Length => _position;

    /// <summary>
    /// The fixed header of the message type: <paramref name="length"/> zero bytes to fill in, valid until the next write.
    /// </summary>
    public Span<byte> WriteFixedHeader(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return Reserve(length);
    }

    /// <summary>An attribute without a value: it says something by being there (NLA_FLAG).</summary>
    public void WriteFlag(ushort type) => Attribute(type, 0);

    /// <summary>An unsigned byte.</summary>
    public void WriteByte(ushort type, byte value) => Attribute(type, sizeof(byte))[0] = value;

    /// <summary>A 16-bit number in host order.</summary>
    public void WriteUInt16(ushort type, ushort value) => MemoryMarshal.Write(Attribute(type, sizeof(ushort)), value);

    /// <summary>A 32-bit number in host order.</summary>
    public void WriteUInt32(ushort type, uint value) => MemoryMarshal.Write(Attribute(type, sizeof(uint)), value);

    /// <summary>A signed 32-bit number in host order.</summary>
    public void WriteInt32(ushort type, int value) => MemoryMarshal.Write(Attribute(type, sizeof(int)), value);

    /// <summary>A 64-bit number in host order.</summary>
    public void WriteUInt64(ushort type, ulong value) => MemoryMarshal.Write(Attribute(type, sizeof(ulong)), value);

    /// <summary>A 16-bit number in network order (__be16). The kernel does not ask for NLA_F_NET_BYTEORDER, so it is not set.</summary>
    public void WriteUInt16BigEndian(ushort type, ushort value) =>
        BinaryPrimitives.WriteUInt16BigEndian(Attribute(type, sizeof(ushort)), value);

    /// <summary>A 32-bit number in network order (__be32).</summary>
    public void WriteUInt32BigEndian(ushort type, uint value) =>
        BinaryPrimitives.WriteUInt32BigEndian(Attribute(type, sizeof(uint)), value);

    /// <summary>A 64-bit number in network order (__be64).</summary>
    public void WriteUInt64BigEndian(ushort type, ulong value) =>
        BinaryPrimitives.WriteUInt64BigEndian(Attribute(type, sizeof(ulong)), value);

    /// <summary>Bytes as they are.</summary>
    public void WriteBytes(ushort type, scoped ReadOnlySpan<byte> value) => value.CopyTo(Attribute(type, value.Length));

    /// <summary>An IPv4 or IPv6 address; nothing is written for <see cref="InetAddress.None"/>.</summary>
    public void WriteAddress(ushort type, InetAddress value)
    {
        if (!value.IsNone)
            value.WriteTo(Attribute(type, value.Length));
    }

    /// <summary>A UTF-8 string with its terminating zero.</summary>
    public void WriteString(ushort type, scoped ReadOnlySpan<char> value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Encoding.UTF8.GetBytes(value, Attribute(type, length + 1));
    }

    /// <summary>Opens an attribute that holds others. Close it with <see cref="EndNested"/>, innermost first.</summary>
    /// <param name="type">The type of the attribute.</param>
    /// <param name="flagged">
    /// Whether to set NLA_F_NESTED. Some old attributes (the families of IFLA_AF_SPEC) are refused by old kernels with it.
    /// </param>
    public NetlinkNest BeginNested(ushort type, bool flagged = true)
    {
        var nest = BeginBlock(NetlinkAttribute.HeaderSize);
        MemoryMarshal.Write(_buffer[(nest.Offset + 2)..], (ushort)(flagged ? type | NetlinkAttribute.NestedFlag : type));
        return nest;
    }

    /// <summary>Closes what <see cref="BeginNested"/> opened.</summary>
    /// <exception cref="InvalidOperationException">
    /// A nested attribute opened later is still open, this one is closed, or it is longer than 65,535 bytes.
    /// </exception>
    public void EndNested(NetlinkNest nest)
    {
        if (nest.Depth != _depth || _depth == 0)
            throw new InvalidOperationException("Nested attributes are closed innermost first, and once.");
        _depth--;
        var length = _position - nest.Offset;
        if (length > ushort.MaxValue)
            throw new InvalidOperationException("A netlink attribute has at most 65,535 bytes.");
        MemoryMarshal.Write(_buffer[nest.Offset..], (ushort)length);
    }

    /// <summary>Puts the length in and hands the message over.</summary>
    /// <returns>The length of the message, padding included.</returns>
    /// <exception cref="InvalidOperationException">A nested attribute is open.</exception>
    public int Complete()
    {
        if (_depth != 0)
            throw new InvalidOperationException("A nested attribute is open.");
        MemoryMarshal.Write(_buffer, (uint)_position);
        _output?.Advance(_position);
        return _position;
    }

    /// <summary>
    /// Opens a block that starts with its own 16-bit length, as attributes and struct rtnexthop do; <see cref="EndNested"/> closes it.
    /// </summary>
    internal NetlinkNest BeginBlock(int headerLength)
    {
        var offset = _position;
        Reserve(headerLength);
        return new NetlinkNest(offset, ++_depth);
    }

    /// <summary>The bytes from an offset on, to fill in a header that <see cref="BeginBlock"/> reserved.</summary>
    internal readonly Span<byte> From(NetlinkNest nest) => _buffer[nest.Offset.._position];

    private void Start(NetlinkHeader header)
    {
        header.Write(_buffer);
        _position = NetlinkHeader.Size;
    }

    private Span<byte> Attribute(ushort type, int length)
    {
        var total = NetlinkAttribute.HeaderSize + length;
        if (total > ushort.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(length), "A netlink attribute has at most 65,535 bytes.");
        var bytes = Reserve(total);
        MemoryMarshal.Write(bytes, (ushort)total);
        MemoryMarshal.Write(bytes[2..], type);
        return bytes[NetlinkAttribute.HeaderSize..];
    }

    /// <summary>Zero bytes at the end, padded to the alignment; the padding is not part of what is returned.</summary>
    private Span<byte> Reserve(int length)
    {
        var padded = NetlinkHeader.Align(length);
        if (padded > _buffer.Length - _position)
            Grow(padded);
        var bytes = _buffer.Slice(_position, padded);
        bytes.Clear();
        _position += padded;
        return bytes[..length];
    }

    private void Grow(int needed)
    {
        if (_output is null)
            throw new InvalidOperationException("The message does not fit into its span.");
        // The writer may move its memory when asked for more, and need not keep what was not advanced over.
        var copy = ArrayPool<byte>.Shared.Rent(_position);
        _buffer[.._position].CopyTo(copy);
        _buffer = _output.GetSpan(Math.Max(_position + needed, _position * 2));
        copy.AsSpan(0, _position).CopyTo(_buffer);
        ArrayPool<byte>.Shared.Return(copy);
        Debug.Assert(_buffer.Length - _position >= needed);
    }
}
