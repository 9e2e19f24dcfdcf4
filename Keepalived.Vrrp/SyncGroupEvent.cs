namespace Keepalived.Vrrp;

/// <summary>Something that happened to a sync group.</summary>
public sealed record SyncGroupEvent : VrrpEvent
{
    /// <summary>The group.</summary>
    public required SyncGroup Group { get; init; }

    /// <summary>What happened.</summary>
    public required SyncGroupEventKind Kind { get; init; }

    internal override object Source => Group;

    internal override bool IsSnapshot => Kind == SyncGroupEventKind.Snapshot;

    internal override bool IsLast => Kind is SyncGroupEventKind.Stopped or SyncGroupEventKind.Removed;

    internal override void Raise() => Group.RaiseChanged(this);
}
