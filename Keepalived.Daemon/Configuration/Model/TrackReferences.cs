namespace Keepalived.Daemon.Configuration.Model;

/// <summary>What an instance tracks, or a sync group for all its members.</summary>
public sealed record TrackReferences
{
    /// <summary>Nothing.</summary>
    public static TrackReferences None { get; } = new();

    /// <summary>Interfaces.</summary>
    public EquatableArray<TrackReference> Interfaces { get; init; }

    /// <summary>Scripts.</summary>
    public EquatableArray<TrackReference> Scripts { get; init; }

    /// <summary>Files.</summary>
    public EquatableArray<TrackReference> Files { get; init; }

    /// <summary>Processes.</summary>
    public EquatableArray<TrackReference> Processes { get; init; }

    /// <summary>BFD sessions.</summary>
    public EquatableArray<TrackReference> Bfd { get; init; }

    /// <summary><c>track_virtual_server</c>, by <see cref="VirtualServers.VirtualServerName"/>.</summary>
    public EquatableArray<TrackReference> VirtualServers { get; init; }

    /// <summary>Whether nothing is tracked.</summary>
    public bool IsEmpty => Interfaces.IsEmpty && Scripts.IsEmpty && Files.IsEmpty && Processes.IsEmpty && Bfd.IsEmpty && VirtualServers.IsEmpty;
}
