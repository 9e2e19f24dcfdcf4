using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Keepalived.Daemon.Interop;

internal static unsafe partial class Libc
{
    public const int SignalSetSize = 128;

    /// <summary>More than any libc needs for posix_spawnattr_t (336 on glibc) and posix_spawn_file_actions_t (80).</summary>
    public const int SpawnStructureSize = 512;

    public const short SpawnSetProcessGroup = 0x02;
    public const short SpawnSetSignalDefaults = 0x04;
    public const short SpawnSetSignalMask = 0x08;
    public const short SpawnSetSession = 0x80;

    [LibraryImport(Name, EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Spawn(out int pid, string path, byte* actions, byte* attributes, byte** argv, byte** envp);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_init")]
    public static partial int SpawnAttributesInit(byte* attributes);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_destroy")]
    public static partial int SpawnAttributesDestroy(byte* attributes);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_setflags")]
    public static partial int SpawnAttributesSetFlags(byte* attributes, short flags);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_setpgroup")]
    public static partial int SpawnAttributesSetProcessGroup(byte* attributes, int group);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int SpawnAttributesSetSignalDefaults(byte* attributes, byte* set);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int SpawnAttributesSetSignalMask(byte* attributes, byte* set);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int SpawnActionsInit(byte* actions);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int SpawnActionsDestroy(byte* actions);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int SpawnActionsDuplicate(byte* actions, int from, int to);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SpawnActionsOpen(byte* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_addchdir_np", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SpawnActionsChangeDirectory(byte* actions, string path);

    [LibraryImport(Name, EntryPoint = "sigfillset")]
    public static partial int SignalSetFill(byte* set);

    [LibraryImport(Name, EntryPoint = "sigdelset")]
    public static partial int SignalSetRemove(byte* set, int signal);

    [LibraryImport(Name, EntryPoint = "signal", SetLastError = true)]
    private static partial nint SetSignalHandler(int signal, nint handler);

    [LibraryImport(Name, EntryPoint = "waitpid", SetLastError = true)]
    public static partial int WaitPid(int pid, out int status, int options);

    [LibraryImport(Name, EntryPoint = "waitid", SetLastError = true)]
    private static partial int WaitId(int idType, uint id, byte* info, int options);

    [LibraryImport(Name, EntryPoint = "execve", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Execute(string path, byte** argv, byte** envp);

    [LibraryImport(Name, EntryPoint = "setgroups", SetLastError = true)]
    public static partial int SetGroups(nuint count, uint* groups);

    [LibraryImport(Name, EntryPoint = "setgid", SetLastError = true)]
    public static partial int SetGroup(uint group);

    [LibraryImport(Name, EntryPoint = "setuid", SetLastError = true)]
    public static partial int SetUser(uint user);

    [LibraryImport(Name, EntryPoint = "getgrouplist", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GetGroupList(string user, uint group, uint* groups, int* count);

    [LibraryImport(Name, EntryPoint = "unshare", SetLastError = true)]
    public static partial int Unshare(int flags);

    [LibraryImport(Name, EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Mount(string? source, string target, string? type, ulong flags, nint data);

    [LibraryImport(Name, EntryPoint = "madvise", SetLastError = true)]
    private static partial int AdviseMemory(nuint start, nuint length, int advice);

    [LibraryImport(Name, EntryPoint = "syscall", SetLastError = true)]
    private static partial long SystemCall(long number, long argument1, long argument2, long argument3 = 0);

    /// <summary>
    /// Nothing but 0, 1 and 2 passes an exec from now on, whatever we inherited (Linux 5.11; on older kernels descriptors that the
    /// operator's
    /// shell left open do).
    /// </summary>
    public static void CloseAllOnExec()
    {
        const long closeRange = 436, closeOnExec = 4; // the same on every architecture
        _ = SystemCall(closeRange, 3, uint.MaxValue, closeOnExec);
    }

    /// <summary>Drops pages of a file mapping from memory; they are read again when they are touched.</summary>
    public static void ForgetPages(nuint start, nuint length)
    {
        const int dontNeed = 4;
        _ = AdviseMemory(start, length, dontNeed); // a wish: nothing depends on it
    }

    /// <summary>Maps pages of a file at once rather than when they are touched (Linux 5.14; older kernels leave it at that).</summary>
    public static void ReadPages(nuint start, nuint length)
    {
        const int populateRead = 22;
        var page = (nuint)Environment.SystemPageSize;
        _ = AdviseMemory(start & ~(page - 1), length + (start & (page - 1)), populateRead);
    }

    /// <summary>A signal has its default effect again: .NET hands out no signal that was ignored at the start, as under nohup(1).</summary>
    public static void ResetSignal(int signal) => _ = SetSignalHandler(signal, 0);

    /// <summary>The pid of a child that has ended and was not collected, or 0. It stays to be collected.</summary>
    public static int PeekEndedChild()
    {
        const int all = 0, exited = 4, noHang = 1, noWait = 0x1000000, infoSize = 128, pidOffset = 16; // siginfo_t on 64-bit
        var info = stackalloc byte[infoSize];
        new Span<byte>(info, infoSize).Clear();
        return WaitId(all, 0, info, exited | noHang | noWait) == 0
            ? MemoryMarshal.Read<int>(new ReadOnlySpan<byte>(info + pidOffset, 4))
            : 0;
    }

    /// <summary>A descriptor that becomes readable when the process ends (Linux 5.3). Invalid on failure.</summary>
    public static SafeFileHandle OpenPidDescriptor(int pid)
    {
        const long pidfdOpen = 434; // the same on every architecture
        return new SafeFileHandle((nint)SystemCall(pidfdOpen, pid, 0), ownsHandle: true);
    }
}
