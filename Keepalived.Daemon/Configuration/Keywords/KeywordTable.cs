namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>All blocks and keywords.</summary>
internal static class KeywordTable
{
    private static readonly List<Keyword> All = [];
    private static readonly Lazy<Dictionary<string, string>> BlocksByKeyword = new(FindBlocks);

    /// <summary>The keywords outside any block.</summary>
    public static KeywordBlock Root => RootKeywords.Block;

    /// <summary>All keywords, in the order of their tables.</summary>
    public static IReadOnlyList<Keyword> Keywords
    {
        get
        {
            _ = Root;
            return All;
        }
    }

    public static Keyword ById(int id) => All[id];

    /// <summary>All blocks, from the root down, each once.</summary>
    public static IEnumerable<KeywordBlock> Blocks
    {
        get
        {
            var seen = new HashSet<KeywordBlock> { Root };
            var open = new Queue<KeywordBlock>(seen);
            while (open.TryDequeue(out var block))
            {
                yield return block;
                foreach (var keyword in block.Keywords)
                {
                    if (keyword.Opens is { } inner && seen.Add(inner))
                        open.Enqueue(inner);
                }
            }
        }
    }

    /// <summary>The names of the blocks that have a keyword of this name; null if none has.</summary>
    public static string? BlocksWith(string word) => BlocksByKeyword.Value.GetValueOrDefault(word);

    internal static int Register(Keyword keyword)
    {
        All.Add(keyword);
        return All.Count - 1;
    }

    private static string TitleOf(KeywordBlock block) => block == Root ? "the file, outside any block" : block.Name;

    private static Dictionary<string, string> FindBlocks() => Blocks
        .SelectMany(static block => block.Keywords.Select(keyword => (keyword.Name, Block: TitleOf(block))))
        .GroupBy(static pair => pair.Name)
        .ToDictionary(static group => group.Key, static group => string.Join(" or ", group.Select(static pair => pair.Block).Distinct()));
}
