namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>All blocks and keywords.</summary>
internal static class KeywordTable
{
    private static readonly List<Keyword> All = [];

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
    public static string? BlocksWith(string word)
    {
        var names = Blocks.Where(block => block.Find(word) is not null)
            .Select(static block => block == Root ? "the file, outside any block" : block.Name).Distinct().ToList();
        return names.Count == 0 ? null : string.Join(" or ", names);
    }

    internal static int Register(Keyword keyword)
    {
        All.Add(keyword);
        return All.Count - 1;
    }
}
