using Keepalived.Daemon.Configuration.Model.Checks;

namespace Keepalived.Daemon.Configuration.Binding.VirtualServers;

/// <summary>What a block says of the timing of checks; null where it says nothing.</summary>
internal readonly record struct CheckTimes
{
    private static readonly TimeSpan StandardLoop = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StandardTimeout = TimeSpan.FromSeconds(5);

    public uint? Retry { get; init; }

    public TimeSpan? DelayBeforeRetry { get; init; }

    public TimeSpan? WarmUp { get; init; }

    public TimeSpan? DelayLoop { get; init; }

    public TimeSpan? ConnectTimeout { get; init; }

    public bool? Alpha { get; init; }

    public bool LogAllFailures { get; init; }

    /// <summary>The timeout that counts in the end.</summary>
    public TimeSpan Timeout => ConnectTimeout ?? StandardTimeout;

    /// <summary>The time between checks that counts in the end.</summary>
    public TimeSpan Loop => DelayLoop ?? StandardLoop;

    /// <summary>These, and where they say nothing those of the block around.</summary>
    public CheckTimes Or(CheckTimes outer) => new()
    {
        Retry = Retry ?? outer.Retry,
        DelayBeforeRetry = DelayBeforeRetry ?? outer.DelayBeforeRetry,
        WarmUp = WarmUp ?? outer.WarmUp,
        DelayLoop = DelayLoop ?? outer.DelayLoop,
        ConnectTimeout = ConnectTimeout ?? outer.ConnectTimeout,
        Alpha = Alpha ?? outer.Alpha,
        LogAllFailures = LogAllFailures,
    };

    /// <summary>The timing of a check, with its kind's own defaults where nothing is said.</summary>
    public CheckTiming ToTiming(CheckConfiguration check) => new()
    {
        DelayLoop = Loop,
        Retry = Retry ?? check switch { MiscCheckConfiguration => 0, DnsCheckConfiguration => 3, _ => 1u },
        DelayBeforeRetry = DelayBeforeRetry ?? check switch
        {
            DnsCheckConfiguration => Loop,
            HttpCheckConfiguration => TimeSpan.FromSeconds(3),
            _ => TimeSpan.FromSeconds(1),
        },
        WarmUp = WarmUp ?? Loop,
        LogAllFailures = LogAllFailures,
    };
}
