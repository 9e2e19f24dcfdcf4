using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Keepalived.Checkers.Interop;

/// <summary>What the runtime has no call for.</summary>
internal static partial class Libc
{
    // fcntl.h, generic architectures.
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;

    /// <summary>
    /// open(2) for reading, which waits for nobody, where the runtime's would for the writer of a FIFO. The handle is invalid if it
    /// failed, and the last P/Invoke error says why.
    /// </summary>
    /// <param name="path">The file.</param>
    public static SafeFileHandle OpenToRead(string path) => Open(path, CloseOnExec | NonBlocking);

    /// <summary>read(2). Negative if it failed, and the last P/Invoke error says why.</summary>
    /// <param name="file">A file of any kind.</param>
    /// <param name="buffer">Where to.</param>
    /// <returns>How many bytes.</returns>
    public static unsafe int Read(SafeFileHandle file, Span<byte> buffer)
    {
        fixed (byte* pointer = buffer)
            return (int)Read(file, pointer, (nuint)buffer.Length);
    }

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static unsafe partial nint Read(SafeFileHandle file, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);
}
