using System.Runtime.InteropServices;

namespace Keepalived.Daemon.Interop;

internal static unsafe partial class Libc
{
    [LibraryImport(Name, EntryPoint = "getpwnam_r", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GetUser(string name, UserEntry* entry, byte* buffer, nuint length, UserEntry** result);

    [LibraryImport(Name, EntryPoint = "getpwuid_r")]
    public static partial int GetUser(uint userId, UserEntry* entry, byte* buffer, nuint length, UserEntry** result);

    [LibraryImport(Name, EntryPoint = "getgrnam_r", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GetGroup(string name, GroupEntry* entry, byte* buffer, nuint length, GroupEntry** result);

    /// <summary>struct passwd on 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct UserEntry
    {
        public nint Name;
        public nint Password;
        public uint UserId;
        public uint GroupId;
        public nint Comment;
        public nint Directory;
        public nint Shell;
    }

    /// <summary>struct group on 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct GroupEntry
    {
        public nint Name;
        public nint Password;
        public uint GroupId;
        public nint Members;
    }
}
