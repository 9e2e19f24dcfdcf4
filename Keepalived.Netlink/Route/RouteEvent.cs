namespace Keepalived.Netlink.Route;

/// <summary>A route came, changed or went.</summary>
/// <param name="Change">What happened.</param>
/// <param name="Route">The route as it is now; when it is removed, as it was last.</param>
/// <param name="Previous">The route as it was before it changed; null if it is new or removed.</param>
public sealed record RouteEvent(NetworkChange Change, Route Route, Route? Previous = null) : NetworkEvent
{
    /// <summary>In words.</summary>
    public override string ToString() => $"route {Change.ToString().ToLowerInvariant()}: {Route}";
}
