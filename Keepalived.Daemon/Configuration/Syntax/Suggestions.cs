namespace Keepalived.Daemon.Configuration.Syntax;

/// <summary>Finds the word that was probably meant.</summary>
internal static class Suggestions
{
    private const int MaxLength = 64;

    /// <summary>The nearest candidate by edit distance, if it is near enough for the word's length; null otherwise.</summary>
    public static string? Find(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > MaxLength)
            return null;
        var best = (Distance: Math.Max(1, word.Length / 3) + 1, Candidate: (string?)null);
        foreach (var candidate in candidates)
        {
            if (candidate.Length > MaxLength || Math.Abs(candidate.Length - word.Length) >= best.Distance)
                continue;
            var distance = Distance(word, candidate);
            if (distance < best.Distance)
                best = (distance, candidate);
        }

        return best.Candidate;
    }

    /// <summary>
    /// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other; case counts for nothing.
    /// </summary>
    internal static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        Span<int> rows = stackalloc int[3 * (MaxLength + 1)];
        var before = rows[..(MaxLength + 1)];
        var last = rows.Slice(MaxLength + 1, MaxLength + 1);
        var current = rows[(2 * (MaxLength + 1))..];
        for (var j = 0; j <= b.Length; j++)
            last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(last[j] + 1, current[j - 1] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
            }

            var free = before;
            before = last;
            last = current;
            current = free;
        }

        return last[b.Length];
    }
}
