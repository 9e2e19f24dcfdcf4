namespace Keepalived.Checkers;

/// <summary>What follows from one result: see <see cref="CheckerState.HandleResult"/>.</summary>
public readonly record struct CheckVerdict
{
    /// <summary>What is to be said about the server.</summary>
    public CheckDecision Decision { get; init; }

    /// <summary><see cref="Decision"/> is not what the checker said before.</summary>
    public bool IsChange { get; init; }

    /// <summary>This was the first result of the checker.</summary>
    public bool IsFirst { get; init; }

    /// <summary>How long to wait for the next probe.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>
    /// The result is worth a line in the log of its own, apart from what was decided (<see cref="CheckPolicy.LogAllFailures"/>).
    /// </summary>
    public bool LogAttempt { get; init; }

    /// <summary>The retries that were made before the server was called down; 0 when there were none to speak of.</summary>
    public uint Retries { get; init; }
}
