namespace Keepalived.Checkers.Http;

/// <summary>
/// What the results of an HTTP checker add up to. Each result is of one URL, <see cref="CurrentUrl"/>; a pass over all of them makes the
/// server up. The URL that brought it down must succeed before a new pass begins, so that even with one URL it takes two successes to come
/// back.
/// </summary>
public sealed class HttpCheckerState : CheckerState
{
    private readonly int _urls;
    private readonly bool _fastRecovery;
    private uint _attempts;
    private bool _hasFailedUrl;

    /// <summary>Starts as the policy says.</summary>
    /// <param name="policy">Rhythm and retries.</param>
    /// <param name="urls">How many URLs there are; at least 1.</param>
    /// <param name="fastRecovery">A pass that would bring the server up asks for one URL straight after the other
    /// (<c>fast_recovery</c>).</param>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public HttpCheckerState(CheckPolicy policy, int urls, bool fastRecovery = false)
        : base(policy)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(urls, 1);
        _urls = urls;
        _fastRecovery = fastRecovery;
        _attempts = policy.Retries;
    }

    /// <summary>The URL to ask for next, from 0.</summary>
    public int CurrentUrl { get; private set; }

    // An unanswered question: is it up for the first time, or again?
    private bool IsOpen => !HasRun || !IsUp;

    /// <inheritdoc/>
    public override void Inherit(CheckerState old)
    {
        base.Inherit(old);
        _attempts = HasRun ? 0 : Policy.Retries;
        if (old is not HttpCheckerState { _urls: var urls } http || urls != _urls)
            return;
        CurrentUrl = http.CurrentUrl;
        _hasFailedUrl = http._hasFailedUrl;
        _attempts = Math.Min(http._attempts, Policy.Retries);
    }

    /// <inheritdoc/>
    public override CheckVerdict HandleResult(in CheckResult result) => result.Outcome switch
    {
        CheckOutcome.Success => Succeed(),
        CheckOutcome.Failure => Fail(),
        _ => base.HandleResult(result),
    };

    private CheckVerdict Succeed()
    {
        _attempts = HasRun ? 0 : Policy.Retries;
        var verdict = default(CheckVerdict);
        if (_hasFailedUrl)
        {
            _hasFailedUrl = false;
            CurrentUrl = 0;
        }
        else if (++CurrentUrl == _urls)
        {
            CurrentUrl = 0;
            if (IsOpen)
                verdict = Decide(up: true, default);
            _attempts = 0;
        }

        return verdict with { Delay = _fastRecovery && IsOpen ? TimeSpan.Zero : Policy.DelayLoop };
    }

    private CheckVerdict Fail()
    {
        var wasOpen = IsUp || !HasRun;
        var verdict = new CheckVerdict { IsFirst = !HasRun, LogAttempt = IsUp && Policy.LogAllFailures };
        if (wasOpen && ++_attempts > Policy.Retries)
        {
            _attempts = 0;
            _hasFailedUrl = true;
            // A server that began as down is not told of when its first probe fails.
            if (IsUp)
                verdict = Decide(up: false, default) with { LogAttempt = verdict.LogAttempt, Retries = Policy.Retries };
        }

        HasRun = true;
        var wait = Policy.DelayBeforeRetry;
        return verdict with { Delay = _hasFailedUrl && Policy.DelayLoop > wait ? Policy.DelayLoop : wait };
    }
}
