using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Keepalived.Netlink.Io.Interop;

/// <summary>Builds the control messages (cmsg(3)) that go with a datagram.</summary>
internal ref struct ControlMessageWriter(Span<byte> control)
{
    private readonly Span<byte> _control = control;

    /// <summary>How many bytes are used.</summary>
    public int Length { get; private set; }

    /// <summary>Adds a message and returns its zeroed data.</summary>
    public Span<byte> Add(int level, int type, int dataLength)
    {
        var headerSize = Unsafe.SizeOf<CMsgHdr>();
        var total = headerSize + dataLength;
        var span = _control.Slice(Length, ControlMessageReader.Align(total));
        span.Clear();
        MemoryMarshal.Write(span, new CMsgHdr { Length = (nuint)total, Level = level, Type = type });
        Length += span.Length;
        return span.Slice(headerSize, dataLength);
    }
}
