using Keepalived.Daemon.Configuration.Model;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Notify;

/// <summary>
/// Runs one track script: the first time at once, then from start to start. A run that is due while the last one still goes on is left
/// out.
/// </summary>
internal sealed class TrackScriptRunner : IDisposable
{
    private readonly EventLoop _loop;
    private readonly ScriptRunner _scripts;
    private readonly ILogger _logger;
    private readonly Action<TrackScriptRunner> _changed;
    private readonly TrackScriptState _state;
    private readonly LoopTimer _timer;
    private readonly long _interval;
    private readonly long _timeout;
    private ScriptRun? _run;
    private string _lastStatus = "";
    private bool _isDisposed;

    /// <param name="loop">The loop.</param>
    /// <param name="scripts">Runs the script.</param>
    /// <param name="configuration">What to run and how often.</param>
    /// <param name="start">What it counts as before its first run.</param>
    /// <param name="logger">Hears of changes.</param>
    /// <param name="changed">Runs on the loop when <see cref="Outcome"/> changed.</param>
    public TrackScriptRunner(
        EventLoop loop, ScriptRunner scripts, VrrpScriptConfiguration configuration, TrackScriptStart start, ILogger logger,
        Action<TrackScriptRunner> changed)
    {
        (_loop, _scripts, _logger, _changed, Configuration) = (loop, scripts, logger, changed, configuration);
        _state = new TrackScriptState((int)configuration.Rise, (int)configuration.Fall, start);
        _interval = MonotonicClock.FromTimeSpan(configuration.Interval);
        _timeout = MonotonicClock.FromTimeSpan(configuration.Timeout);
        _timer = loop.CreateTimer(static state => ((TrackScriptRunner)state!).RunOnce(), this);
    }

    /// <summary>The script's block.</summary>
    public VrrpScriptConfiguration Configuration { get; }

    /// <summary>What the script says at present.</summary>
    public TrackScriptOutcome Outcome => _state.Outcome;

    /// <summary>Begins: the first run is in this turn of the loop.</summary>
    public void Start() => _timer.Arm(_loop.Now);

    /// <summary>Runs no more; a run that goes on is ended.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _timer.Dispose();
        _run?.Terminate(_loop.Now);
    }

    private void RunOnce()
    {
        _timer.Arm(_loop.Now + _interval);
        if (_run is not null)
        {
            Log.TrackScriptBusy(_logger, Configuration.Name);
            return;
        }

        _run = _scripts.Start(Configuration.Script, [], _timeout, OnResult);
    }

    private void OnResult(ScriptResult result)
    {
        _run = null;
        if (_isDisposed)
            return;
        if (result.TimedOut)
            Log.TrackScriptTimedOut(_logger, Configuration.Name);
        else
            LogStatus(result);
        if (!_state.Count(result.IsSuccess))
            return;
        Log.TrackScriptOutcome(_logger, Configuration.Name, Describe(result));
        _changed(this);
    }

    /// <summary>In the original's words, which programs look for in logs.</summary>
    private static string Describe(ScriptResult result) =>
        result.IsSuccess ? "succeeded"
        : result.TimedOut ? "timed_out"
        : result.StartError != 0 ? "failed (not started)"
        : result.Status.Signal != 0 ? $"failed (due to signal {result.Status.Signal})"
        : $"failed (exited with status {result.Status.Code})";

    private static string StatusOf(ScriptResult result) => result.StartError == 0 ? result.Status.ToString() : "nothing";

    private void LogStatus(ScriptResult result)
    {
        var status = StatusOf(result);
        if (status == _lastStatus)
            return;
        if (_lastStatus.Length > 0 || !result.IsSuccess)
            Log.TrackScriptStatus(_logger, Configuration.Name, status);
        _lastStatus = status;
    }
}
