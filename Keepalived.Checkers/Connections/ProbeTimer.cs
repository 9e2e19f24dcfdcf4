namespace Keepalived.Checkers.Connections;

/// <summary>The timeout of the step that a probe is in; the caller's wish to give up ends any step.</summary>
internal sealed class ProbeTimer : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _outer;
    private readonly CancellationToken _caller;

    public ProbeTimer(ConnectionOptions options, CancellationToken cancellationToken)
    {
        _caller = cancellationToken;
        _source = new CancellationTokenSource(options.Timeout, options.TimeProvider);
        _outer = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _source);
    }

    /// <summary>For the operations of the step.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The step took too long, and the caller did not give up.</summary>
    public bool HasExpired => _source.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>The next step begins.</summary>
    public void Restart(TimeSpan timeout) => _source.CancelAfter(timeout);

    public void Dispose()
    {
        _outer.Dispose();
        _source.Dispose();
    }
}
