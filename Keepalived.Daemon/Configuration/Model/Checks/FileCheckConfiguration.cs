namespace Keepalived.Daemon.Configuration.Model.Checks;

/// <summary><c>FILE_CHECK</c>: the number in a file changes the weight, or means a failure.</summary>
public sealed record FileCheckConfiguration : CheckConfiguration
{
    /// <summary>The name of the <c>track_file</c>.</summary>
    public required string TrackFile { get; init; }

    /// <summary><c>weight</c>, the track_file's own where nothing is said; 0: a number other than 0 is a failure.</summary>
    public int Weight { get; init; }

    /// <summary>Whether the number counts the other way round: <c>reverse</c>, or the track_file's own where the weight is not said.</summary>
    public bool Reverse { get; init; }
}
