namespace Keepalived.Daemon.Processes;

/// <summary>The answers to the death of a child.</summary>
internal enum RespawnAction
{
    /// <summary>Start it again after a delay.</summary>
    Respawn,

    /// <summary>Stop everything: the child said that trying again is of no use, or the operator wants no restarts.</summary>
    StopAll,
}
