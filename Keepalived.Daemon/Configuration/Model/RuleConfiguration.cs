using Keepalived.Vrrp;

namespace Keepalived.Daemon.Configuration.Model;

/// <summary>An entry of <c>virtual_rules</c> or <c>static_rules</c>.</summary>
public sealed record RuleConfiguration
{
    /// <summary>The rule, in the library's words.</summary>
    public required VirtualRule Rule { get; init; }

    /// <summary><c>track_group</c>, static entries only; none if null.</summary>
    public string? TrackGroup { get; init; }

    /// <summary>Where it stands.</summary>
    public Position Position { get; init; }
}
