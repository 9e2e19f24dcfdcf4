namespace Keepalived.Daemon.Configuration.Model;

/// <summary>An entry of <c>virtual_routes</c>, <c>static_routes</c>, <c>virtual_rules</c> or <c>static_rules</c>, as its words.</summary>
public sealed record RouteConfiguration
{
    /// <summary>The words of the entry.</summary>
    public required EquatableArray<string> Words { get; init; }
}
