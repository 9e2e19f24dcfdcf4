using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A list: one entry a line, read by <see cref="ReadEntry"/>; a repeated list adds to the first.</summary>
internal abstract class ListSyntax<T>(string name) : ValueSyntax<List<T>>
{
    public override KeywordBlock Block { get; } = new(name, isList: true);

    public override WithoutParameter WithoutParameter => WithoutParameter.Fine;

    public override bool TryRead(ValueReader reader, List<T>? previous, out List<T> value)
    {
        value = previous ?? MakeList();
        foreach (var entry in reader.Statement.Children)
        {
            if (entry.WordCount > 0)
                ReadEntry(reader with { Statement = entry }, value);
        }

        return true;
    }

    /// <summary>An empty list.</summary>
    protected virtual List<T> MakeList() => [];

    /// <summary>Reads the entries of one line into the list; what is wrong is reported and left out.</summary>
    protected abstract void ReadEntry(ValueReader entry, List<T> list);
}
