using Keepalived.Daemon.CommandLine;
using Keepalived.Netlink.Io;

namespace Keepalived.Daemon.Processes;

/// <content>The end.</content>
internal sealed partial class Supervisor
{
    private bool _finishing;

    private void BeginStop(int exitCode)
    {
        if (_phase == Phase.Stopping)
            return;
        _phase = Phase.Stopping;
        _schedule.Use(null, isRepeated: false);
        _exitCode = exitCode;
        Log.Stopping(_logger);
        _systemd.Stopping();
        _scripts.TerminateAll(_loop.Now);
        foreach (var child in _children.Values)
        {
            child.RespawnTimer.Cancel();
            child.Process?.Signal(SignalNames.Terminate);
        }

        _killTimer.Arm(_loop.Now + MonotonicClock.FromTimeSpan(Global.ChildWaitTime));
        ContinueStop();
    }

    private void KillRemaining()
    {
        foreach (var child in _children.Values)
        {
            if (child.Process is not { } process)
                continue;
            Log.ChildKilled(_logger, child.Role.Title(), process.Pid);
            process.Signal(SignalNames.Kill);
        }
    }

    private void ContinueStop()
    {
        if (_finishing || _children.Values.Any(child => child.Process is not null))
            return;
        _finishing = true;
        _killTimer.Cancel();
        if (Global.ShutdownScript is { } script)
            RunScript("Shutdown", script, Global.ShutdownScriptTimeout, _loop.Stop);
        else
            _loop.Stop();
    }
}
