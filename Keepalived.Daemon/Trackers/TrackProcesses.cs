using Keepalived.Daemon.Configuration.Model;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Processes;
using Keepalived.Vrrp.Tracking;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Trackers;

/// <summary>
/// Watches the processes of <c>vrrp_track_process</c> blocks and reports whether there are as many as there should be. The kernel tells
/// of every change; where it does not, as inside a network namespace, /proc is read every second instead.
/// </summary>
internal sealed class TrackProcesses : IProcessObserver, IDisposable
{
    private const long PollInterval = MonotonicClock.Second;

    private readonly EventLoop _loop;
    private readonly ILogger _logger;
    private readonly Action<string, TrackedState> _report;
    private readonly LoopTimer _scanTimer;
    private readonly LoopTimer _delayTimer;
    private TrackProcessConfiguration[] _tracked = [];
    private ProcessQuorum[] _quorums = [];
    private ProcessTable? _table;
    private ProcessMonitor? _monitor;

    /// <param name="loop">The loop.</param>
    /// <param name="logger">Hears of changes.</param>
    /// <param name="report">Told the state of each, by its name.</param>
    public TrackProcesses(EventLoop loop, ILogger logger, Action<string, TrackedState> report)
    {
        (_loop, _logger, _report) = (loop, logger, report);
        _scanTimer = loop.CreateTimer(static state => ((TrackProcesses)state!).OnScan(), this);
        _delayTimer = loop.CreateTimer(static state => ((TrackProcesses)state!).OnDelayed(), this);
    }

    /// <summary>Goes on with these, and reports how each stands.</summary>
    /// <param name="tracked">The processes.</param>
    /// <param name="socket">How the kernel is listened to, if it is not yet; null for the library's defaults.</param>
    public void Use(IEnumerable<TrackProcessConfiguration> tracked, NetlinkSocketOptions? socket = null)
    {
        TrackProcessConfiguration[] wanted = [.. tracked];
        if (wanted.SequenceEqual(_tracked))
            return;
        _tracked = wanted;
        if (_tracked.Length == 0)
        {
            Stop();
            return;
        }

        if (_monitor is null)
            Listen(socket);
        _table = new ProcessTable(_tracked.Select(static process => new ProcessPattern(process)), new ProcFileSystem());
        _quorums = [.. _tracked.Select((process, i) => new ProcessQuorum(process, _table.Count(i)))];
        for (var i = 0; i < _tracked.Length; i++)
            Report(i);
        ArmDelay();
    }

    /// <inheritdoc/>
    public void OnEvent(in ProcessEvent processEvent)
    {
        if (_table is { } table && table.Apply(processEvent))
            UpdateCounts();
    }

    /// <inheritdoc/>
    public void OnLost()
    {
        Log.ProcessEventsLost(_logger);
        // Not at once: whatever started so many processes may go on for a while.
        _scanTimer.Arm(_loop.Now + PollInterval);
    }

    /// <summary>Watches nothing any more.</summary>
    public void Dispose()
    {
        Stop();
        _scanTimer.Dispose();
        _delayTimer.Dispose();
    }

    private void Listen(NetlinkSocketOptions? socket)
    {
        try
        {
            _monitor = ProcessMonitor.Open(_loop, this, socket);
        }
        catch (SystemCallException e)
        {
            Log.ProcessesPolled(_logger, e.Message);
            _scanTimer.Arm(_loop.Now + PollInterval);
        }
    }

    private void Stop()
    {
        _monitor?.Dispose();
        _monitor = null;
        _table = null;
        _quorums = [];
        _scanTimer.Cancel();
        _delayTimer.Cancel();
    }

    private void OnScan()
    {
        if (_monitor is null)
            _scanTimer.Arm(_loop.Now + PollInterval);
        _table!.Scan();
        UpdateCounts();
    }

    private void UpdateCounts()
    {
        for (var i = 0; i < _quorums.Length; i++)
        {
            if (_quorums[i].SetCount(_table!.Count(i), _loop.Now))
                Report(i);
        }

        ArmDelay();
    }

    private void OnDelayed()
    {
        for (var i = 0; i < _quorums.Length; i++)
        {
            if (_quorums[i].HandleTimeout(_loop.Now))
                Report(i);
        }

        ArmDelay();
    }

    private void ArmDelay()
    {
        var deadline = MonotonicClock.Never;
        foreach (var quorum in _quorums)
            deadline = Math.Min(deadline, quorum.NextDeadline);
        if (deadline != _delayTimer.Deadline)
            _delayTimer.Arm(deadline);
    }

    private void Report(int index)
    {
        var isUp = _quorums[index].IsUp;
        Log.ProcessQuorum(_logger, _tracked[index].Name, _table!.Count(index), isUp ? "gained" : "lost");
        _report(_tracked[index].Name, isUp ? TrackedState.Up : TrackedState.Down);
    }
}
