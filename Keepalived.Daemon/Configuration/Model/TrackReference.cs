namespace Keepalived.Daemon.Configuration.Model;

/// <summary>A name in a <c>track_*</c> list, with the weight that replaces the tracked object's own.</summary>
public sealed record TrackReference
{
    /// <summary>The name of the script, file, process, BFD instance, interface or virtual server.</summary>
    public required string Name { get; init; }

    /// <summary>The weight; the tracked object's own (an interface: 0) if null. 0 means: a failure is a fault of the instance.</summary>
    public int? Weight { get; init; }

    /// <summary>Whether failure and success swap; the tracked object's own setting if null.</summary>
    public bool? Reverse { get; init; }

    /// <summary>Where it stands.</summary>
    public Position Position { get; init; }
}
