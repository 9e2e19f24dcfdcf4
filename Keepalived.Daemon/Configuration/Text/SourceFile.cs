using System.Text;
using Keepalived.Daemon.Configuration.Diagnostics;

namespace Keepalived.Daemon.Configuration.Text;

/// <summary>A file being read, kept so that diagnostics can show its lines.</summary>
internal sealed class SourceFile(int id, string path, string directory, string key, ReadOnlyMemory<byte> content)
{
    private int[]? _starts;

    /// <summary>Its index among the files of the load.</summary>
    public int Id { get; } = id;

    /// <summary>The path shown in diagnostics.</summary>
    public string Path { get; } = path;

    /// <summary>The absolute directory that its includes are relative to.</summary>
    public string Directory { get; } = directory;

    /// <summary>The absolute path, by which an include loop is seen.</summary>
    public string Key { get; } = key;

    public ReadOnlyMemory<byte> Content { get; } = content;

    /// <summary>
    /// The text of a line from 1, a character for each byte, without its end and its secrets; cut where a diagnostic would become unreadable.
    /// </summary>
    public string? GetLine(int number)
    {
        _starts ??= FindStarts();
        if (number < 1 || number > _starts.Length)
            return null;
        var rest = Content.Span[_starts[number - 1]..];
        var length = rest.IndexOf((byte)'\n');
        var line = (length < 0 ? rest : rest[..length]).TrimEnd((byte)'\r');
        return SourceMask.Apply(Encoding.Latin1.GetString(line[..Math.Min(line.Length, ReadLimits.PhysicalLine)]));
    }

    private int[] FindStarts()
    {
        var starts = new List<int> { 0 };
        var content = Content.Span;
        for (var at = 0; content[at..].IndexOf((byte)'\n') is >= 0 and var length; at = starts[^1])
            starts.Add(at + length + 1);
        return [.. starts];
    }
}
