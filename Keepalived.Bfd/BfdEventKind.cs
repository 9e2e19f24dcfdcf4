namespace Keepalived.Bfd;

/// <summary>What a <see cref="BfdEvent"/> tells.</summary>
public enum BfdEventKind
{
    /// <summary>How things stand: the first event of a stream for each session, and of a session that is added later.</summary>
    Snapshot = 0,

    /// <summary>The state changed.</summary>
    StateChanged,

    /// <summary>The session was stopped with its endpoint. Its last event.</summary>
    Stopped,

    /// <summary>The session was removed from its endpoint, which goes on. Its last event.</summary>
    Removed,
}
