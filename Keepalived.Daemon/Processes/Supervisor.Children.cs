using Keepalived.Daemon.Interop;
using Keepalived.Netlink.Io;

namespace Keepalived.Daemon.Processes;

/// <content>Children: start, death, restart, and what they report.</content>
internal sealed partial class Supervisor
{
    private void StartChildren()
    {
        if (_phase == Phase.Stopping)
            return; // stopped while the startup script ran
        OnLoaded();
        var wanted = Wanted();
        foreach (var role in DaemonRoleExtensions.Children)
        {
            if (wanted.HasFlag(role.ToSet()))
                StartChild(Find(role));
        }

        if (wanted == RoleSet.None)
            Log.NoChildren(_logger);
        CompletePhase();
    }

    /// <summary>The children that should run; those that this version cannot be are reported and left out.</summary>
    private RoleSet Wanted()
    {
        var wanted = ChildSelection.Of(_context.Options, _configuration);
        foreach (var role in DaemonRoleExtensions.Children)
        {
            if ((wanted & ~_context.Parts.Available).HasFlag(role.ToSet()))
                Log.ChildNotStarted(_logger, role.Title(), "it is not part of this version");
        }

        return wanted & _context.Parts.Available;
    }

    private ManagedChild Find(DaemonRole role)
    {
        if (!_children.TryGetValue(role, out var child))
        {
            var timer = _loop.CreateTimer(_ => StartChild(_children[role]), null);
            child = new ManagedChild(role, new RespawnPolicy(_context.Options.NoRespawn), timer);
            _children.Add(role, child);
        }

        return child;
    }

    private void StartChild(ManagedChild child)
    {
        if (_phase == Phase.Stopping || child.Process is not null)
            return;
        if (!_context.PidFiles.TryAcquire(child.Role, out var problem))
        {
            Log.ChildNotStarted(_logger, child.Role.Title(), problem);
            return;
        }

        var (ours, theirs) = RoleChannel.CreatePair();
        using (theirs)
        {
            var pidFile = _context.PidFiles[child.Role]!.Handle;
            var events = child.Role == DaemonRole.Bfd ? _bfdEvents.Server : _bfdEvents.Clients;
            var assignment = new RoleAssignment(
                child.Role,
                Environment.ProcessId,
                (int)_context.Snapshot.Handle.DangerousGetHandle(),
                (int)theirs.DangerousGetHandle(),
                [(int)pidFile.DangerousGetHandle()],
                (int)events.DangerousGetHandle(),
                _context.Limits)
            {
                IsRestart = child.HasDied,
            };
            var request = new SpawnRequest
            {
                Path = SelfImage.Path,
                Arguments = SelfImage.Arguments,
                Environment = child.Role.AddSettings(assignment.AddTo(SelfImage.EnvironmentBlock)),
                Inherited = [_context.Snapshot.Handle, theirs, pidFile, events],
            };
            child.Process = ChildProcess.TryStart(_loop, request, (_, status) => OnExit(child, status), out var errno);
            if (child.Process is null)
            {
                ours.Dispose();
                Log.ChildNotStarted(_logger, child.Role.Title(), Errno.Message(errno));
                Respawn(child, new ProcessStatus(ExitCode.Internal, 0), life: 0, pid: 0);
                return;
            }
        }

        child.OwesStart = true;
        child.OwesReload = false;
        child.Channel = new RoleChannel(_loop, ours, _logger, message => OnMessage(child, message), () => child.Channel = null);
        Log.ChildStarted(_logger, child.Role.Title(), child.Process.Pid);
    }

    private void OnMessage(ManagedChild child, RoleMessage message)
    {
        switch (message.Kind)
        {
            case RoleMessageKind.Started:
                child.OwesStart = false;
                child.HasDied = false;
                TellNews(child);
                break;
            case RoleMessageKind.InstanceState or RoleMessageKind.QuorumState:
                Relay(message);
                return;
            case RoleMessageKind.Reloaded:
                child.OwesReload = false;
                break;
            case RoleMessageKind.ReloadFailed:
                child.OwesReload = false;
                _reloadFailed = true;
                Log.ChildReloadFailed(_logger, child.Role.Title(), message.Text);
                RestoreSnapshot();
                break;
            default:
                Log.BadRoleMessage(_logger);
                break;
        }

        CompletePhase();
    }

    private void OnExit(ManagedChild child, ProcessStatus status)
    {
        var (pid, life) = (child.Process!.Pid, MonotonicClock.Now - child.Process.StartedAt);
        child.Process = null;
        child.Channel?.Dispose();
        child.Channel = null;
        child.OwesReload = false; // the next one starts with the new configuration
        if (_phase == Phase.Stopping)
        {
            child.OwesStart = false;
            Log.ChildEnded(_logger, child.Role.Title(), pid, status.ToString());
            ContinueStop();
            return;
        }

        Respawn(child, status, life, pid);
    }

    private void Respawn(ManagedChild child, ProcessStatus status, long life, int pid)
    {
        var decision = child.Policy.OnExit(status, life);
        if (decision.Action == RespawnAction.StopAll)
        {
            Log.ChildEndsAll(_logger, child.Role.Title(), pid, status.ToString());
            BeginStop(decision.ExitCode);
            return;
        }

        child.OwesStart = true;
        child.HasDied = true;
        Log.ChildRespawns(_logger, child.Role.Title(), pid, status.ToString(), decision.Delay / MonotonicClock.Second);
        child.RespawnTimer.Arm(_loop.Now + decision.Delay);
    }

    /// <summary>When no child owes us anything, the start or the reload is over.</summary>
    private void CompletePhase()
    {
        if (_phase is not (Phase.Starting or Phase.Reloading) || _children.Values.Any(child => child.OwesStart || child.OwesReload))
            return;
        if (_phase == Phase.Starting)
            Log.StartupComplete(_logger);
        else if (_reloadFailed)
            Log.ReloadIncomplete(_logger);
        else
            Log.ReloadComplete(_logger);
        _reloadFailed = false;
        _phase = Phase.Running;
        _previous = null;
        _systemd.Ready();
        if (_reloadQueued)
            Reload();
        else
            _trimTimer.Arm(_loop.Now + MemoryTrim.Delay);
    }
}
