using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Interop;
using Keepalived.Daemon.Processes;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Notify;

/// <summary>
/// Runs scripts: as their user and group, with default signals, standard streams on /dev/null, in a process group of their own, in an
/// environment without IFS and LD_*. Used on the loop only.
/// </summary>
internal sealed class ScriptRunner
{
    private readonly EventLoop _loop;
    private readonly ILogger _logger;
    private readonly ScriptLimits? _limits;
    private readonly IReadOnlyList<string> _program;
    private readonly IReadOnlyList<string> _environment;
    private readonly HashSet<ScriptRun> _running = [];
    private readonly HashSet<string> _hinted = [];

    /// <param name="loop">Sees scripts end and time out.</param>
    /// <param name="logger">Hears of scripts that cannot be started.</param>
    /// <param name="limits">Limits to give back to scripts, if this process has changed its own.</param>
    /// <param name="program">The words that start this program, for scripts of other users; null for those of this process.</param>
    public ScriptRunner(EventLoop loop, ILogger logger, ScriptLimits? limits = null, IReadOnlyList<string>? program = null)
    {
        _loop = loop;
        _logger = logger;
        _limits = limits;
        _program = program ?? SelfImage.Program;
        _environment = [.. CleanEnvironment(SelfImage.EnvironmentBlock)];
        ProgramPath = program is null ? SelfImage.Path : program[0];
    }

    /// <summary>How many scripts run.</summary>
    public int Running => _running.Count;

    private string ProgramPath { get; }

    /// <summary>Starts a script.</summary>
    /// <param name="script">What to run.</param>
    /// <param name="extraArguments">Arguments behind the configured ones.</param>
    /// <param name="timeout">Nanoseconds until it gets SIGTERM, and 2 s later SIGKILL; null to let it run.</param>
    /// <param name="completed">Runs on the loop when it ended, or later in this turn if it could not be started.</param>
    /// <param name="isService">
    /// It runs as long as this process needs it: whoever starts it ends it, not <see cref="TerminateAll"/>, and it dies with this process.
    /// </param>
    public ScriptRun Start(
        ScriptConfiguration script, IReadOnlyList<string> extraArguments, long? timeout = null, Action<ScriptResult>? completed = null,
        bool isService = false)
    {
        var command = ScriptCommand.Of(script, extraArguments);
        if (command.Hint is { } hint && _hinted.Add(script.Path))
            Log.ScriptHint(_logger, hint);

        var run = new ScriptRun(_loop, script.ToString(), (ended, result) =>
        {
            _running.Remove(ended);
            completed?.Invoke(result);
        });
        if (run.TryStart(_loop, Request(script, command, isService), timeout, out var errno))
        {
            run.IsService = isService;
            _running.Add(run);
            return run;
        }

        Log.ScriptNotStarted(_logger, run.Name, Errno.Message(errno));
        if (completed is not null)
            _loop.Schedule(_ => completed(new ScriptResult(default, false, errno)), null);
        return run;
    }

    /// <summary>Asks all running scripts but services to end; those still there after <paramref name="killDelay"/> nanoseconds are killed.</summary>
    public void TerminateAll(long now, long killDelay = ScriptRun.KillDelay)
    {
        foreach (var run in _running)
        {
            if (!run.IsService)
                run.Terminate(now, killDelay);
        }
    }

    /// <summary>Collects the script with this process id, if one has it.</summary>
    public bool Poll(int pid)
    {
        var run = _running.FirstOrDefault(candidate => candidate.Pid == pid);
        run?.Poll();
        return run is not null;
    }

    internal static IEnumerable<string> CleanEnvironment(IEnumerable<string> environment) => DaemonRoleExtensions
        .RemoveSettings(RoleAssignment.Remove(environment))
        .Where(entry => !entry.StartsWith("IFS=", StringComparison.Ordinal) && !entry.StartsWith("LD_", StringComparison.Ordinal));

    private SpawnRequest Request(ScriptConfiguration script, ScriptCommand command, bool isService)
    {
        var needsTrampoline = isService || script.UserId != Libc.GetEffectiveUser() || script.GroupId != Libc.GetEffectiveGroup()
            || script.SupplementaryGroups || _limits is not null;
        return new SpawnRequest
        {
            Path = needsTrampoline ? ProgramPath : command.Path,
            Arguments = needsTrampoline ? Trampoline(script, command) : command.Arguments,
            Environment = _environment,
            NullStreams = true,
            NewProcessGroup = true,
        };
    }

    private IReadOnlyList<string> Trampoline(ScriptConfiguration script, ScriptCommand command) =>
    [
        .. _program,
        .. ScriptTrampoline.Arguments(
            Environment.ProcessId,
            script.UserId,
            script.GroupId,
            script.SupplementaryGroups ? script.UserName : null,
            _limits,
            command.Path,
            command.Arguments),
    ];
}
