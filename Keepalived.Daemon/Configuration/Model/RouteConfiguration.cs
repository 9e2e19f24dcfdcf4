using Keepalived.Vrrp;

namespace Keepalived.Daemon.Configuration.Model;

/// <summary>An entry of <c>virtual_routes</c> or <c>static_routes</c>.</summary>
public sealed record RouteConfiguration
{
    /// <summary>The route, in the library's words.</summary>
    public required VirtualRoute Route { get; init; }

    /// <summary><c>track_group</c>, static entries only; none if null.</summary>
    public string? TrackGroup { get; init; }

    /// <summary>Where it stands.</summary>
    public Position Position { get; init; }
}
