using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Keepalived.Checkers;

/// <summary>
/// Asks many checkers in their rhythms. One timer serves all of them; a checker is asked again only when its last probe has ended, so that
/// probes of one checker never overlap and a slow server delays nobody else. Safe for use by several threads.
/// </summary>
public sealed class CheckScheduler : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<ScheduledChecker, long> _due = new();
    private readonly HashSet<ScheduledChecker> _probing = [];
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<CheckReport> _reports = new();
    private readonly CheckSchedulerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly long _origin;
    private long _armed = long.MaxValue;
    private int _count;
    private int _undelivered;
    private bool _isStopping;

    /// <summary>Starts without checkers.</summary>
    /// <param name="options">Clock, randomness and receiver.</param>
    public CheckScheduler(CheckSchedulerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _time = options.TimeProvider;
        _logger = options.Logger ?? NullLogger.Instance;
        _origin = _time.GetTimestamp();
        using (ExecutionContext.SuppressFlow())
        {
            _timer = _time.CreateTimer(
                static state => ((CheckScheduler)state!).RunDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The least time before a checker's first probe: 1 s.</summary>
    public static TimeSpan StartDelay { get; } = TimeSpan.FromSeconds(1);

    /// <summary>The checkers in its care.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _count;
        }
    }

    /// <summary>The probes under way.</summary>
    public int Running
    {
        get
        {
            lock (_gate)
                return _probing.Count;
        }
    }

    private long Now => _time.GetElapsedTime(_origin).Ticks;

    /// <summary>
    /// Takes a checker into the rhythm of its policy: the first probe after <see cref="StartDelay"/> and a random part of the warm-up.
    /// </summary>
    /// <param name="name">For the log.</param>
    /// <param name="checker">Makes the probes. <see cref="IChecker.CheckAsync"/> is called on the thread of the timer and must not block
    /// it.</param>
    /// <param name="state">Judges them. It belongs to the scheduler from now on, and to no other checker.</param>
    /// <returns>The checker's place, to take it out again.</returns>
    /// <exception cref="ObjectDisposedException">The scheduler has stopped.</exception>
    public ScheduledChecker Add(string name, IChecker checker, CheckerState state)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(checker);
        ArgumentNullException.ThrowIfNull(state);
        var entry = new ScheduledChecker(this, name, checker, state);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isStopping, this);
            _count++;
            var spread = (long)(_options.Random.NextDouble() * state.Policy.EffectiveWarmUp.Ticks);
            Schedule(entry, Now + StartDelay.Ticks + spread);
        }

        return entry;
    }

    /// <summary>
    /// Takes a checker in, see <see cref="Add(string, IChecker, CheckerState)"/>, with a <see cref="CheckerState"/> of its own.
    /// </summary>
    /// <param name="name">For the log.</param>
    /// <param name="checker">Makes the probes.</param>
    /// <param name="policy">Rhythm and retries.</param>
    /// <returns>The checker's place, to take it out again.</returns>
    /// <exception cref="ArgumentException">The policy has a value out of its range.</exception>
    /// <exception cref="ObjectDisposedException">The scheduler has stopped.</exception>
    public ScheduledChecker Add(string name, IChecker checker, CheckPolicy policy) => Add(name, checker, new CheckerState(policy));

    /// <summary>Gives up all probes and waits for their ends.</summary>
    /// <returns>Ends when no probe is under way any more.</returns>
    public async ValueTask DisposeAsync()
    {
        CancellationTokenSource[] probing = [];
        lock (_gate)
        {
            if (!_isStopping)
            {
                _isStopping = true;
                _due.Clear();
                probing = [.. _probing.Select(static entry => entry.Probe).OfType<CancellationTokenSource>()];
                if (_probing.Count == 0)
                    _idle.TrySetResult();
            }
        }

        await _timer.DisposeAsync().ConfigureAwait(false);
        foreach (var probe in probing)
            GiveUp(probe);
        await _idle.Task.ConfigureAwait(false);
    }

    internal void Remove(ScheduledChecker entry)
    {
        CancellationTokenSource? probe;
        lock (_gate)
        {
            if (entry.IsRemoved)
                return;
            entry.IsRemoved = true;
            _count--;
            probe = entry.Probe;
        }

        if (probe is not null)
            GiveUp(probe);
    }

    private static void GiveUp(CancellationTokenSource probe)
    {
        try
        {
            probe.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The probe ended in this very moment.
        }
    }

    private void Schedule(ScheduledChecker entry, long due)
    {
        entry.Due = due;
        _due.Enqueue(entry, due);
        Arm();
    }

    private void Arm()
    {
        if (!_due.TryPeek(out _, out var next) || next >= _armed)
            return;
        _armed = next;
        // Timers count milliseconds and cut off: one that is rounded up is never early, and so never wakes twice.
        var milliseconds = Math.Max(0, (next - Now + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond);
        _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }

    private void RunDue()
    {
        List<ScheduledChecker>? ready = null;
        lock (_gate)
        {
            if (_isStopping)
                return;
            _armed = long.MaxValue;
            var now = Now;
            while (_due.TryPeek(out var entry, out var due) && due <= now)
            {
                _due.Dequeue();
                if (entry.IsRemoved)
                    continue; // Left in the queue until now: to search the queue for each of many that are removed would cost more.
                if (entry.IsEnabled)
                {
                    _probing.Add(entry);
                    (ready ??= []).Add(entry);
                }
                else
                {
                    entry.Due = now + entry.State.Policy.DelayLoop.Ticks;
                    _due.Enqueue(entry, entry.Due);
                }
            }

            Arm();
        }

        if (ready is null)
            return;
        foreach (var entry in ready)
            _ = RunAsync(entry);
    }

    private async Task RunAsync(ScheduledChecker entry)
    {
        var started = Now;
        using var probe = new CancellationTokenSource();
        CheckResult? result = null;
        try
        {
            bool removed;
            lock (_gate)
            {
                removed = entry.IsRemoved || _isStopping;
                entry.Probe = probe;
            }

            if (!removed)
                result = await entry.Checker.CheckAsync(probe.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (probe.IsCancellationRequested)
        {
            // Given up: there is nothing to report.
        }
#pragma warning disable CA1031 // Whatever a checker throws is its way of saying that the server is bad; the rhythm goes on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.CheckerThrew(e, entry.Name);
            result = CheckResult.Failure(e.Message);
        }

        Finish(entry, result, started);
    }

    private void Finish(ScheduledChecker entry, CheckResult? result, long started)
    {
        lock (_gate)
        {
            _probing.Remove(entry);
            entry.Probe = null;
            if (result is { } found && !_isStopping && !entry.IsRemoved)
            {
                var now = Now;
                var verdict = entry.State.HandleResult(found);
                var due = entry.State.Policy.FromStart ? Math.Max(entry.Due + verdict.Delay.Ticks, now) : now + verdict.Delay.Ticks;
                _reports.Enqueue(new CheckReport(entry, found, verdict, TimeSpan.FromTicks(now - started)));
                Schedule(entry, due);
            }

            if (_isStopping && _probing.Count == 0)
                _idle.TrySetResult();
        }

        Deliver();
    }

    // Whoever finds the queue without a deliverer becomes it, and empties it for all.
    private void Deliver()
    {
        var served = Interlocked.Increment(ref _undelivered);
        if (served != 1)
            return;
        do
        {
            while (_reports.TryDequeue(out var report))
            {
                try
                {
                    _options.OnReport(report);
                }
#pragma warning disable CA1031 // A receiver's mistake must not end the rhythm of the checkers.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    _logger.ReceiverThrew(e, report.Checker.Name);
                }
            }

            served = Interlocked.Add(ref _undelivered, -served);
        }
        while (served != 0);
    }
}
