namespace Keepalived.Daemon.Configuration.Model.VirtualServers;

/// <summary>A <c>virtual_server_group</c> block: each entry becomes services of every virtual server that uses it.</summary>
public sealed record VirtualServerGroupConfiguration
{
    /// <summary>The group's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its entries in the order of the file; at least one.</summary>
    public EquatableArray<VirtualServerGroupEntry> Entries { get; init; }

    /// <summary>Where it stands.</summary>
    public Position Position { get; init; }
}
