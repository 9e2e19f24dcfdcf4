using System.Text;

namespace Keepalived.Daemon.Configuration.Sources;

/// <summary>
/// Finds the paths that match a pattern of glob(7): <c>*</c>, <c>?</c>, <c>[...]</c> and backslash, component by component.
/// </summary>
internal sealed class PathPattern(string pattern, string directory)
{
    private const int MaxMatches = 100_000;

    private readonly List<string> _matches = [];

    /// <summary>The matches in ordinal order; empty if nothing matches.</summary>
    public IReadOnlyList<string> Find()
    {
        if (pattern.Length == 0 || pattern.Contains('\0', StringComparison.Ordinal))
            return [];
        var absolute = pattern[0] == '/';
        Walk(absolute ? "/" : string.Empty, pattern.AsSpan().TrimStart('/'));
        _matches.Sort(string.CompareOrdinal);
        return _matches;
    }

    /// <summary>Whether <paramref name="text"/> has a wildcard.</summary>
    public static bool HasWildcard(ReadOnlySpan<char> text) => text.ContainsAny('*', '?', '[');

    private void Walk(string prefix, ReadOnlySpan<char> rest)
    {
        var slash = rest.IndexOf('/');
        var component = slash < 0 ? rest : rest[..slash];
        var next = slash < 0 ? default : rest[slash..].TrimStart('/');
        var last = slash < 0 || next.IsEmpty;
        if (!HasWildcard(component))
        {
            var path = prefix + Unescape(component);
            if (last ? Path.Exists(Full(path)) : Directory.Exists(Full(path)))
                Continue(path, next, last, slash >= 0);
            return;
        }

        foreach (var name in List(Full(prefix)))
        {
            if (_matches.Count >= MaxMatches)
                return;
            if (Matches(component, name)
                && (last ? slash < 0 || Directory.Exists(Full(prefix + name)) : Directory.Exists(Full(prefix + name))))
                Continue(prefix + name, next, last, slash >= 0);
        }
    }

    private void Continue(string path, ReadOnlySpan<char> next, bool last, bool trailingSlash)
    {
        if (last)
            _matches.Add(trailingSlash ? path + "/" : path);
        else
            Walk(path + "/", next);
    }

    private string Full(string path) => Path.Combine(directory, path);

    private static List<string> List(string path)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(path).Select(static entry => Path.GetFileName(entry)).ToList();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As glob(3) without GLOB_ERR: a directory that cannot be listed matches nothing.
            return [];
        }
    }

    private static string Unescape(ReadOnlySpan<char> component)
    {
        if (!component.Contains('\\'))
            return component.ToString();
        var text = new StringBuilder();
        for (var i = 0; i < component.Length; i++)
        {
            if (component[i] == '\\' && i + 1 < component.Length)
                i++;
            text.Append(component[i]);
        }

        return text.ToString();
    }

    /// <summary>Matches one component; linear in the product of both lengths, whatever the pattern.</summary>
    internal static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        if (name.StartsWith('.') && !pattern.StartsWith('.') && !pattern.StartsWith("\\."))
            return false;
        int p = 0, n = 0, star = -1, mark = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, n);
            }
            else if (p < pattern.Length && MatchOne(pattern, p, name[n], out var after))
            {
                (p, n) = (after, n + 1);
            }
            else if (star >= 0)
            {
                (p, n) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }

    private static bool MatchOne(ReadOnlySpan<char> pattern, int at, char c, out int after)
    {
        after = at + 1;
        switch (pattern[at])
        {
            case '?':
                return true;
            case '\\' when at + 1 < pattern.Length:
                after = at + 2;
                return pattern[at + 1] == c;
            case '[' when TryMatchSet(pattern, at, c, out after, out var matches):
                return matches;
            default:
                after = at + 1;
                return pattern[at] == c;
        }
    }

    private static bool TryMatchSet(ReadOnlySpan<char> pattern, int at, char c, out int after, out bool matches)
    {
        var i = at + 1;
        var negated = i < pattern.Length && pattern[i] is '!' or '^';
        if (negated)
            i++;
        matches = false;
        for (var first = true; i < pattern.Length && (first || pattern[i] != ']'); first = false)
        {
            var low = pattern[i++];
            var high = low;
            if (i + 1 < pattern.Length && pattern[i] == '-' && pattern[i + 1] != ']')
            {
                high = pattern[i + 1];
                i += 2;
            }

            matches |= c >= low && c <= high;
        }

        after = i + 1;
        matches ^= negated;
        return i < pattern.Length;
    }
}
