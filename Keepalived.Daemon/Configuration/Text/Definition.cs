namespace Keepalived.Daemon.Configuration.Text;

/// <summary>A <c>$NAME=VALUE</c>, or the variable of a generator.</summary>
internal sealed class Definition(string name, int index, int file, int line)
{
    public string Name { get; } = name;

    /// <summary>Its index among the definitions of the load, by which a word remembers where it came from.</summary>
    public int Index { get; } = index;

    public int File { get; } = file;

    public int Line { get; } = line;

    /// <summary>The value of a definition on one line; the first line of one on several.</summary>
    public string Value { get; set; } = string.Empty;

    /// <summary>The lines of a definition on several; null for one line.</summary>
    public List<string>? Lines { get; set; }
}
