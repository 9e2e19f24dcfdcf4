namespace Keepalived.Differential.Tests.Cases;

/// <summary>A difference from the original that is wanted, or known.</summary>
/// <param name="ExitCode">Our exit status.</param>
/// <param name="Reason">Its number in docs/compatibility.md (D3), or <see cref="Gap"/>.</param>
internal sealed record ExpectedDifference(int ExitCode, string Reason)
{
    /// <summary>The mark of a difference that is a defect of ours.</summary>
    public const string Gap = "gap";

    public bool IsGap => Reason == Gap;
}
