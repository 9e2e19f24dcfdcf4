using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Keepalived.CodeOrder;

/// <summary>ptrace(2) and waitpid(2), as far as breakpoints need them: x86-64 only, and all calls from one thread.</summary>
internal static unsafe partial class Ptrace
{
    /// <summary>PTRACE_EVENT_EXEC: another program runs in the process now.</summary>
    public const int EventExec = 4;

    /// <summary>PTRACE_EVENT_STOP: a new thread or process, or a group stop.</summary>
    public const int EventStop = 128;

    /// <summary>SIGCONT.</summary>
    public const int ContinueSignal = 18;

    private const int ContinueRequest = 7, GetRegisters = 12, SetRegisters = 13, SeizeRequest = 0x4206, ListenRequest = 0x4208;
    private const int TraceFork = 2, TraceVfork = 4, TraceClone = 8, TraceExec = 16, ExitKill = 0x100000;
    private const int NoHang = 1, AllThreads = 0x40000000;
    private const int RegisterCount = 27, InstructionPointer = 16;
    private const int NoSuchProcess = 3;

    /// <summary>Traces a process and everything it starts; all of it ends with the tracer.</summary>
    public static void Seize(int pid) =>
        Check(Request(SeizeRequest, pid, 0, TraceFork | TraceVfork | TraceClone | TraceExec | ExitKill));

    /// <summary>Lets a stopped thread go on, with a signal or 0.</summary>
    public static void Continue(int thread, int signal) => Check(Request(ContinueRequest, thread, 0, signal));

    /// <summary>Leaves a thread in its group stop, and tells when that ends.</summary>
    public static void Listen(int thread) => Check(Request(ListenRequest, thread, 0, 0));

    /// <summary>Sends a signal.</summary>
    public static void Kill(int pid, int signal) => Check(Send(pid, signal));

    /// <summary>A thread whose state has changed, or 0 when none has, or -1 when there is none any more.</summary>
    public static (int Thread, int Status) Wait()
    {
        int status;
        return (WaitFor(-1, &status, NoHang | AllThreads), status);
    }

    /// <summary>The instruction pointer of a stopped thread.</summary>
    public static ulong GetInstruction(int thread)
    {
        var registers = stackalloc ulong[RegisterCount];
        Check(Request(GetRegisters, thread, 0, (nint)registers));
        return registers[InstructionPointer];
    }

    /// <summary>Moves the instruction pointer of a stopped thread.</summary>
    public static void SetInstruction(int thread, ulong address)
    {
        var registers = stackalloc ulong[RegisterCount];
        Check(Request(GetRegisters, thread, 0, (nint)registers));
        registers[InstructionPointer] = address;
        Check(Request(SetRegisters, thread, 0, (nint)registers));
    }

    private static void Check(nint result)
    {
        if (result < 0 && Marshal.GetLastPInvokeError() is var error && error != NoSuchProcess) // killed meanwhile: the wait will tell
            throw new Win32Exception(error);
    }

    [LibraryImport("libc", EntryPoint = "ptrace", SetLastError = true)]
    private static partial nint Request(int request, int pid, nint address, nint data);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int WaitFor(int pid, int* status, int options);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int pid, int signal);
}
