namespace Keepalived.Daemon.Configuration.Model;

/// <summary>An <c>authentication</c> block of BFD, completed.</summary>
public sealed record BfdAuthenticationConfiguration
{
    /// <summary>The keys that are accepted, by number; each has a type.</summary>
    public required EquatableArray<BfdKeyConfiguration> Keys { get; init; }

    /// <summary>The number of the key that signs.</summary>
    public required int ActiveKey { get; init; }
}
