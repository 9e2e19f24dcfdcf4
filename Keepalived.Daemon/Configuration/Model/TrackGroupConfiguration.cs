namespace Keepalived.Daemon.Configuration.Model;

/// <summary>A <c>track_group</c>: instances that also track the interfaces of the static entries that name it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Instances">The names of the instances.</param>
public sealed record TrackGroupConfiguration(string Name, EquatableArray<string> Instances)
{
    /// <summary>Where it stands.</summary>
    public Position Position { get; init; }
}
