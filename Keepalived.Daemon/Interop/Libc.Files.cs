using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Keepalived.Daemon.Interop;

internal static unsafe partial class Libc
{
    public const int OpenReadOnly = 0;
    public const int OpenWriteOnly = 1;
    public const int OpenReadWrite = 2;
    public const int OpenCreate = 0x40;
    public const int OpenAppend = 0x400;
    public const int OpenNonBlocking = 0x800;
    public const int OpenNoFollow = 0x20000;
    public const int OpenCloseOnExec = 0x80000;

    private const int DescriptorGetFlags = 1;
    private const int DescriptorSetFlags = 2;
    private const int OpenFileSetLock = 37;

    [LibraryImport(Name, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenVariadic(string path, int flags, uint mode);

    [LibraryImport(Name, EntryPoint = "fchmod", SetLastError = true)]
    public static partial int ChangeMode(SafeHandle file, uint mode);

    [LibraryImport(Name, EntryPoint = "fchown", SetLastError = true)]
    public static partial int ChangeOwner(SafeHandle file, uint user, uint group);

    [LibraryImport(Name, EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MakeFifo(string path, uint mode);

    [LibraryImport(Name, EntryPoint = "unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Unlink(string path);

    [LibraryImport(Name, EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeHandle file, int command, nint argument);

    [LibraryImport(Name, EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MemoryFile(string name, uint flags);

    [LibraryImport(Name, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, byte* bytes, nuint count);

    [LibraryImport(Name, EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Access(string path, int mode);

    [LibraryImport(Name, EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial byte* RealPathNative(string path, byte* buffer);

    [LibraryImport(Name, EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int directory, string path, int flags, uint mask, out StatXBuffer result);

    [LibraryImport(Name, EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(SafeHandle file, string path, int flags, uint mask, out StatXBuffer result);

    /// <summary>Opens a file, close-on-exec always. The handle is invalid on failure.</summary>
    public static SafeFileHandle Open(string path, int flags, uint mode = 0)
    {
        int descriptor;
        do
        {
            descriptor = OpenVariadic(path, flags | OpenCloseOnExec, mode);
        }
        while (descriptor < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>An anonymous file in memory, close-on-exec.</summary>
    public static SafeFileHandle CreateMemoryFile(string name) => new(MemoryFile(name, 1), ownsHandle: true);

    /// <summary>An exclusive open-file-description lock over the whole file, without waiting.</summary>
    public static int TryLock(SafeHandle file)
    {
        var request = new FileLock { Type = 1 };
        return Control(file, OpenFileSetLock, (nint)(&request));
    }

    /// <summary>Whether a descriptor is open in this process.</summary>
    public static bool IsOpen(SafeHandle file) => Control(file, DescriptorGetFlags, 0) >= 0;

    /// <summary>Takes over a descriptor that was inherited: from here on no further child gets it by accident.</summary>
    public static int SetCloseOnExec(SafeHandle file) => Control(file, DescriptorSetFlags, 1);

    /// <summary>The canonical path without symbolic links, or null with errno set.</summary>
    public static string? RealPath(string path)
    {
        const int pathMax = 4096;
        var buffer = stackalloc byte[pathMax];
        return RealPathNative(path, buffer) == null ? null : Marshal.PtrToStringUTF8((nint)buffer);
    }

    /// <summary>
    /// Owner, mode and identity of a path, of the link itself if it is a symbolic one and <paramref name="follow"/> is false.
    /// </summary>
    public static int Stat(string path, bool follow, out FileStatus status)
    {
        const int currentDirectory = -100, noFollow = 0x100;
        var result = StatX(currentDirectory, path, follow ? 0 : noFollow, 0x7ff, out var buffer);
        status = new FileStatus(buffer);
        return result;
    }

    /// <summary>Owner, mode and identity of an open file.</summary>
    public static int Stat(SafeHandle file, out FileStatus status)
    {
        const int emptyPath = 0x1000;
        var result = StatX(file, "", emptyPath, 0x7ff, out var buffer);
        status = new FileStatus(buffer);
        return result;
    }

    /// <summary>struct flock on 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FileLock
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int Pid;
    }

    /// <summary>struct statx (include/uapi/linux/stat.h).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal struct StatXBuffer
    {
        [FieldOffset(16)] public uint Links;
        [FieldOffset(20)] public uint User;
        [FieldOffset(24)] public uint Group;
        [FieldOffset(28)] public ushort Mode;
        [FieldOffset(32)] public ulong Inode;
        [FieldOffset(40)] public ulong Size;
        [FieldOffset(136)] public uint DeviceMajor;
        [FieldOffset(140)] public uint DeviceMinor;
    }
}
