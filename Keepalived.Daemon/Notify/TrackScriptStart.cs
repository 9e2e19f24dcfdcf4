namespace Keepalived.Daemon.Notify;

/// <summary>What a track script counts as before its first run.</summary>
internal enum TrackScriptStart
{
    /// <summary>Nothing is known: the first run decides, whatever <c>rise</c> and <c>fall</c> are.</summary>
    Unknown,

    /// <summary><c>init_fail</c>: down until <c>rise</c> successes.</summary>
    Down,

    /// <summary>Added by a reload: up until the first failure.</summary>
    Up,
}
