namespace Keepalived.Daemon.Configuration.Text;

/// <summary>The alternatives of a pattern with <c>{a,b}</c>, as glob(3) with GLOB_BRACE has them.</summary>
internal static class BraceAlternatives
{
    /// <summary>The alternatives in order; null if there are more than <see cref="ReadLimits.Alternatives"/>.</summary>
    public static List<string>? Expand(string pattern)
    {
        List<string> done = [], open = [pattern];
        while (open.Count > 0)
        {
            var next = open[^1];
            open.RemoveAt(open.Count - 1);
            if (!TryFind(next, out var start, out var parts, out var end))
            {
                done.Add(next);
            }
            else
            {
                for (var i = parts.Count - 1; i >= 0; i--)
                    open.Add(next[..start] + parts[i] + next[end..]);
            }

            if (done.Count + open.Count > ReadLimits.Alternatives)
                return null;
        }

        return done;
    }

    // Finds the first balanced pair of braces and splits its content at its own commas.
    private static bool TryFind(string pattern, out int start, out List<string> parts, out int end)
    {
        parts = [];
        end = 0;
        start = pattern.IndexOf('{', StringComparison.Ordinal);
        if (start < 0)
            return false;
        var (depth, from) = (0, start + 1);
        for (var i = start; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '{':
                    depth++;
                    break;
                case ',' when depth == 1:
                    parts.Add(pattern[from..i]);
                    from = i + 1;
                    break;
                case '}' when --depth == 0:
                    parts.Add(pattern[from..i]);
                    end = i + 1;
                    return true;
            }
        }

        return false;
    }
}
