namespace Keepalived.Netlink.Wire;

/// <summary>
/// Walks the messages of a datagram: <c>while (reader.TryRead(out var message))</c>. It stops at the end, or at the first bytes that are
/// not a message: <see cref="Error"/> tells which. A last message without padding is accepted, as the kernel sends it.
/// </summary>
public ref struct NetlinkMessageReader
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Starts at the first byte.</summary>
    public NetlinkMessageReader(ReadOnlySpan<byte> bytes) => _rest = bytes;

    /// <summary>Why reading stopped before the end of the bytes; <see cref="NetlinkDecodeError.None"/> if it did not.</summary>
    public NetlinkDecodeError Error { get; private set; }

    /// <summary>The bytes not read yet.</summary>
    public readonly ReadOnlySpan<byte> Remaining => _rest;

    /// <summary>The next message, if there is one.</summary>
    public bool TryRead(out NetlinkMessage message)
    {
        message = default;
        if (_rest.IsEmpty || Error != NetlinkDecodeError.None)
            return false;
        Error = NetlinkMessage.TryParse(_rest, out message, out var consumed);
        _rest = _rest[consumed..];
        return Error == NetlinkDecodeError.None;
    }
}
