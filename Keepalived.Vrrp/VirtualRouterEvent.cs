namespace Keepalived.Vrrp;

/// <summary>Something that happened to a virtual router. Events of an engine come in the order in which they happened.</summary>
public sealed record VirtualRouterEvent
{
    /// <summary>The virtual router.</summary>
    public required VirtualRouter Router { get; init; }

    /// <summary>What happened.</summary>
    public required VirtualRouterEventKind Kind { get; init; }

    /// <summary>The state after it.</summary>
    public required VrrpState State { get; init; }

    /// <summary>The state before it; equal to <see cref="State"/> if that did not change.</summary>
    public required VrrpState PreviousState { get; init; }

    /// <summary>Why the state changed; <see langword="null"/> if it did not.</summary>
    public VrrpStateReason? Reason { get; init; }

    /// <summary>The effective priority, 1-255.</summary>
    public required int Priority { get; init; }

    /// <summary>The effective priority before it.</summary>
    public required int PreviousPriority { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>
    /// How many events the reader of this stream lost just before this one, because it read too slowly; the newest are kept.
    /// </summary>
    public int Missed { get; init; }
}
