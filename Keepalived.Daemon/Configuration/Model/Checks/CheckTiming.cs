namespace Keepalived.Daemon.Configuration.Model.Checks;

/// <summary>When a check runs, and how many failures count.</summary>
public sealed record CheckTiming
{
    /// <summary>What a TCP check has where nothing is said.</summary>
    public static CheckTiming Standard { get; } = new();

    /// <summary><c>delay_loop</c>: the time between checks.</summary>
    public TimeSpan DelayLoop { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary><c>retry</c>: further attempts before an up check has failed; 1, MISC 0, DNS 3 where nothing is said.</summary>
    public uint Retry { get; init; } = 1;

    /// <summary><c>delay_before_retry</c>: 1 s, HTTP 3 s, DNS <see cref="DelayLoop"/> where nothing is said.</summary>
    public TimeSpan DelayBeforeRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary><c>warmup</c>: the most that the first check is put off; <see cref="DelayLoop"/> where nothing is said, 0 for not at all.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary><c>log_all_failures</c> of the check; <c>checker_log_all_failures</c> of the globals says it for all.</summary>
    public bool LogAllFailures { get; init; }
}
