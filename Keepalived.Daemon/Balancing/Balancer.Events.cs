using Keepalived.Checkers;
using Keepalived.Checkers.Files;
using Keepalived.Checkers.Pools;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.Checks;

namespace Keepalived.Daemon.Balancing;

/// <content>What happens: results of checks, numbers of files, BFD sessions, VRRP instances.</content>
internal sealed partial class Balancer
{
    /// <summary>A BFD session came up, or is not up any more.</summary>
    public void OnBfd(string instance, bool isUp)
    {
        _bfdStates[instance] = isUp;
        var result = isUp ? CheckResult.Success : CheckResult.Failure("the session is not up");
        foreach (var check in ChecksOf<BfdCheckConfiguration>(configuration => configuration.Instance == instance))
        {
            var verdict = check.Judge(result);
            if (verdict.Decision != CheckDecision.None)
                Log.BfdCheckState(_logger, instance, check.Server.Name, isUp ? "UP" : "DOWN");
            Handle(check, result, verdict);
        }
    }

    /// <summary>A VRRP instance became master, or is not master any more.</summary>
    public void OnInstance(string instance, bool isMaster)
    {
        _masters[instance] = isMaster;
        foreach (var service in _services.Where(service => service.Configuration.WhileMaster == instance))
        {
            if (service.IsActive != isMaster)
                Log.ServiceFollows(_logger, service.Name, instance, isMaster ? "active" : "inactive");
            service.SetActive(isMaster, _table);
        }
    }

    private void OnFile(string name, int number)
    {
        _fileNumbers[name] = number;
        if (_isBuilding)
            return;
        foreach (var check in ChecksOf<FileCheckConfiguration>(configuration => configuration.TrackFile == name))
        {
            var file = (FileCheckConfiguration)check.Configuration;
            var result = new FileCheckRule(file.Weight, file.Reverse).Judge(number);
            var verdict = check.Judge(result);
            if (verdict.Decision != CheckDecision.None)
                Log.TrackedFileState(_logger, check.Server.Name, name, result.IsSuccess ? "leaving FAULT state" : "FAULT state");
            Handle(check, result, verdict);
        }
    }

    private List<ServerCheck> ChecksOf<T>(Func<T, bool> matches)
        where T : CheckConfiguration =>
        [
            .. _services.SelectMany(static service => service.Servers).SelectMany(static server => server.Checks)
                .Where(check => check.Configuration is T configuration && matches(configuration)),
        ];

    private void OnReport(Probe probe, CheckReport report)
    {
        foreach (var check in probe.Checks)
        {
            CheckLog.Report(_logger, check, report.Result, report.Verdict);
            Handle(check, report.Result, report.Verdict);
        }
    }

    private void Handle(ServerCheck check, in CheckResult result, in CheckVerdict verdict)
    {
        var (service, server) = (check.Service, check.Server);
        var (weight, wasUp, wasAlive) = (server.Weight, check.IsUp, server.IsAlive);
        check.Apply(result, verdict);
        if (server.Weight != weight)
            Log.WeightChanged(_logger, weight, server.Weight, server.IsAlive ? "active" : "inactive", server.Name, service.Name);
        var isServerChange = server.IsAlive != wasAlive;
        Settle(service, moves: isServerChange);
        if (check.IsUp == wasUp)
            return;
        var outcome = result;
        _table.Then(() => _notifier.CheckChanged(check, outcome, isServerChange));
    }

    /// <summary>Carries out what a pool asks for.</summary>
    /// <param name="service">The pool's virtual server.</param>
    /// <param name="isStart">Whether the pool has only begun.</param>
    /// <param name="isWritten">Whether the kernel's table has it as it is now.</param>
    /// <param name="moves">Whether a real server of which there is news comes or goes; not where it has been away from the start.</param>
    private void Settle(VirtualService service, bool isStart = false, bool isWritten = false, bool moves = true)
    {
        while (service.Pool.TryDequeue(out var action))
        {
            switch (action.Kind)
            {
                case PoolActionKind.ServerUp or PoolActionKind.ServerDown:
                    Tell(service, VirtualService.Find(action.Server)!, action.Kind == PoolActionKind.ServerUp, moves);
                    break;
                case PoolActionKind.QuorumGained or PoolActionKind.QuorumLost:
                    Tell(service, action.Kind == PoolActionKind.QuorumGained, action.Weight, isStart);
                    break;
                default:
                    if (!isWritten)
                        service.Carry(action.Server!, _table);
                    break;
            }
        }
    }

    private void Tell(VirtualService service, RealServer server, bool isUp, bool moves)
    {
        if (moves)
            LogMove(service, server, isUp);
        _table.Then(() => _notifier.ServerChanged(service, server, isUp));
    }

    private void LogMove(VirtualService service, RealServer server, bool isUp)
    {
        var action = (server.Configuration.InhibitOnFailure, isUp) switch
        {
            (true, true) => "Enabling",
            (true, false) => "Disabling",
            (false, true) => "Adding",
            _ => "Removing",
        };
        var direction = server.Configuration.InhibitOnFailure ? "of" : isUp ? "to" : "from";
        Log.ServerMoves(_logger, action, server.Name, direction, service.Name);
    }

    // With the quorum the sorry server comes or goes, and the others go or come.
    private void LogSorryServer(VirtualService service, bool isUp)
    {
        if (service.SorryServer is not { } sorry)
            return;
        var word = (sorry.Inhibit, isUp) switch
        {
            (true, true) => "Enabling",
            (true, false) => "Disabling",
            (false, true) => "Adding",
            _ => "Removing",
        };
        Log.SorryServerMoves(_logger, word, service.SorryName, isUp ? "to" : "from", service.Name);
        Log.PoolMoves(_logger, isUp ? "Removing" : "Adding", isUp ? "from" : "to", service.Name);
    }

    private void Tell(VirtualService service, bool isUp, long weight, bool isStart)
    {
        Log.QuorumChanged(_logger, QuorumText.Describe(service, isUp, weight, isStart));
        if (!isUp || !isStart)
            LogSorryServer(service, isUp: !isUp);
        _table.Then(() =>
        {
            _notifier.QuorumChanged(service, isUp, weight);
            _options.QuorumObserver?.Invoke(service);
        });
    }
}
