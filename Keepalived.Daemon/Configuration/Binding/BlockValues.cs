using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>The values of one block, by keyword.</summary>
internal sealed class BlockValues(KeywordBlock block)
{
    private readonly object?[] _values = new object?[block.Keywords.Count];
    private readonly SourceLocation[] _locations = new SourceLocation[block.Keywords.Count];

    public KeywordBlock Block => block;

    /// <summary>The name in the block's head; empty if it has none.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Where the block stands.</summary>
    public SourceLocation Location { get; set; }

    /// <summary>The second word of the block's head; empty if it has none.</summary>
    public string SecondName { get; init; } = string.Empty;

    /// <summary>Whether the configuration gave a value.</summary>
    public bool Has(Keyword keyword) => _values[keyword.Ordinal] is not null;

    /// <summary>Where it gave it; the block's place if it did not.</summary>
    public SourceLocation LocationOf(Keyword keyword) => Has(keyword) ? _locations[keyword.Ordinal] : Location;

    /// <summary>The value, or the keyword's default.</summary>
    public T? Get<T>(Keyword<T> keyword) => _values[keyword.Ordinal] is T value ? value : keyword.Standard;

    /// <summary>The value; null if the configuration gave none.</summary>
    public T? Find<T>(Keyword<T> keyword)
        where T : struct => _values[keyword.Ordinal] is T value ? value : null;

    public void Set<T>(Keyword<T> keyword, T value, SourceLocation location)
    {
        _values[keyword.Ordinal] = value;
        _locations[keyword.Ordinal] = location;
    }

    /// <summary>Forgets all values.</summary>
    public void Reset() => Array.Clear(_values);

    public void Clear(Keyword keyword) => _values[keyword.Ordinal] = null;
}
