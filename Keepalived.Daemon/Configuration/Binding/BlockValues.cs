using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>The values of one block, by keyword. Of the many that a kind of block has, most blocks give few.</summary>
internal sealed class BlockValues(KeywordBlock block)
{
    /// <summary>For each keyword its place among the values given, from 1; 0 for none.</summary>
    private readonly ushort[] _places = new ushort[block.Keywords.Count];
    private readonly List<(object? Value, SourceLocation Location)> _given = [];

    public KeywordBlock Block => block;

    /// <summary>The name in the block's head; empty if it has none.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Where the block stands.</summary>
    public SourceLocation Location { get; set; }

    /// <summary>The second word of the block's head; empty if it has none.</summary>
    public string SecondName { get; init; } = string.Empty;

    /// <summary>Whether the configuration gave a value.</summary>
    public bool Has(Keyword keyword) => ValueOf(keyword) is not null;

    /// <summary>Where it gave it; the block's place if it did not.</summary>
    public SourceLocation LocationOf(Keyword keyword) => Has(keyword) ? _given[_places[keyword.Ordinal] - 1].Location : Location;

    /// <summary>The value, or the keyword's default.</summary>
    public T? Get<T>(Keyword<T> keyword) => ValueOf(keyword) is T value ? value : keyword.Standard;

    /// <summary>The value; null if the configuration gave none.</summary>
    public T? Find<T>(Keyword<T> keyword)
        where T : struct => ValueOf(keyword) is T value ? value : null;

    public void Set<T>(Keyword<T> keyword, T value, SourceLocation location)
    {
        ref var place = ref _places[keyword.Ordinal];
        if (place == 0)
        {
            _given.Add((value, location));
            place = (ushort)_given.Count;
        }
        else
        {
            _given[place - 1] = (value, location);
        }
    }

    /// <summary>Forgets all values.</summary>
    public void Reset()
    {
        Array.Clear(_places);
        _given.Clear();
    }

    public void Clear(Keyword keyword)
    {
        if (_places[keyword.Ordinal] is var place and > 0)
            _given[place - 1] = default;
    }

    private object? ValueOf(Keyword keyword) => _places[keyword.Ordinal] is var place and > 0 ? _given[place - 1].Value : null;
}
