namespace Keepalived.Checkers;

/// <summary>
/// What the results of one checker add up to. Pure: it takes results and says what they mean and when the next probe is due; it knows no
/// clock. Not safe for use by several threads at a time.
/// </summary>
public class CheckerState
{
    private uint _attempts;
    private uint _successes;

    /// <summary>Starts as the policy says: up, or down if <see cref="CheckPolicy.Alpha"/>.</summary>
    /// <param name="policy">Rhythm and retries.</param>
    /// <exception cref="ArgumentException">The policy has a value out of its range.</exception>
    public CheckerState(CheckPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        policy.Validate();
        Policy = policy;
        IsUp = !policy.Alpha;
        _attempts = policy.FirstFailureDecides ? policy.Retries : 0;
    }

    /// <summary>Rhythm and retries.</summary>
    public CheckPolicy Policy { get; }

    /// <summary>The checker holds the server for up.</summary>
    public bool IsUp { get; private protected set; }

    /// <summary>There has been a result.</summary>
    public bool HasRun { get; private protected set; }

    /// <summary>Takes over what a checker with the same settings knew before a reload. The policy stays this one's.</summary>
    /// <param name="old">The state to go on from.</param>
    public virtual void Inherit(CheckerState old)
    {
        ArgumentNullException.ThrowIfNull(old);
        IsUp = old.IsUp;
        HasRun = old.HasRun;
        _attempts = HasRun || !Policy.FirstFailureDecides ? Math.Min(old._attempts, Policy.Retries) : Policy.Retries;
    }

    /// <summary>Goes on from what is known of the server, as after a restart; before the first result.</summary>
    /// <param name="isUp">What the server counts as.</param>
    /// <param name="hasRun">A result has decided that: the first one to come is not the first any more.</param>
    public void Resume(bool isUp, bool hasRun)
    {
        IsUp = isUp;
        HasRun = hasRun;
    }

    /// <summary>Takes one result. A <see cref="CheckOutcome.LocalError"/> changes nothing but the time of the next probe.</summary>
    /// <param name="result">What the probe found.</param>
    /// <returns>What follows from it.</returns>
    public virtual CheckVerdict HandleResult(in CheckResult result) => result.Outcome switch
    {
        CheckOutcome.Success => Succeed(),
        CheckOutcome.Failure => Fail(),
        _ => new CheckVerdict { Delay = Policy.DelayLoop, LogAttempt = true },
    };

    /// <summary>Says up or down, and remembers it.</summary>
    private protected CheckVerdict Decide(bool up, TimeSpan delay)
    {
        var verdict = new CheckVerdict
        {
            Decision = up ? CheckDecision.Up : CheckDecision.Down,
            IsChange = IsUp != up,
            IsFirst = !HasRun,
            Delay = delay,
        };
        IsUp = up;
        HasRun = true;
        return verdict;
    }

    private CheckVerdict Succeed()
    {
        _attempts = 0;
        if (IsUp && HasRun)
            return new CheckVerdict { Delay = Policy.DelayLoop };
        if (!IsUp && ++_successes < Policy.Rise)
        {
            var isFirst = !HasRun;
            HasRun = true;
            return new CheckVerdict { Delay = Policy.DelayLoop, IsFirst = isFirst };
        }

        _successes = 0;
        return Decide(up: true, Policy.DelayLoop);
    }

    private CheckVerdict Fail()
    {
        _successes = 0;
        var wasFirst = !HasRun;
        var open = IsUp || wasFirst; // There is something to decide.
        var log = IsUp && Policy.LogAllFailures;
        if (!open && !Policy.RetryWhileDown)
            return new CheckVerdict { Delay = Policy.DelayLoop };
        if (_attempts < Policy.Retries)
        {
            _attempts++;
            // The rule of the first result waits for a decision: an alpha checker that retries has not been heard of yet.
            HasRun |= IsUp;
            return new CheckVerdict { Delay = Policy.DelayBeforeRetry, LogAttempt = log, IsFirst = wasFirst };
        }

        _attempts = 0;
        if (!open)
            return new CheckVerdict { Delay = Policy.DelayLoop };
        var retries = wasFirst && Policy.FirstFailureDecides ? 0 : Policy.Retries;
        return Decide(up: false, Policy.DelayLoop) with { LogAttempt = log, Retries = retries };
    }
}
