using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Keepalived.Daemon.Interop;

internal static unsafe partial class Libc
{
    public const uint WatchCloseWrite = 0x8;
    public const uint WatchMovedFrom = 0x40;
    public const uint WatchMovedTo = 0x80;
    public const uint WatchDelete = 0x200;
    public const uint WatchOverflow = 0x4000;

    /// <summary>A watch has ended, as its directory is gone.</summary>
    public const uint WatchIgnored = 0x8000;
    public const uint WatchOnlyDirectory = 0x01000000;

    [LibraryImport(Name, EntryPoint = "inotify_init1", SetLastError = true)]
    private static partial int InotifyInit(int flags);

    [LibraryImport(Name, EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int InotifyAddWatch(SafeHandle inotify, string path, uint mask);

    [LibraryImport(Name, EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeHandle file, byte* bytes, nuint count);

    /// <summary>A queue of file system events, close-on-exec and without waiting. The handle is invalid on failure.</summary>
    public static SafeFileHandle OpenInotify() => new(InotifyInit(OpenNonBlocking | OpenCloseOnExec), ownsHandle: true);

    /// <summary>read(2), again after a signal; negative with errno set on failure.</summary>
    public static nint Read(SafeHandle file, Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            nint read;
            do
            {
                read = Read(file, bytes, (nuint)buffer.Length);
            }
            while (read < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);
            return read;
        }
    }
}
