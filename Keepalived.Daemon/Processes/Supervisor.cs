using System.Runtime.InteropServices;
using Keepalived.Daemon.BfdEvents;
using Keepalived.Daemon.CommandLine;
using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Interop;
using Keepalived.Daemon.Notify;
using Keepalived.Daemon.Status;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Keepalived.Daemon.Processes;

/// <summary>
/// The parent of the daemon: starts the children that the configuration needs, starts them again when they die, carries signals and
/// reloads to them, and cleans up behind them. It speaks no protocol itself, so that hardly anything can make it fail.
/// </summary>
internal sealed partial class Supervisor : IDisposable
{
    private readonly SupervisorContext _context;
    private readonly ILogger _logger;
    private readonly EventLoop _loop;
    private readonly ScriptRunner _scripts;
    private readonly SystemdNotifier _systemd;
    private readonly LoopTimer _killTimer;
    private readonly LoopTimer _trimTimer;
    private readonly ReloadSchedule _schedule;
    private readonly Dictionary<DaemonRole, ManagedChild> _children = [];
    private readonly List<IDisposable> _signals = [];

    /// <summary>Both ends stay open here, so that what a client asks waits while there is no BFD process.</summary>
    private readonly (SafeFileHandle Server, SafeFileHandle Clients) _bfdEvents = BfdRendezvous.CreatePair();
    private KeepalivedConfiguration _configuration;
    private int _loads;
    private Phase _phase = Phase.Starting;
    private bool _reloadQueued;
    private bool _reloadFailed;
    private int _exitCode;

    public Supervisor(SupervisorContext context)
    {
        _context = context;
        _configuration = context.Configuration;
        _logger = context.Loggers.CreateLogger("Keepalived.Daemon.Supervisor");
        _loop = new EventLoop(new EventLoopOptions { Name = "supervisor", Logger = _logger });
        _scripts = new ScriptRunner(_loop, _logger, context.Limits);
        _systemd = new SystemdNotifier(Environment.GetEnvironmentVariable(SystemdNotifier.Variable), _logger);
        _killTimer = _loop.CreateTimer(static state => ((Supervisor)state!).KillRemaining(), this);
        _trimTimer = _loop.CreateTimer(static _ => MemoryTrim.Start(), null);
        _schedule = new ReloadSchedule(_loop, _logger, Reload);
    }

    private enum Phase
    {
        /// <summary>Children have yet to report their start.</summary>
        Starting,

        /// <summary>All children work.</summary>
        Running,

        /// <summary>Children have yet to report the end of a reload.</summary>
        Reloading,

        /// <summary>Children were told to end.</summary>
        Stopping,
    }

    private GlobalDefinitions Global => _configuration.Global;

    /// <summary>Supervises until the end. Returns the exit status.</summary>
    public int Run()
    {
        _ = Libc.BecomeSubreaper(); // scripts of a child that died become ours; without it, init's
        InstallSignals();
        WriteOwnPid(); // who reads it may send a signal at once
        if (Global.StartupScript is { } script)
            RunScript("Startup", script, Global.StartupScriptTimeout, StartChildren);
        else
            StartChildren();
        _loop.Run();

        _context.PidFiles.RemoveAll(_logger);
        Log.Stopped(_logger, HelpText.Version);
        return _exitCode;
    }

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
        _schedule.Dispose();
        _loop.Dispose();
        _bfdEvents.Server.Dispose();
        _bfdEvents.Clients.Dispose();
    }

    private void WriteOwnPid()
    {
        var file = _context.PidFiles[DaemonRole.Supervisor]!;
        try
        {
            file.WriteOwnPid();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.PidFileNotWritten(_logger, file.Path, error.Message);
        }
    }

    private void InstallSignals()
    {
        On(SignalNames.Terminate, () => BeginStop(ExitCode.Ok));
        On(SignalNames.Interrupt, _context.Options.IgnoreSigInt ? () => { } : () => BeginStop(ExitCode.Ok));
        On(SignalNames.Hangup, Reload);
        On(SignalNames.Child, ReapOrphans);
        foreach (var signal in DumpSignals.All)
            On(signal, () => Dump(signal));

        void On(int signal, Action action) =>
            _signals.Add(_loop.OnSignal((PosixSignal)signal, static state => ((Action)state!)(), action));
    }

    /// <summary>Lets the children write down what they know, and adds what is known here. Only VRRP has counters and JSON.</summary>
    private void Dump(int signal)
    {
        var kind = DumpSignals.KindOf(signal);
        foreach (var child in _children.Values)
        {
            if (child.Process is { } process && (kind == DumpKind.Data || child.Role == DaemonRole.Vrrp))
                process.Signal(signal);
        }

        if (kind != DumpKind.Data)
            return;
        var path = new DumpFile(_context.Options, Global).PathOf(kind, DaemonRole.Supervisor);
        try
        {
            FileReplacement.Write(path, new DumpText().AddGlobal(Global).ToString());
            Log.DumpWritten(_logger, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.DumpNotWritten(_logger, path, error.Message);
        }
    }

    private void RunScript(string kind, ScriptConfiguration script, TimeSpan timeout, Action then) =>
        _scripts.Start(script, [], MonotonicClock.FromTimeSpan(timeout), result =>
        {
            if (result.TimedOut)
                Log.ScriptTimedOut(_logger, kind, script.ToString());
            else if (result.StartError == 0 && !result.IsSuccess)
                Log.ScriptFailed(_logger, kind, script.ToString(), result.Status.ToString());
            then();
        });

    /// <summary>Whatever of our descendants lost its parent ends up with us; nobody else would collect it.</summary>
    private void ReapOrphans()
    {
        while (Libc.PeekEndedChild() is > 0 and var pid)
        {
            var child = _children.Values.FirstOrDefault(candidate => candidate.Process?.Pid == pid);
            if (child is not null)
                child.Process!.Poll();
            else if (!_scripts.Poll(pid))
                _ = Libc.WaitPid(pid, out _, 0);
        }
    }
}
