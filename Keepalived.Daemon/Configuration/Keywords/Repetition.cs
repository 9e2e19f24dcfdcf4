namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>What a second occurrence of a keyword in its block does.</summary>
public enum Repetition
{
    /// <summary>It replaces the first.</summary>
    LastWins = 0,

    /// <summary>It is an error; the first stays.</summary>
    FirstWins,

    /// <summary>It adds to the first.</summary>
    Adds,
}
