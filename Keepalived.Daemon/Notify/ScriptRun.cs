using Keepalived.Daemon.CommandLine;
using Keepalived.Daemon.Processes;
using Keepalived.Netlink.Io;

namespace Keepalived.Daemon.Notify;

/// <summary>
/// A script that is running. Its process leads a group of its own, which is what timeouts and stops are aimed at, and at what it started that
/// has left this group.
/// </summary>
internal sealed class ScriptRun
{
    /// <summary>From SIGTERM to SIGKILL, in nanoseconds.</summary>
    public const long KillDelay = 2 * MonotonicClock.Second;

    private readonly LoopTimer _timer;
    private readonly Action<ScriptRun, ScriptResult> _ended;
    private ChildProcess? _process;
    private List<ProcessTree.Member> _outsiders = [];
    private bool _terminated;
    private bool _timedOut;

    internal ScriptRun(EventLoop loop, string name, Action<ScriptRun, ScriptResult> ended)
    {
        Name = name;
        _ended = ended;
        _timer = loop.CreateTimer(static state => ((ScriptRun)state!).OnTimer(), this);
    }

    /// <summary>The command, for messages.</summary>
    public string Name { get; }

    /// <summary>The process id of the script, or 0 if it was not started.</summary>
    public int Pid => _process?.Pid ?? 0;

    /// <summary>Whether whoever started it ends it.</summary>
    public bool IsService { get; set; }

    /// <summary>Asks the script and everything it started to end, and kills what is left later.</summary>
    /// <param name="now">The present.</param>
    /// <param name="killDelay">Nanoseconds until SIGKILL.</param>
    public void Terminate(long now, long killDelay = KillDelay)
    {
        if (_terminated || _process is not { HasExited: false })
            return;
        _terminated = true;
        _outsiders = ProcessTree.OutsidersOf(Pid);
        _process.SignalGroup(SignalNames.Terminate);
        ProcessTree.Signal(_outsiders, SignalNames.Terminate);
        _timer.Arm(now + killDelay);
    }

    internal void Poll() => _process?.Poll();

    internal bool TryStart(EventLoop loop, SpawnRequest request, long? timeout, out int errno)
    {
        _process = ChildProcess.TryStart(loop, request, (_, status) => OnExit(status), out errno);
        if (_process is null)
        {
            _timer.Dispose();
            return false;
        }

        if (timeout is { } limit)
            _timer.Arm(_process.StartedAt + limit);
        return true;
    }

    private void OnTimer()
    {
        if (!_terminated)
        {
            _timedOut = true;
            Terminate(MonotonicClock.Now);
            return;
        }

        _outsiders.AddRange(ProcessTree.OutsidersOf(Pid));
        KillAll();
    }

    private void KillAll()
    {
        _process!.SignalGroup(SignalNames.Kill);
        ProcessTree.Signal(_outsiders, SignalNames.Kill);
    }

    private void OnExit(ProcessStatus status)
    {
        _timer.Dispose();
        if (_terminated)
            KillAll(); // what the script left behind
        _ended(this, new ScriptResult(status, _timedOut, 0));
    }
}
