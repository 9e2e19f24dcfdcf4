using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Notify;
using Keepalived.Daemon.Processes;
using Keepalived.Vrrp.Tracking;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Composition;

/// <summary>Runs the <c>vrrp_script</c> blocks that an instance or a group tracks, and reports what they say.</summary>
internal sealed class TrackScripts(ChildContext context, Action<string, TrackedState> report) : IDisposable
{
    private readonly ILogger _logger = context.Loggers.CreateLogger("Keepalived.Daemon.TrackScripts");
    private Dictionary<string, TrackScriptRunner> _runners = new(StringComparer.Ordinal);
    private bool _isReload;

    /// <summary>
    /// Goes on with the scripts of a configuration. One that did not change keeps running in its rhythm; one that changed starts from
    /// what it last said; one that a reload adds counts as up until it fails.
    /// </summary>
    public void Use(KeepalivedConfiguration configuration)
    {
        var runners = new Dictionary<string, TrackScriptRunner>(StringComparer.Ordinal);
        foreach (var script in Tracked(configuration))
        {
            if (_runners.Remove(script.Name, out var running) && running.Configuration == script)
            {
                runners.Add(script.Name, running);
                continue;
            }

            running?.Dispose();
            var start = FindStart(script, running);
            report(script.Name, ToState(start));
            var runner = new TrackScriptRunner(context.Loop, context.Scripts, script, start, _logger, OnChanged);
            runners.Add(script.Name, runner);
            runner.Start();
        }

        Dispose();
        _runners = runners;
        _isReload = true;
    }

    /// <summary>Runs no script any more.</summary>
    public void Dispose()
    {
        foreach (var runner in _runners.Values)
            runner.Dispose();
        _runners.Clear();
    }

    private static IEnumerable<VrrpScriptConfiguration> Tracked(KeepalivedConfiguration configuration)
    {
        var names = configuration.VrrpInstances.SelectMany(static instance => instance.Tracked.Scripts)
            .Concat(configuration.VrrpSyncGroups.SelectMany(static group => group.Tracked.Scripts))
            .Select(static reference => reference.Name).ToHashSet(StringComparer.Ordinal);
        return configuration.VrrpScripts.Where(script => names.Contains(script.Name));
    }

    private TrackScriptStart FindStart(VrrpScriptConfiguration script, TrackScriptRunner? before)
    {
        if (before?.Configuration.Script == script.Script)
        {
            return before.Outcome switch
            {
                TrackScriptOutcome.Up => TrackScriptStart.Up,
                TrackScriptOutcome.Down => TrackScriptStart.Down,
                _ => TrackScriptStart.Unknown,
            };
        }

        if (script.InitiallyFailed)
            return TrackScriptStart.Down;
        return _isReload ? TrackScriptStart.Up : TrackScriptStart.Unknown;
    }

    private static TrackedState ToState(TrackScriptStart start) => start switch
    {
        TrackScriptStart.Up => TrackedState.Up,
        TrackScriptStart.Down => TrackedState.Down,
        _ => TrackedState.Initializing,
    };

    private void OnChanged(TrackScriptRunner runner) =>
        report(runner.Configuration.Name, runner.Outcome == TrackScriptOutcome.Up ? TrackedState.Up : TrackedState.Down);
}
