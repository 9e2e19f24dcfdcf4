using System.Runtime.InteropServices;

namespace Keepalived.Daemon.Interop;

/// <summary>The C library: what the daemon needs beyond .NET. Errno is in <see cref="Marshal.GetLastPInvokeError"/>.</summary>
internal static unsafe partial class Libc
{
    private const string Name = "libc";

    [LibraryImport(Name, EntryPoint = "getppid")]
    public static partial int GetParentPid();

    [LibraryImport(Name, EntryPoint = "geteuid")]
    public static partial uint GetEffectiveUser();

    [LibraryImport(Name, EntryPoint = "getegid")]
    public static partial uint GetEffectiveGroup();

    [LibraryImport(Name, EntryPoint = "umask")]
    public static partial uint SetUmask(uint mask);

    [LibraryImport(Name, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    [LibraryImport(Name, EntryPoint = "prctl", SetLastError = true)]
    private static partial int Prctl(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    [LibraryImport(Name, EntryPoint = "localtime_r")]
    public static partial BrokenDownTime* LocalTime(in long time, BrokenDownTime* result);

    /// <summary>The name of the calling thread; of the process, when called on its main thread. At most 15 bytes count.</summary>
    public static int SetProcessName(string name)
    {
        const int setName = 15;
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        System.Text.Unicode.Utf8.FromUtf16(name, bytes[..15], out _, out _);
        fixed (byte* pointer = bytes)
            return Prctl(setName, (nuint)pointer, 0, 0, 0);
    }

    /// <summary>The signal that the kernel sends to this process when its parent's thread ends.</summary>
    public static int SetParentDeathSignal(int signal)
    {
        const int setParentDeathSignal = 1;
        return Prctl(setParentDeathSignal, (nuint)signal, 0, 0, 0);
    }

    /// <summary>Orphans among this process's descendants become its children.</summary>
    public static int BecomeSubreaper()
    {
        const int setChildSubreaper = 36;
        return Prctl(setChildSubreaper, 1, 0, 0, 0);
    }

    /// <summary>struct tm of glibc and musl.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct BrokenDownTime
    {
        public int Second;
        public int Minute;
        public int Hour;
        public int Day;
        public int Month;
        public int Year;
        public int WeekDay;
        public int YearDay;
        public int DaylightSaving;
        public long UtcOffset;
        public nint Zone;
    }
}
