namespace Keepalived.Daemon.Configuration.Sources;

/// <summary>Passes everything on to another source and keeps the answers, so that a snapshot can give them again.</summary>
internal sealed class RecordingConfigurationSource(IConfigurationSource inner) : IConfigurationSource
{
    private readonly Dictionary<(string Path, string Directory), ConfigurationFile> _files = [];
    private readonly Dictionary<(string Pattern, string Directory), IReadOnlyList<string>> _matches = [];
    private readonly Dictionary<string, string?> _environment = [];

    public string CurrentDirectory => inner.CurrentDirectory;

    public IReadOnlyList<string> Match(string pattern, string directory)
    {
        if (!_matches.TryGetValue((pattern, directory), out var matches))
            _matches.Add((pattern, directory), matches = inner.Match(pattern, directory));
        return matches;
    }

    public ConfigurationFile Read(string path, string directory)
    {
        if (!_files.TryGetValue((path, directory), out var file))
            _files.Add((path, directory), file = inner.Read(path, directory));
        return file;
    }

    public string? GetEnvironmentVariable(string name)
    {
        if (!_environment.TryGetValue(name, out var value))
            _environment.Add(name, value = inner.GetEnvironmentVariable(name));
        return value;
    }

    public ConfigurationSnapshot ToSnapshot(string path, string configId, bool allConfig, uint randomSeed) =>
        new(path, configId, allConfig, randomSeed, CurrentDirectory, _files, _matches, _environment);
}
