using System.Text;

namespace Keepalived.Daemon.Configuration.Sources;

/// <summary>
/// Everything that one load read: files, glob results, environment, random seed, config id. Read again, it gives the same
/// configuration in another process, whatever has happened to the files since.
/// </summary>
public sealed class ConfigurationSnapshot : IConfigurationSource
{
    private const uint Magic = 0x3153434b;
    private const int MaxEntries = 1_000_000;

    private readonly Dictionary<(string Path, string Directory), ConfigurationFile> _files;
    private readonly Dictionary<(string Pattern, string Directory), IReadOnlyList<string>> _matches;
    private readonly Dictionary<string, string?> _environment;

    internal ConfigurationSnapshot(
        string path,
        string configId,
        bool allConfig,
        uint randomSeed,
        string currentDirectory,
        Dictionary<(string Path, string Directory), ConfigurationFile> files,
        Dictionary<(string Pattern, string Directory), IReadOnlyList<string>> matches,
        Dictionary<string, string?> environment)
    {
        (Path, ConfigId, AllConfig, RandomSeed, CurrentDirectory) = (path, configId, allConfig, randomSeed, currentDirectory);
        (_files, _matches, _environment) = (files, matches, environment);
    }

    /// <summary>The path or pattern that was loaded.</summary>
    public string Path { get; }

    /// <summary>The config id that was used.</summary>
    public string ConfigId { get; }

    /// <summary>Whether every include had to succeed.</summary>
    public bool AllConfig { get; }

    /// <summary>The seed of <c>_RANDOM</c>.</summary>
    public uint RandomSeed { get; }

    /// <inheritdoc/>
    public string CurrentDirectory { get; }

    /// <summary>The number of files in it.</summary>
    public int FileCount => _files.Count;

    /// <summary>The files in it that could be read, in the order in which they first were.</summary>
    internal IEnumerable<(string Path, ReadOnlyMemory<byte> Content)> Contents => _files
        .Where(static entry => entry.Value.Status == ConfigurationFileStatus.Ok)
        .Select(static entry => (System.IO.Path.Combine(entry.Key.Directory, entry.Key.Path), entry.Value.Content));

    /// <summary>Its size in bytes, roughly: what is in it but the text of the files is small.</summary>
    public int ApproximateSize => 4096 + _files.Values.Sum(static file => file.Content.Length);

    /// <summary>The options that load this snapshot again.</summary>
    public ConfigurationLoadOptions ToLoadOptions() => new()
    {
        Path = Path,
        ConfigId = ConfigId,
        AllConfig = AllConfig,
        RandomSeed = RandomSeed,
        Source = this,
    };

    /// <inheritdoc/>
    public IReadOnlyList<string> Match(string pattern, string directory) => _matches.GetValueOrDefault((pattern, directory), []);

    /// <inheritdoc/>
    public ConfigurationFile Read(string path, string directory) =>
        _files.GetValueOrDefault((path, directory), new(ConfigurationFileStatus.NotFound, default));

    /// <inheritdoc/>
    public string? GetEnvironmentVariable(string name) => _environment.GetValueOrDefault(name);

    /// <summary>Writes the snapshot, to be read by <see cref="ReadFrom"/>.</summary>
    public void WriteTo(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Path);
        writer.Write(ConfigId);
        writer.Write(AllConfig);
        writer.Write(RandomSeed);
        writer.Write(CurrentDirectory);
        writer.Write(_files.Count);
        foreach (var ((path, directory), file) in _files)
        {
            writer.Write(path);
            writer.Write(directory);
            writer.Write((byte)file.Status);
            writer.Write(file.Content.Length);
            writer.Write(file.Content.Span);
        }

        writer.Write(_matches.Count);
        foreach (var ((pattern, directory), matches) in _matches)
        {
            writer.Write(pattern);
            writer.Write(directory);
            writer.Write(matches.Count);
            foreach (var match in matches)
                writer.Write(match);
        }

        writer.Write(_environment.Count);
        foreach (var (name, value) in _environment)
        {
            writer.Write(name);
            writer.Write(value is not null);
            writer.Write(value ?? string.Empty);
        }
    }

    /// <summary>Reads what <see cref="WriteTo"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is not a snapshot, or a damaged one.</exception>
    public static ConfigurationSnapshot ReadFrom(Stream stream)
    {
        try
        {
            using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
            return Read(reader);
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or ArgumentException or IOException)
        {
            throw new InvalidDataException("The configuration snapshot is damaged.", e);
        }
    }

    private static ConfigurationSnapshot Read(BinaryReader reader)
    {
        if (reader.ReadUInt32() != Magic)
            throw new InvalidDataException("This is not a configuration snapshot.");
        var path = reader.ReadString();
        var configId = reader.ReadString();
        var allConfig = reader.ReadBoolean();
        var seed = reader.ReadUInt32();
        var directory = reader.ReadString();
        var files = new Dictionary<(string, string), ConfigurationFile>();
        for (var count = ReadCount(reader, MaxEntries); count > 0; count--)
        {
            var key = (reader.ReadString(), reader.ReadString());
            var status = (ConfigurationFileStatus)reader.ReadByte();
            var length = ReadCount(reader, IConfigurationSource.MaxFileSize);
            var content = reader.ReadBytes(length);
            if (content.Length != length)
                throw new EndOfStreamException();
            files[key] = new ConfigurationFile(status, content);
        }

        var matches = new Dictionary<(string, string), IReadOnlyList<string>>();
        for (var count = ReadCount(reader, MaxEntries); count > 0; count--)
        {
            var key = (reader.ReadString(), reader.ReadString());
            var list = new List<string>();
            for (var paths = ReadCount(reader, MaxEntries); paths > 0; paths--)
                list.Add(reader.ReadString());
            matches[key] = list;
        }

        var environment = new Dictionary<string, string?>();
        for (var count = ReadCount(reader, MaxEntries); count > 0; count--)
        {
            var name = reader.ReadString();
            var isSet = reader.ReadBoolean();
            var value = reader.ReadString();
            environment[name] = isSet ? value : null;
        }

        return new ConfigurationSnapshot(path, configId, allConfig, seed, directory, files, matches, environment);
    }

    private static int ReadCount(BinaryReader reader, int max)
    {
        var count = reader.ReadInt32();
        return count >= 0 && count <= max ? count : throw new InvalidDataException("The configuration snapshot is damaged.");
    }
}
