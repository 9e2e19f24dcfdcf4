using System.Runtime.InteropServices;
using System.Text;

namespace Keepalived.Daemon.Interop;

/// <summary>A NULL-terminated array of C strings in unmanaged memory: an argv or envp.</summary>
internal sealed unsafe class StringBlock : IDisposable
{
    private byte** _pointers;

    /// <exception cref="ArgumentException">A string contains a NUL.</exception>
    public StringBlock(IReadOnlyList<string> strings)
    {
        var size = (nuint)((strings.Count + 1) * sizeof(byte*));
        var total = size;
        foreach (var text in strings)
        {
            if (text.Contains('\0', StringComparison.Ordinal))
                throw new ArgumentException("A string contains a NUL character.", nameof(strings));
            total += (nuint)Encoding.UTF8.GetByteCount(text) + 1;
        }

        _pointers = (byte**)NativeMemory.AllocZeroed(total);
        var position = (byte*)_pointers + size;
        var end = (byte*)_pointers + total;
        for (var index = 0; index < strings.Count; index++)
        {
            _pointers[index] = position;
            position += Encoding.UTF8.GetBytes(strings[index], new Span<byte>(position, (int)(end - position))) + 1;
        }
    }

    /// <summary>The array.</summary>
    public byte** Pointer => _pointers;

    public void Dispose()
    {
        NativeMemory.Free(_pointers);
        _pointers = null;
    }
}
