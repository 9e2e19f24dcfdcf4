namespace Keepalived.Checkers.Connections;

/// <summary>
/// The timeout of the step that a probe is in; the caller's wish to give up ends any step. Time in which this process did not get to run does
/// not count against the server: its answer may be there and unread.
/// </summary>
internal sealed class ProbeTimer : IDisposable
{
    /// <summary>A timer that is later than this tells of a process that stood still.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _outer;
    private readonly CancellationToken _caller;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _started;
    private TimeSpan _timeout;
    private bool _isStretched;

    public ProbeTimer(ConnectionOptions options, CancellationToken cancellationToken)
    {
        _caller = cancellationToken;
        _time = options.TimeProvider;
        _timeout = options.Timeout;
        _started = _time.GetTimestamp();
        using (ExecutionContext.SuppressFlow())
            _timer = _time.CreateTimer(static state => ((ProbeTimer)state!).OnTimer(), this, _timeout, Timeout.InfiniteTimeSpan);
        _outer = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _source);
    }

    /// <summary>For the operations of the step.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The step took too long, and the caller did not give up.</summary>
    public bool HasExpired => _source.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>The next step begins.</summary>
    public void Restart(TimeSpan timeout)
    {
        lock (_source)
        {
            (_started, _timeout, _isStretched) = (_time.GetTimestamp(), timeout, false);
            _timer.Change(timeout, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _outer.Dispose();
        _timer.Dispose();
        _source.Dispose();
    }

    private void OnTimer()
    {
        lock (_source)
        {
            var late = _time.GetElapsedTime(_started) - _timeout;
            if (late < TimeSpan.Zero)
            {
                // That of a step which has ended meanwhile, or a moment early: timers are cut to milliseconds.
                _timer.Change(TimeSpan.FromMilliseconds(1) - late, Timeout.InfiniteTimeSpan);
                return;
            }

            if (late > Tolerance && !_isStretched)
            {
                _isStretched = true;
                _timer.Change(late < _timeout ? late : _timeout, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The probe ended in this very moment.
        }
    }
}
