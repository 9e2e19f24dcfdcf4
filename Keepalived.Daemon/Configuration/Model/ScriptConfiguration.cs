namespace Keepalived.Daemon.Configuration.Model;

/// <summary>A command that the daemon runs: notify, track, FIFO, startup and shutdown scripts.</summary>
public sealed record ScriptConfiguration
{
    /// <summary>The arguments as configured, the command itself first. Never empty.</summary>
    public required EquatableArray<string> Arguments { get; init; }

    /// <summary>
    /// The file to execute. It differs from the first argument where that had no directory (found in PATH) or led through symbolic
    /// links (resolved, unless <c>use_symlink_paths</c>).
    /// </summary>
    public required string Path { get; init; }

    /// <summary>The user id to run as.</summary>
    public uint UserId { get; init; }

    /// <summary>The group id to run as.</summary>
    public uint GroupId { get; init; }

    /// <summary>The user's name, where the configuration gave one; supplementary groups are looked up by it.</summary>
    public string? UserName { get; init; }

    /// <summary>Whether to set the user's supplementary groups.</summary>
    public bool SupplementaryGroups { get; init; }

    /// <summary>The command line as configured, for logs.</summary>
    public override string ToString() => string.Join(' ', (IEnumerable<string>)Arguments);
}
