namespace Keepalived.Checkers.Misc;

/// <summary>What a <see cref="MiscChecker"/> runs, and what its exit status means.</summary>
public sealed record MiscCheckerOptions
{
    /// <summary>The script (<c>misc_path</c>).</summary>
    public required IScript Script { get; init; }

    /// <summary>How long it may take (<c>misc_timeout</c>). Above zero; 60 s by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Exit statuses from 2 to 255 are successes that make the server's weight the status less 2 (<c>misc_dynamic</c>). Off by default:
    /// every status but 0 is a failure.
    /// </summary>
    public bool Dynamic { get; init; }

    /// <summary>The server's configured weight, from which <see cref="CheckResult.Weight"/> of a dynamic checker is counted.</summary>
    public long Weight { get; init; } = 1;

    /// <summary>Refuses what cannot be meant.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Script);
        if (Timeout <= TimeSpan.Zero || Timeout > TimeSpan.FromDays(49))
            throw new ArgumentException($"{nameof(Timeout)} must be above zero and at most 49 days, not {Timeout}.");
    }
}
