using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Keepalived.Netlink.Io.Interop;

/// <summary>Walks the control messages (cmsg(3)) that came with a datagram, within bounds whatever they say.</summary>
internal ref struct ControlMessageReader(ReadOnlySpan<byte> control)
{
    private ReadOnlySpan<byte> _rest = control;

    public int Level { get; private set; }

    public int Type { get; private set; }

    public ReadOnlySpan<byte> Data { get; private set; }

    public static int Align(int length) => (length + nint.Size - 1) & ~(nint.Size - 1);

    public bool MoveNext()
    {
        var headerSize = Unsafe.SizeOf<CMsgHdr>();
        if (_rest.Length < headerSize)
            return false;
        var header = MemoryMarshal.Read<CMsgHdr>(_rest);
        if (header.Length < (nuint)headerSize || header.Length > (nuint)_rest.Length)
            return false;
        var length = (int)header.Length;
        Level = header.Level;
        Type = header.Type;
        Data = _rest[headerSize..length];
        _rest = _rest[Math.Min(Align(length), _rest.Length)..];
        return true;
    }
}
