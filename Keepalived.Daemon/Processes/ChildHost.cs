using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Keepalived.Daemon.CommandLine;
using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Interop;
using Keepalived.Daemon.Logging;
using Keepalived.Daemon.Notify;
using Keepalived.Daemon.Status;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Keepalived.Daemon.Processes;

/// <summary>
/// The body of a child process: everything but its role. It carries signals and the supervisor's messages to the role, one at a time.
/// </summary>
internal sealed class ChildHost : IDisposable
{
    private readonly RoleAssignment _assignment;
    private readonly DaemonParts _parts;
    private readonly CommandLineOptions _options;
    private readonly LogQueue _loggers;
    private readonly ILogger _logger;
    private readonly EventLoop _loop;
    private readonly SnapshotFile _snapshot;
    private readonly RoleChannel _channel;
    private readonly SafeFileHandle? _bfdEvents;
    private readonly ScriptRunner _scripts;
    private readonly AutomaticPriority _priority;
    private readonly DumpWriter _dumps;
    private readonly IRole _role;
    private readonly List<IDisposable> _signals = [];

    /// <summary>What to start with; nothing any more once that is done.</summary>
    private ConfigurationResult? _configuration;

    /// <summary>What is in force.</summary>
    private GlobalDefinitions _global;
    private bool _isWorking;
    private bool _startBegan;
    private bool _isStarted;
    private bool _stopRequested;
    private bool _reloadRequested;
    private int _reloads;
    private int _exitCode;

    private ChildHost(
        RoleAssignment assignment,
        CommandLineOptions options,
        DaemonParts parts,
        SnapshotFile snapshot,
        ConfigurationResult configuration,
        IRole role)
    {
        (_assignment, _options, _parts, _snapshot, _configuration, _role) = (assignment, options, parts, snapshot, configuration, role);
        var global = _global = configuration.Configuration.Global;
        _loggers = LogQueue.Open(
            LogSettings.For(options, assignment.Role.LogName(), options.NetworkNamespace(global), global.Instance), lean: false);
        _logger = _loggers.CreateLogger("Keepalived.Daemon." + assignment.Role.Title());
        _dumps = new DumpWriter(_logger);
        _priority = new AutomaticPriority(_logger, assignment.Role.Title()) { Highest = global.MaxAutoPriority };
        var scheduling = Scheduling(global);
        _loop = new EventLoop(new EventLoopOptions
        {
            Name = assignment.Role.Title(),
            Logger = _logger,
            RealTimePriority = scheduling.RealTimePriority,
            // The kernel ends a real-time process that does not wait for as long as the limit says.
            RealTimeBudget = scheduling.RealTimePriority is null ? TimeSpan.Zero : TimeSpan.FromMicroseconds(scheduling.RealTimeLimitMicroseconds / 4),
            CpuAffinity = [.. scheduling.CpuAffinity],
            LateTimerThreshold = global.MinAutoPriorityDelay,
            OnLateTimer = _priority.OnLate,
        });
        _scripts = new ScriptRunner(_loop, _logger, assignment.Limits);
        var socket = new SafeFileHandle(assignment.Channel, ownsHandle: true);
        _ = Libc.SetCloseOnExec(socket);
        if (assignment.BfdEvents >= 0)
        {
            _bfdEvents = new SafeFileHandle(assignment.BfdEvents, ownsHandle: true);
            _ = Libc.SetCloseOnExec(_bfdEvents);
        }

        _channel = new RoleChannel(_loop, socket, _logger, OnMessage, RequestStop);
    }

    /// <summary>Is the child process that <paramref name="assignment"/> says. Returns its exit status.</summary>
    public static int Run(RoleAssignment assignment, CommandLineOptions options, DaemonParts parts)
    {
        _ = Libc.SetParentDeathSignal(SignalNames.Terminate);
        if (Libc.GetParentPid() != assignment.Parent)
            return ExitCode.Ok; // the supervisor died before we could ask to be told
        using var role = parts.CreateRole(assignment.Role);
        if (role is null)
            return ExitCode.Fatal;
        using var snapshot = SnapshotFile.Adopt(assignment.Snapshot);
        using var pidFile = PidFile.Adopt("", assignment.PidFiles[0]);
        using var host = Create(assignment, options, parts, snapshot, role);
        pidFile.WriteOwnPid();
        return host.Run();
    }

