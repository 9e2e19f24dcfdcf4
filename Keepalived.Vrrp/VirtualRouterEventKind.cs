namespace Keepalived.Vrrp;

/// <summary>What a <see cref="VirtualRouterEvent"/> tells.</summary>
public enum VirtualRouterEventKind
{
    /// <summary>How things stand: the first event of a stream for each router, and of a router that a reload brought.</summary>
    Snapshot = 0,

    /// <summary>The state changed.</summary>
    StateChanged,

    /// <summary>The effective priority changed.</summary>
    PriorityChanged,

    /// <summary>As master it heard a router of lower priority.</summary>
    LowerPriorityReceived,

    /// <summary>The router was stopped with its engine, its addresses are gone. Its last event.</summary>
    Stopped,

    /// <summary>The router was removed by <see cref="VrrpEngine"/>'s <c>ApplyAsync</c>, its addresses are gone. Its last event.</summary>
    Removed,
}
