namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>Whether a keyword does something in this version.</summary>
public enum KeywordStatus
{
    /// <summary>It works.</summary>
    Active = 0,

    /// <summary>It is parsed and checked, and one notice says at the start that it does nothing yet.</summary>
    NotActiveYet,

    /// <summary>It is accepted and means nothing here, for good: the help says why.</summary>
    Accepted,
}
