using System.Buffers;
using System.Runtime.InteropServices;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Testing;

/// <summary>The answer to one request of a <see cref="ScriptedKernel"/>.</summary>
public sealed class ScriptedReply
{
    private const ushort MessageAttribute = 1;
    private const ushort OffsetAttribute = 2;

    private readonly ScriptedKernel _kernel;

    internal ScriptedReply(ScriptedKernel kernel, NetlinkHeader request) => (_kernel, Request) = (kernel, request);

    /// <summary>The header of the request.</summary>
    public NetlinkHeader Request { get; }

    /// <summary>Says that the request was carried out.</summary>
    /// <param name="warning">What the kernel has to say all the same.</param>
    public void Acknowledge(string? warning = null) => SendError(Errno.None, warning, null);

    /// <summary>Refuses the request.</summary>
    /// <param name="error">Why.</param>
    /// <param name="message">In the kernel's words.</param>
    /// <param name="offset">Where in the request the offending attribute starts.</param>
    public void Fail(Errno error, string? message = null, int? offset = null) => SendError(error, message, offset);

    /// <summary>Sends a message of the answer. A dump needs <see cref="NetlinkMessageFlags.Multi"/>.</summary>
    public void Message<TState>(ushort type, NetlinkMessageFlags flags, TState state, NetlinkMessageBody<TState> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var output = new ArrayBufferWriter<byte>();
        var writer = new NetlinkMessageWriter(output, type, flags, Request.Sequence, ScriptedKernel.PortId);
        body(ref writer, state);
        writer.Complete();
        _kernel.Send(output.WrittenSpan);
    }

    /// <summary>Ends a dump.</summary>
    /// <param name="error">Why it failed, if it did.</param>
    /// <param name="flags">Such as <see cref="NetlinkMessageFlags.DumpInterrupted"/>.</param>
    public void Done(Errno error = Errno.None, NetlinkMessageFlags flags = NetlinkMessageFlags.None) => Message(
        NetlinkMessageType.Done, flags | NetlinkMessageFlags.Multi, -(int)error,
        static (ref NetlinkMessageWriter writer, int code) => MemoryMarshal.Write(writer.WriteFixedHeader(sizeof(int)), code));

    private void SendError(Errno error, string? message, int? offset)
    {
        var flags = NetlinkMessageFlags.Capped;
        if (message is not null || offset is not null)
            flags |= NetlinkMessageFlags.AcknowledgeAttributes;
        Message(NetlinkMessageType.Error, flags, new Verdict(error, Request, message, offset), WriteVerdict);
    }

    private static void WriteVerdict(ref NetlinkMessageWriter writer, Verdict verdict)
    {
        var header = writer.WriteFixedHeader(sizeof(int) + NetlinkHeader.Size);
        MemoryMarshal.Write(header, -(int)verdict.Error);
        verdict.Request.Write(header[sizeof(int)..]);
        if (verdict.Message is not null)
            writer.WriteString(MessageAttribute, verdict.Message);
        if (verdict.Offset is { } offset)
            writer.WriteInt32(OffsetAttribute, offset);
    }

    private readonly record struct Verdict(Errno Error, NetlinkHeader Request, string? Message, int? Offset);
}
