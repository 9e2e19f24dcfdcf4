using Microsoft.Extensions.Logging;

namespace Keepalived.Checkers;

/// <summary>What a <see cref="CheckScheduler"/> is built from.</summary>
public sealed record CheckSchedulerOptions
{
    /// <summary>
    /// Told of every probe: one call at a time, in the order in which the probes ended, from whichever thread ended one. It should be
    /// quick: the reports behind it wait.
    /// </summary>
    public required Action<CheckReport> OnReport { get; init; }

    /// <summary>The clock. The system's by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Spreads the first probes. <see cref="System.Random.Shared"/> by default.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>Where mistakes of checkers and receivers are logged. Nowhere by default.</summary>
    public ILogger? Logger { get; init; }
}
