namespace Keepalived.Netlink.Wire;

/// <summary>A view of one netlink message: its header and the bytes after it. Valid as long as the memory it was read from.</summary>
public readonly ref struct NetlinkMessage
{
    internal NetlinkMessage(NetlinkHeader header, ReadOnlySpan<byte> payload)
    {
        Header = header;
        Payload = payload;
    }

    /// <summary>The header.</summary>
    public NetlinkHeader Header { get; }

    /// <summary>What follows the header: usually a fixed header of the type and then attributes.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>The message type.</summary>
    public ushort Type => Header.Type;

    /// <summary>
    /// The attributes after a fixed header of <paramref name="fixedLength"/> bytes; none if the payload is shorter. The kernel aligns the
    /// fixed header, so that attributes start at a multiple of 4.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fixedLength"/> is negative.</exception>
    public NetlinkAttributeReader Attributes(int fixedLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fixedLength);
        var start = NetlinkHeader.Align(fixedLength);
        return new NetlinkAttributeReader(start < Payload.Length ? Payload[start..] : default);
    }

    /// <summary>Reads the message at the start of <paramref name="bytes"/>. Never throws, whatever the bytes.</summary>
    /// <param name="bytes">One message or several.</param>
    /// <param name="message">The first one.</param>
    /// <param name="consumed">Its length with the padding after it; without that where the bytes end before.</param>
    public static NetlinkDecodeError TryParse(ReadOnlySpan<byte> bytes, out NetlinkMessage message, out int consumed)
    {
        message = default;
        consumed = 0;
        if (!NetlinkHeader.TryRead(bytes, out var header))
            return NetlinkDecodeError.TruncatedHeader;
        if (header.Length < NetlinkHeader.Size || header.Length > (uint)bytes.Length)
            return NetlinkDecodeError.BadLength;
        var length = (int)header.Length;
        message = new NetlinkMessage(header, bytes[NetlinkHeader.Size..length]);
        consumed = Math.Min(NetlinkHeader.Align(length), bytes.Length);
        return NetlinkDecodeError.None;
    }
}
