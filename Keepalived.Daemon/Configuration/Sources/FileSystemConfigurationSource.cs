using Keepalived.Daemon.Interop;

namespace Keepalived.Daemon.Configuration.Sources;

/// <summary>Configuration from the file system and the environment of this process.</summary>
public sealed class FileSystemConfigurationSource : IConfigurationSource
{
    /// <summary>A source whose relative paths start at the working directory of this process.</summary>
    public FileSystemConfigurationSource()
        : this(Environment.CurrentDirectory)
    {
    }

    /// <summary>A source whose relative paths start at <paramref name="currentDirectory"/>.</summary>
    public FileSystemConfigurationSource(string currentDirectory) => CurrentDirectory = Path.GetFullPath(currentDirectory);

    /// <inheritdoc/>
    public string CurrentDirectory { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Match(string pattern, string directory) => new PathPattern(pattern, directory).Find();

    /// <inheritdoc/>
    public ConfigurationFile Read(string path, string directory)
    {
        var full = Path.Combine(directory, path);
        if (full.Contains('\0', StringComparison.Ordinal) || Libc.Stat(full, follow: true, out var status) != 0)
            return new(ConfigurationFileStatus.NotFound, default);
        if (status.IsDirectory)
            return new(ConfigurationFileStatus.Directory, default);
        if (!status.IsRegularFile)
            return new(ConfigurationFileStatus.NotRegular, default);
        if ((status.Mode & 0b001_001_001) != 0)
            return new(ConfigurationFileStatus.Executable, default);
        if (status.Size > IConfigurationSource.MaxFileSize)
            return new(ConfigurationFileStatus.TooLarge, default);
        try
        {
            return new(ConfigurationFileStatus.Ok, File.ReadAllBytes(full));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(ConfigurationFileStatus.Unreadable, default);
        }
    }

    /// <inheritdoc/>
    public string? GetEnvironmentVariable(string name) => Environment.GetEnvironmentVariable(name);
}
