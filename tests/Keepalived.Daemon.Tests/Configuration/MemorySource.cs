using System.Text;
using Keepalived.Daemon.Configuration.Sources;

namespace Keepalived.Daemon.Tests.Configuration;

/// <summary>Files in memory, below /etc/keepalived.</summary>
internal sealed class MemorySource : IConfigurationSource
{
    private readonly Dictionary<string, byte[]> _files = [];

    public HashSet<string> Executable { get; } = [];

    public Dictionary<string, string> Environment { get; } = [];

    public string CurrentDirectory => "/etc/keepalived";

    public MemorySource Add(string path, string text) => Add(path, Encoding.UTF8.GetBytes(text));

    public MemorySource Add(string path, byte[] content)
    {
        _files[Path.GetFullPath(path, CurrentDirectory)] = content;
        return this;
    }

    public IReadOnlyList<string> Match(string pattern, string directory)
    {
        var full = Path.GetFullPath(pattern, directory);
        return PathPattern.HasWildcard(pattern)
            ? [.. _files.Keys.Where(path => PathPattern.Matches(full.Replace('/', ' '), path.Replace('/', ' ')))
                .Order(StringComparer.Ordinal)]
            : _files.ContainsKey(full) || Directories().Contains(full) ? [pattern] : [];
    }

    public ConfigurationFile Read(string path, string directory)
    {
        var full = Path.GetFullPath(path, directory);
        if (Executable.Contains(full))
            return new(ConfigurationFileStatus.Executable, default);
        if (_files.TryGetValue(full, out var content))
            return new(ConfigurationFileStatus.Ok, content);
        return new(Directories().Contains(full) ? ConfigurationFileStatus.Directory : ConfigurationFileStatus.NotFound, default);
    }

    public string? GetEnvironmentVariable(string name) => Environment.GetValueOrDefault(name);

    private HashSet<string?> Directories() => [.. _files.Keys.Select(Path.GetDirectoryName)];
}
