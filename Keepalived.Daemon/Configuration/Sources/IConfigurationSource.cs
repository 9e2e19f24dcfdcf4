namespace Keepalived.Daemon.Configuration.Sources;

/// <summary>
/// What reading a configuration asks of the world. The file system is one implementation, a recorded
/// <see cref="ConfigurationSnapshot"/> another, so that a child reads exactly what the supervisor read.
/// </summary>
public interface IConfigurationSource
{
    /// <summary>The largest file that is read, in bytes.</summary>
    const int MaxFileSize = 256 << 20;

    /// <summary>The directory that relative paths start from.</summary>
    string CurrentDirectory { get; }

    /// <summary>
    /// The paths that match a pattern of glob(7), sorted; a pattern without wildcards matches the path if it exists. Relative patterns
    /// start at <paramref name="directory"/>, and their matches are relative too. Braces are not special here.
    /// </summary>
    IReadOnlyList<string> Match(string pattern, string directory);

    /// <summary>Reads the file at <paramref name="path"/>, relative to <paramref name="directory"/>.</summary>
    ConfigurationFile Read(string path, string directory);

    /// <summary>The value of an environment variable; null if it is not set.</summary>
    string? GetEnvironmentVariable(string name);
}
