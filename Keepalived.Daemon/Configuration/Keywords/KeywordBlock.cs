using Keepalived.Daemon.Configuration.Values;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>A block of the configuration and the keywords in it; or a list, whose lines have no keywords.</summary>
internal sealed class KeywordBlock(string name, KeywordStatus status = KeywordStatus.Active, bool isList = false)
{
    private readonly Dictionary<string, Keyword> _byName = [];
    private readonly List<Keyword> _keywords = [];

    public string Name => name;

    /// <summary>Whether its lines are entries instead of keywords.</summary>
    public bool IsList => isList;

    /// <summary>The status of its keywords where they do not say otherwise.</summary>
    public KeywordStatus Status => status;

    public IReadOnlyList<Keyword> Keywords => _keywords;

    public IEnumerable<string> Names => _byName.Keys;

    public Keyword? Find(ReadOnlySpan<char> word) =>
        _byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var keyword) ? keyword : null;

    public Keyword? Find(string word) => _byName.GetValueOrDefault(word);

    /// <summary>Adds a keyword.</summary>
    public Keyword<T> Add<T>(
        string word,
        ValueSyntax<T> syntax,
        string help,
        T? standard = default,
        string? fallback = null,
        string? unit = null,
        string? since = null,
        string? replacedBy = null,
        bool deprecationIsFault = false,
        WithoutParameter? without = null,
        Repetition repeat = Repetition.LastWins,
        KeywordStatus? active = null,
        bool takesParameters = false,
        bool directive = false,
        bool streamed = false,
        Keyword<T>? synonym = null)
    {
        var keyword = new Keyword<T>(this, word, syntax, help)
        {
            Standard = standard,
            Synonym = synonym,
            Opens = syntax.Block,
            ReadsRawText = syntax.ReadsRawText,
            Default = fallback ?? syntax.Format(standard),
            Unit = unit ?? syntax.Unit,
            Since = since,
            ReplacedBy = replacedBy,
            DeprecationIsFault = deprecationIsFault,
            WithoutParameter = without ?? syntax.WithoutParameter,
            Repetition = repeat,
            Status = active ?? status,
            TakesParameters = takesParameters,
            IsReaderDirective = directive,
            IsStreamed = streamed,
        };
        _keywords.Add(keyword);
        _byName.Add(word, keyword);
        return keyword;
    }

    public override string ToString() => name;
}
