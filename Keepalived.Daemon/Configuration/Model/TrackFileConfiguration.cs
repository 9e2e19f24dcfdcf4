namespace Keepalived.Daemon.Configuration.Model;

/// <summary>A <c>track_file</c> block.</summary>
public sealed record TrackFileConfiguration
{
    /// <summary>The name under which it is tracked.</summary>
    public required string Name { get; init; }

    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The factor on the file's number, -254..254; 0: a number other than 0 is a fault.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Whether the factor counts the other way round.</summary>
    public bool Reverse { get; init; }

    /// <summary>What to write at the start; nothing if null.</summary>
    public int? InitialValue { get; init; }

    /// <summary>Whether <see cref="InitialValue"/> replaces what is in the file.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Where it stands.</summary>
    public Position Position { get; init; }
}
