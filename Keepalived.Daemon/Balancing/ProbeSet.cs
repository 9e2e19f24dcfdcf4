using Keepalived.Checkers;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.Checks;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Balancing;

/// <summary>
/// The probes that run, and who hears of them. Probes run beside the loop; what they come to is told on the loop. Used on the loop.
/// </summary>
internal sealed class ProbeSet : IAsyncDisposable
{
    private readonly EventLoop _loop;
    private readonly Action<Probe, CheckReport> _report;
    private readonly CheckScheduler _scheduler;
    private readonly Dictionary<ScheduledCheckConfiguration, Probe> _shared = [];

    /// <param name="loop">The loop.</param>
    /// <param name="logger">Hears of checkers that throw.</param>
    /// <param name="random">Spreads the first probes.</param>
    /// <param name="report">Hears of every result that means something.</param>
    public ProbeSet(EventLoop loop, ILogger logger, Random random, Action<Probe, CheckReport> report)
    {
        (_loop, _report) = (loop, report);
        _scheduler = new CheckScheduler(new CheckSchedulerOptions
        {
            OnReport = OnReport,
            TimeProvider = loop.TimeProvider,
            Random = random,
            Logger = logger,
        });
    }

    /// <summary>How many probes run.</summary>
    public int Count => _scheduler.Count;

    /// <summary>Whether a check that says the same as another is made once for both.</summary>
    public bool IsSharing { get; set; }

    /// <summary>The probe that a new check could share; null if it needs one of its own.</summary>
    public Probe? FindShared(ScheduledCheckConfiguration configuration) =>
        IsSharing && IsShareable(configuration) ? _shared.GetValueOrDefault(configuration) : null;

    /// <summary>Begins to probe for a check.</summary>
    public void Start(ServerCheck check, Probe probe)
    {
        Attach(check, probe);
        if (IsSharing && IsShareable(probe.Configuration))
            _shared.TryAdd(probe.Configuration, probe);
        probe.Scheduled = _scheduler.Add(check.Server.Name, probe, probe.State);
    }

    /// <summary>Lets a check hear of a probe that runs.</summary>
    public static void Attach(ServerCheck check, Probe probe)
    {
        check.Probe = probe;
        probe.Add(check);
    }

    /// <summary>A check is no more. A probe that nobody hears of any more ends.</summary>
    public void Detach(ServerCheck check)
    {
        if (check.Probe is not { } probe)
            return;
        check.Probe = null;
        probe.Remove(check);
        if (probe.FirstCheck is not null)
            return;
        probe.Scheduled?.Dispose();
        if (_shared.GetValueOrDefault(probe.Configuration) == probe)
            _shared.Remove(probe.Configuration);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _scheduler.DisposeAsync();

    // What a script says of weights depends on the server that it is asked for.
    private static bool IsShareable(ScheduledCheckConfiguration configuration) =>
        configuration is not MiscCheckConfiguration { IsDynamic: true };

    // From whichever thread ended the probe. That a server is as well as it was is nothing to wake the loop for.
    private void OnReport(CheckReport report)
    {
        if (report.Verdict is { Decision: CheckDecision.None, LogAttempt: false, IsFirst: false } && report.Result.Weight is null
            && report.Result.Outcome != CheckOutcome.LocalError)
        {
            return;
        }

        var probe = (Probe)report.Checker.Checker;
        _loop.Schedule(_ => _report(probe, report), null);
    }
}
