namespace Keepalived.Vrrp;

/// <summary>
/// Something that happened in an engine: to a virtual router (<see cref="VirtualRouterEvent"/>) or to a sync group
/// (<see cref="SyncGroupEvent"/>).
/// </summary>
public abstract record VrrpEvent
{
    private protected VrrpEvent()
    {
    }

    /// <summary>The state after it.</summary>
    public required VrrpState State { get; init; }

    /// <summary>The state before it; equal to <see cref="State"/> if that did not change.</summary>
    public required VrrpState PreviousState { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>
    /// How many events the reader of this stream lost just before this one, because it read too slowly; the newest are kept.
    /// </summary>
    public int Missed { get; init; }

    /// <summary>The router or group.</summary>
    internal abstract object Source { get; }

    /// <summary>Whether it tells how things stand, and not that they changed.</summary>
    internal abstract bool IsSnapshot { get; }

    /// <summary>Whether nothing of this source follows.</summary>
    internal abstract bool IsLast { get; }

    /// <summary>Tells the source's own subscribers.</summary>
    internal abstract void Raise();
}