    // The frame of Run lives as long as the process, and what a frame has held may be held until it ends: the configuration is megabytes.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ChildHost Create(
        RoleAssignment assignment, CommandLineOptions options, DaemonParts parts, SnapshotFile snapshot, IRole role)
    {
        var configuration = Load(parts, snapshot, assignment.Role);
        ProcessIdentity.Apply(options, configuration.Configuration.Global, assignment.Role);
        return new ChildHost(assignment, options, parts, snapshot, configuration, role);
    }

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
        _channel.Dispose();
        _loop.Dispose();
        _bfdEvents?.Dispose();
        _loggers.Dispose();
    }

    private static ConfigurationResult Load(DaemonParts parts, SnapshotFile snapshot, DaemonRole role)
    {
        // Only here is it certain that the interfaces are those of the network namespace to run in.
        var options = snapshot.Read().ToLoadOptions();
        return parts.LoadConfiguration(role == DaemonRole.Vrrp ? options with { FindInterface = NetworkInterfaces.Find } : options);
    }

    private ProcessConfiguration Scheduling(GlobalDefinitions global) => _assignment.Role switch
    {
        DaemonRole.Checker => global.CheckerProcess,
        DaemonRole.Bfd => global.BfdProcess,
        _ => global.VrrpProcess,
    };

    private int Run()
    {
        InstallSignals();
        _loop.Schedule(_ => Work(), null);
        try
        {
            _loop.Run();
        }
        catch (Exception error)
        {
            // A bug in a role. The supervisor starts us again, and the next one adopts what we left in the kernel.
            Log.RoleCrashed(_logger, error, _assignment.Role.Title());
            return ExitCode.Internal;
        }

        return _exitCode;
    }

    private void InstallSignals()
    {
        On(SignalNames.Terminate, RequestStop);
        On(SignalNames.Interrupt, _options.IgnoreSigInt ? () => { } : RequestStop);
        On(SignalNames.Hangup, RequestReload);
        On(SignalNames.CpuLimit, () => Log.RealTimeLimitReached(_logger, _assignment.Role.Title()));
        foreach (var signal in DumpSignals.All)
            On(signal, () => Dump(signal));

        void On(int signal, Action action) =>
            _signals.Add(_loop.OnSignal((PosixSignal)signal, static state => ((Action)state!)(), action));
    }

    private void Dump(int signal)
    {
        if (!_isStarted || _stopRequested)
            return;
        var kind = DumpSignals.KindOf(signal);
        if (kind == DumpKind.Data && _role.Describe() is { } describe)
            _dumps.Write(new DumpFile(_options, _global).PathOf(kind, _assignment.Role), describe);
        else if (kind == DumpKind.Data || !_role.Dump(kind))
            Log.SignalUnsupported(_logger, SignalNames.Describe(signal));
    }

    private void OnMessage(RoleMessage message)
    {
        if (message.Kind == RoleMessageKind.Reload)
            RequestReload();
        else if (message.IsNews)
            _role.OnNews(message);
        else
            Log.BadRoleMessage(_logger);
    }

    private void RequestStop()
    {
        _stopRequested = true;
        Work();
    }

    private void RequestReload()
    {
        _reloadRequested = true;
        Work();
    }

    private void Fail(int exitCode)
    {
        if (_exitCode == ExitCode.Ok)
            _exitCode = exitCode;
        RequestStop();
    }

    /// <summary>
    /// Does what was requested, until nothing is left. An exception out of a role leaves the loop: see <see cref="Run()"/>.
    /// </summary>
    private async void Work()
    {
        if (_isWorking)
            return;
        _isWorking = true;
        while (true)
        {
            if (_stopRequested)
            {
                _scripts.TerminateAll(_loop.Now, MonotonicClock.Second);
                _ = RealTime.SetOrdinary();
                if (_startBegan)
                    await _role.StopAsync();
                _loop.Stop();
                return; // still working: nothing else may begin
            }

            // What takes long in one piece is not done in real time: the kernel would end us, see RealTimeBudget.
            if (!_isStarted)
                await AtOrdinaryPriority(StartAsync);
            else if (_reloadRequested)
                await ReloadAsync();
            else
                break;
        }

        _isWorking = false;
    }

    private static async ValueTask AtOrdinaryPriority(Func<ValueTask> action)
    {
        var priority = RealTime.Priority;
        if (priority > 0)
        {
            _ = RealTime.SetOrdinary();
            PoolWorker.Prepare();
        }

        try
        {
            await action();
        }
        finally
        {
            if (priority > 0)
                _ = RealTime.SetRoundRobin(priority);
        }
    }

    private async ValueTask StartAsync()
    {
        var configuration = _configuration!;
        _configuration = null;
        try
        {
            if (configuration.StartExitCode is { } code)
                throw new RoleFailure(code, ConfigurationLoading.WhyNotStart(configuration));
            ApplyScheduling(Scheduling(_global));
            _startBegan = true;
            await _role.StartAsync(new ChildContext(_loop, _loggers, _options, _scripts, Fail)
            {
                BfdEvents = _bfdEvents,
                IsRestart = _assignment.IsRestart,
                Send = _channel.Send,
            }, configuration);
            _isStarted = true;
            LogState();
            _channel.Send(new RoleMessage(RoleMessageKind.Started));
        }
        catch (RoleFailure failure)
        {
            Log.RoleFailed(_logger, _assignment.Role.Title(), failure.Message);
            _exitCode = failure.ExitCode;
            _stopRequested = true;
        }
    }

    private async ValueTask ReloadAsync()
    {
        _reloadRequested = false;
        try
        {
            // Elsewhere: reading thousands of instances takes longer than an advert may be late.
            var configuration = await Task.Run(() => Load(_parts, _snapshot, _assignment.Role));
            if (ConfigurationLoading.WhyNotReload(configuration) is { } reason)
                throw new RoleFailure(ExitCode.Configuration, reason);
            _reloads++;
            SaveState("pre");
            await AtOrdinaryPriority(() => _role.ReloadAsync(configuration));
            _global = configuration.Configuration.Global;
            _priority.Highest = _global.MaxAutoPriority;
            SaveState("post");
            LogState();
            _channel.Send(new RoleMessage(RoleMessageKind.Reloaded));
        }
        catch (Exception error) when (error is RoleFailure or InvalidDataException)
        {
            // The supervisor says it.
            _channel.Send(new RoleMessage(RoleMessageKind.ReloadFailed, error.Message));
        }
    }

    /// <summary>For who compares what a reload made of it.</summary>
    private void SaveState(string phase)
    {
        if (_global.ConfigurationSaveDirectory is not { } directory || _role.Describe() is not { } describe)
            return;
        var number = _reloads;
        _dumps.Run(() => ConfigurationArchive.Save(directory, _assignment.Role, number, phase, describe(), _logger));
    }

    private void LogState()
    {
        if (_options.DumpConfiguration && _role.Describe() is { } describe)
            _dumps.WriteToLog(describe);
    }

    private void ApplyScheduling(ProcessConfiguration wanted)
    {
        if (wanted.Nice is { } nice)
            Report("nice value", RealTime.SetNice(nice));
        if (wanted is { RealTimePriority: not null, RealTimeLimitMicroseconds: > 0 and var limit })
            Report("limit of real-time CPU use", RealTime.SetLimit(ResourceLimit.RealTimeCpu, Math.Max(limit / 2, 1), limit));
        if (wanted.NoSwap)
            Report("memory lock", RealTime.LockMemory());

        void Report(string what, SystemCallResult result)
        {
            if (!result.Succeeded)
                Log.SchedulingRefused(_logger, what, result.ToString());
        }
    }
}
