namespace Keepalived.Netlink.Route;

/// <summary>A neighbour came, changed or went.</summary>
/// <param name="Change">What happened.</param>
/// <param name="Neighbour">The neighbour as it is now; when it is removed, as it was last.</param>
/// <param name="Previous">The neighbour as it was before it changed; null if it is new or removed.</param>
public sealed record NeighbourEvent(NetworkChange Change, Neighbour Neighbour, Neighbour? Previous = null) : NetworkEvent
{
    /// <summary>In words.</summary>
    public override string ToString() => $"neighbour {Change.ToString().ToLowerInvariant()}: {Neighbour}";
}
