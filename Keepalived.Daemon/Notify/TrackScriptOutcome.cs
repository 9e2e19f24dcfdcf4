namespace Keepalived.Daemon.Notify;

/// <summary>What a track script says about what it watches.</summary>
internal enum TrackScriptOutcome
{
    /// <summary>It has not run yet.</summary>
    Unknown,

    /// <summary>It succeeded often enough.</summary>
    Up,

    /// <summary>It failed often enough.</summary>
    Down,
}
