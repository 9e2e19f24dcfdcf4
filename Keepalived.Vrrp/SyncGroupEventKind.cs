namespace Keepalived.Vrrp;

/// <summary>What a <see cref="SyncGroupEvent"/> tells.</summary>
public enum SyncGroupEventKind
{
    /// <summary>How things stand: the first event of a group.</summary>
    Snapshot = 0,

    /// <summary>The state changed; the events of the members came before it, except at the start.</summary>
    StateChanged,

    /// <summary>The group was stopped with its engine. Its last event.</summary>
    Stopped,

    /// <summary>The group was removed by <see cref="VrrpEngine"/>'s <c>ApplyAsync</c>. Its last event.</summary>
    Removed,
}
