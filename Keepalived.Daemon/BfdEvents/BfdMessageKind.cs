namespace Keepalived.Daemon.BfdEvents;

/// <summary>What the BFD process tells its clients.</summary>
internal enum BfdMessageKind : byte
{
    /// <summary>The states of all sessions follow. <see cref="BfdMessage.Missed"/> says how many events they replace.</summary>
    SnapshotBegin = 1,

    /// <summary>The state of one session: in a snapshot its present one, otherwise a new one.</summary>
    State = 2,

    /// <summary>There are no other sessions.</summary>
    SnapshotEnd = 3,
}
