namespace Keepalived.Checkers;

/// <summary>What one probe found, in words for a log.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">Why it was no success; empty for a success.</param>
public readonly record struct CheckResult(CheckOutcome Outcome, string Reason)
{
    /// <summary>The server answered as it should.</summary>
    public static CheckResult Success { get; } = new(CheckOutcome.Success, "");

    /// <summary>The server did not answer as it should.</summary>
    /// <param name="reason">Why, as a clause: "connection refused".</param>
    /// <returns>The result.</returns>
    public static CheckResult Failure(string reason) => new(CheckOutcome.Failure, reason);

    /// <summary>The probe could not be made; the server is not to blame.</summary>
    /// <param name="reason">Why, as a clause: "cannot bind to 192.0.2.1".</param>
    /// <returns>The result.</returns>
    public static CheckResult LocalError(string reason) => new(CheckOutcome.LocalError, reason);

    /// <summary>
    /// What the checker adds to its server's weight from now on, instead of what it added before; <see langword="null"/> leaves that as it
    /// is.
    /// </summary>
    public long? Weight { get; init; }

    /// <summary>The outcome is <see cref="CheckOutcome.Success"/>.</summary>
    public bool IsSuccess => Outcome == CheckOutcome.Success;

    /// <inheritdoc/>
    public override string ToString() => IsSuccess ? "success" : Reason;
}
