namespace Keepalived.Differential.Tests.Lab;

/// <summary>What a configuration test came to.</summary>
/// <param name="ExitCode">The exit status; 128 plus the number of the signal that ended it; <see cref="TimedOut"/>.</param>
/// <param name="Said">What it said about the configuration.</param>
/// <param name="IsStricter">Whether it found what ours reports on purpose and the original does not.</param>
internal readonly record struct Verdict(int ExitCode, string Said, bool IsStricter = false)
{
    /// <summary>The status of a run that did not end in time.</summary>
    public const int TimedOut = -1;
    private const int FirstSignal = 129;

    /// <summary>Whether the program came to a verdict: it neither hung nor died of a signal.</summary>
    public bool IsSound => ExitCode is >= 0 and < FirstSignal;

    public override string ToString() => ExitCode == TimedOut ? "hangs" : IsSound ? $"{ExitCode}" : $"dies ({ExitCode})";
}
