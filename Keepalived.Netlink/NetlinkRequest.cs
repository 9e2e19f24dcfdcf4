using System.Buffers;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink;

/// <summary>One encoded request and what it is in words. It may be sent again and again.</summary>
public sealed class NetlinkRequest
{
    private NetlinkRequest(ReadOnlyMemory<byte> message, ushort type, string description) =>
        (Message, Type, Description) = (message, type, description);

    /// <summary>The message type.</summary>
    public ushort Type { get; }

    /// <summary>What it asks, in words, for errors: "list addresses".</summary>
    public string Description { get; }

    internal ReadOnlyMemory<byte> Message { get; }

    /// <summary>
    /// Encodes a request. NLM_F_REQUEST is added to <paramref name="flags"/>; the connection adds what acknowledgement or dump it needs.
    /// </summary>
    public static NetlinkRequest Create<TState>(
        ushort type, NetlinkMessageFlags flags, string description, TState state, NetlinkMessageBody<TState> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var output = new ArrayBufferWriter<byte>(64);
        var writer = new NetlinkMessageWriter(output, type, flags | NetlinkMessageFlags.Request);
        body(ref writer, state);
        writer.Complete();
        return new NetlinkRequest(output.WrittenMemory, type, description);
    }
}
