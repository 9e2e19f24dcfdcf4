namespace Keepalived.Daemon.Configuration.Diagnostics;

/// <summary>
/// Takes passwords and keys out of source lines before anybody is shown them: what follows a word that looks like a secret's keyword,
/// rightly written or not, or a definition with such a name.
/// </summary>
internal static class SourceMask
{
    private static readonly string[] Keywords = ["auth_pass", "password", "key"];
    private static readonly string[] Parts = ["pass", "secret"];

    /// <summary>The line with what follows a secret's keyword replaced by ***.</summary>
    public static string Apply(string line)
    {
        for (var start = 0; start < line.Length;)
        {
            if (!IsNamePart(line[start]))
            {
                start++;
                continue;
            }

            var end = start;
            while (end < line.Length && IsNamePart(line[end]))
                end++;
            if (end < line.Length && IsSecret(line[start..end]))
                return string.Concat(line.AsSpan(0, end), line[end] == '=' ? "=***" : " ***");
            start = end;
        }

        return line;
    }

    private static bool IsSecret(string word) =>
        Array.Exists(Keywords, keyword => word.Equals(keyword, StringComparison.OrdinalIgnoreCase))
        || Array.Exists(Parts, part => word.Contains(part, StringComparison.OrdinalIgnoreCase))
        || (word.Length > 3 && Syntax.Suggestions.Find(word, Keywords) is not null);

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
