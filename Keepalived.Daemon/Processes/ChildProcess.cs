using System.Runtime.InteropServices;
using Keepalived.Daemon.Interop;
using Keepalived.Netlink.Io;

namespace Keepalived.Daemon.Processes;

/// <summary>A process that we started. A pidfd tells the event loop of its end; its status is collected then.</summary>
internal sealed class ChildProcess
{
    private const int NoHang = 1;
    private readonly Action<ChildProcess, ProcessStatus> _exited;
    private SafeHandle? _descriptor;
    private LoopRegistration? _registration;

    private ChildProcess(int pid, long startedAt, Action<ChildProcess, ProcessStatus> exited)
    {
        Pid = pid;
        StartedAt = startedAt;
        _exited = exited;
    }

    /// <summary>Its process id; of nobody any more once <see cref="HasExited"/>.</summary>
    public int Pid { get; }

    /// <summary>When it was started, in nanoseconds of <see cref="MonotonicClock"/>.</summary>
    public long StartedAt { get; }

    /// <summary>Its end was seen.</summary>
    public bool HasExited { get; private set; }

    /// <summary>Starts a program.</summary>
    /// <param name="loop">The loop that will see its end.</param>
    /// <param name="request">What to start.</param>
    /// <param name="exited">Runs on the loop, once, never from within this call.</param>
    /// <param name="errno">Why it was not started.</param>
    /// <returns>The process, or null.</returns>
    public static ChildProcess? TryStart(
        EventLoop loop, SpawnRequest request, Action<ChildProcess, ProcessStatus> exited, out int errno)
    {
        errno = ProcessSpawner.TrySpawn(request, out var pid);
        if (errno != 0)
            return null;

        var process = new ChildProcess(pid, MonotonicClock.Now, exited);
        var descriptor = Libc.OpenPidDescriptor(pid);
        if (descriptor.IsInvalid)
        {
            // Out of descriptors: a process that nobody watches must not live.
            errno = Marshal.GetLastPInvokeError();
            _ = Libc.Kill(pid, CommandLine.SignalNames.Kill);
            _ = Libc.WaitPid(pid, out _, 0);
            return null;
        }

        process._descriptor = descriptor;
        process._registration = loop.Register(
            descriptor, LoopReadiness.Readable, static (state, _) => ((ChildProcess)state!).Poll(), process);
        return process;
    }

    /// <summary>Sends it a signal, unless it has ended.</summary>
    public void Signal(int signal)
    {
        if (!HasExited)
            _ = Libc.Kill(Pid, signal); // it cannot be somebody else's pid: we have not reaped it
    }

    /// <summary>Sends a signal to the process group that it leads. The group may outlive it.</summary>
    public void SignalGroup(int signal) => _ = Libc.Kill(-Pid, signal);

    /// <summary>Collects its status if it has ended.</summary>
    public void Poll()
    {
        if (HasExited || Libc.WaitPid(Pid, out var status, NoHang) != Pid)
            return;
        HasExited = true;
        _registration?.Dispose();
        _descriptor?.Dispose();
        _exited(this, ProcessStatus.FromWait(status));
    }
}
