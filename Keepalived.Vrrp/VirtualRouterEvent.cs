namespace Keepalived.Vrrp;

/// <summary>Something that happened to a virtual router. Events of an engine come in the order in which they happened.</summary>
public sealed record VirtualRouterEvent : VrrpEvent
{
    /// <summary>The virtual router.</summary>
    public required VirtualRouter Router { get; init; }

    /// <summary>What happened.</summary>
    public required VirtualRouterEventKind Kind { get; init; }

    /// <summary>Why the state changed; <see langword="null"/> if it did not.</summary>
    public VrrpStateReason? Reason { get; init; }

    /// <summary>The effective priority, 1-255.</summary>
    public required int Priority { get; init; }

    /// <summary>The effective priority before it.</summary>
    public required int PreviousPriority { get; init; }

    internal override object Source => Router;

    internal override bool IsSnapshot => Kind == VirtualRouterEventKind.Snapshot;

    internal override bool IsLast => Kind is VirtualRouterEventKind.Stopped or VirtualRouterEventKind.Removed;

    internal override void Raise() => Router.RaiseChanged(this);
}
