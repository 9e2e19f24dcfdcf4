using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>
/// The values of one block, by keyword. Of the many that a kind of block has, most blocks give few. What has been made for one block serves
/// the next when the values are used again.
/// </summary>
internal sealed class BlockValues(KeywordBlock block)
{
    /// <summary>For each keyword the place of its value, from 1; 0 where none was ever given.</summary>
    private readonly ushort[] _places = new ushort[block.Keywords.Count];
    private readonly List<GivenValue> _given = [];

    public KeywordBlock Block => block;

    /// <summary>The name in the block's head; empty if it has none.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Where the block stands.</summary>
    public SourceLocation Location { get; set; }

    /// <summary>The second word of the block's head; empty if it has none.</summary>
    public string SecondName { get; init; } = string.Empty;

    /// <summary>Whether the configuration gave a value.</summary>
    public bool Has(Keyword keyword) => At(keyword) is { IsGiven: true };

    /// <summary>Where it gave it; the block's place if it did not.</summary>
    public SourceLocation LocationOf(Keyword keyword) => At(keyword) is { IsGiven: true } given ? given.Location : Location;

    /// <summary>The value, or the keyword's default.</summary>
    public T? Get<T>(Keyword<T> keyword) => At(keyword) is GivenValue<T> { IsGiven: true } given ? given.Value : keyword.Standard;

    /// <summary>The value; null if the configuration gave none.</summary>
    public T? Find<T>(Keyword<T> keyword)
        where T : struct => At(keyword) is GivenValue<T> { IsGiven: true } given ? given.Value : null;

    public void Set<T>(Keyword<T> keyword, T value, SourceLocation location)
    {
        if (At(keyword) is not GivenValue<T> given)
        {
            _given.Add(given = new GivenValue<T>());
            _places[keyword.Ordinal] = (ushort)_given.Count;
        }

        given.Set(value, location);
    }

    /// <summary>Forgets all values.</summary>
    public void Reset()
    {
        foreach (var given in _given)
            given.Forget();
    }

    public void Clear(Keyword keyword) => At(keyword)?.Forget();

    private GivenValue? At(Keyword keyword) => _places[keyword.Ordinal] is var place and > 0 ? _given[place - 1] : null;
}
