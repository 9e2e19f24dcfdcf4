using Keepalived.Daemon.Configuration.Diagnostics;

namespace Keepalived.Daemon.Configuration.Text;

/// <summary>The files of one load.</summary>
internal sealed class SourceFiles
{
    private readonly List<SourceFile> _files = [];
    private readonly Dictionary<string, SourceFile> _byPath = [];

    public int Count => _files.Count;

    public SourceFile this[int id] => _files[id];

    public SourceFile Add(string path, string directory, string key, ReadOnlyMemory<byte> content)
    {
        // A file that is included again is the same file: its lines are the same lines.
        if (_byPath.TryGetValue(path, out var known) && known.Key == key)
            return known;
        var file = new SourceFile(_files.Count, path, directory, key, content);
        _files.Add(file);
        _byPath[path] = file;
        return file;
    }

    public string? GetLine(SourceLocation location) =>
        location.Line > 0 && _byPath.TryGetValue(location.File, out var file) ? file.GetLine(location.Line) : null;
}
