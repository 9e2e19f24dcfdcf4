namespace Keepalived.Checkers;

/// <summary>What the results so far say about the server.</summary>
public enum CheckDecision
{
    /// <summary>Nothing new: it stays as it is.</summary>
    None,

    /// <summary>It is up. Not a change when it counted as up already.</summary>
    Up,

    /// <summary>It is down. Not a change when it counted as down already.</summary>
    Down,
}
