namespace Keepalived.Daemon.Balancing;

/// <summary>Why a quorum is looked at.</summary>
internal enum QuorumReason
{
    /// <summary>The virtual server begins: at the start, or by a reload.</summary>
    Start,

    /// <summary>Something happened to a real server.</summary>
    Event,
}
