namespace Keepalived.Checkers;

/// <summary>How often a server is probed, and how many answers it takes to change our mind about it.</summary>
public sealed record CheckPolicy
{
    /// <summary>The pause after a probe (<c>delay_loop</c>). Above zero; 60 s by default.</summary>
    public TimeSpan DelayLoop { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The pause before another attempt after a failure that did not decide (<c>delay_before_retry</c>). 1 s by default.</summary>
    public TimeSpan DelayBeforeRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Further attempts before a server that is up is called down (<c>retry</c>). 1 by default.</summary>
    public uint Retries { get; init; } = 1;

    /// <summary>Successes in a row before a server that is down is called up. 1 by default, which is keepalived's way.</summary>
    public uint Rise { get; init; } = 1;

    /// <summary>
    /// The first probe waits <see cref="CheckScheduler.StartDelay"/> and a random part of this, so that the probes of many servers spread
    /// out (<c>warmup</c>). <see langword="null"/>, the default, is the length of <see cref="DelayLoop"/>; zero switches the spreading off.
    /// </summary>
    public TimeSpan? WarmUp { get; init; }

    /// <summary>The server counts as down until a probe has succeeded (<c>alpha</c>). Else it counts as up until one has failed.</summary>
    public bool Alpha { get; init; }

    /// <summary>Failures that did not decide are worth a line in the log too (<c>log_all_failures</c>).</summary>
    public bool LogAllFailures { get; init; }

    /// <summary>
    /// The first probe ever decides without retries. <see langword="true"/> for all kinds of keepalived's checkers but SMTP_CHECK.
    /// </summary>
    public bool FirstFailureDecides { get; init; } = true;

    /// <summary>
    /// A server that is down is probed with retries as well: <see cref="Retries"/> times in the rhythm of <see cref="DelayBeforeRetry"/>,
    /// then <see cref="DelayLoop"/>. <see langword="true"/> for SMTP_CHECK only.
    /// </summary>
    public bool RetryWhileDown { get; init; }

    /// <summary>
    /// Pauses count from the start of a probe, not from its end, as for MISC_CHECK. A late timer does not shift the probes that follow.
    /// </summary>
    public bool FromStart { get; init; }

    /// <summary>The spreading of the first probe that applies.</summary>
    internal TimeSpan EffectiveWarmUp => WarmUp ?? DelayLoop;

    /// <summary>Refuses what cannot be meant.</summary>
    /// <exception cref="ArgumentException">A duration is out of its range, or <see cref="Rise"/> is zero.</exception>
    internal void Validate()
    {
        if (DelayLoop <= TimeSpan.Zero || DelayLoop > MaxDelay)
            throw new ArgumentException($"{nameof(DelayLoop)} must be above zero and at most {MaxDelay.TotalDays} days, not {DelayLoop}.");
        if (DelayBeforeRetry < TimeSpan.Zero || DelayBeforeRetry > MaxDelay)
            throw new ArgumentException($"{nameof(DelayBeforeRetry)} must be 0 to {MaxDelay.TotalDays} days, not {DelayBeforeRetry}.");
        if (WarmUp is { } warmUp && (warmUp < TimeSpan.Zero || warmUp > MaxDelay))
            throw new ArgumentException($"{nameof(WarmUp)} must be 0 to {MaxDelay.TotalDays} days, not {warmUp}.");
        if (Rise == 0)
            throw new ArgumentException($"{nameof(Rise)} must be at least 1.");
    }

    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(100);
}
