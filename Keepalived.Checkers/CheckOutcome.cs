namespace Keepalived.Checkers;

/// <summary>The three ways a probe can end.</summary>
public enum CheckOutcome
{
    /// <summary>The server answered as it should.</summary>
    Success,

    /// <summary>The server did not.</summary>
    Failure,

    /// <summary>
    /// The probe could not be made for a reason on this side (no socket, an address that cannot be bound, no permission). It says nothing
    /// of the server: its state stays as it is.
    /// </summary>
    LocalError,
}
