namespace Keepalived.Daemon.BfdEvents;

/// <summary>What clients make of a BFD session (RFC 5882): the session's own states are the BFD process's matter.</summary>
internal enum BfdClientState : byte
{
    /// <summary>
    /// The BFD process has only just begun with the session, and it was not up yet: this says nothing about the path, and what a client
    /// knew from before holds.
    /// </summary>
    Unknown,

    /// <summary>The path does not work, or nothing says that it does.</summary>
    Down,

    /// <summary>The path works.</summary>
    Up,
}
