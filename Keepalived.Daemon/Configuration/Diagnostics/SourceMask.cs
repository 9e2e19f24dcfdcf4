namespace Keepalived.Daemon.Configuration.Diagnostics;

/// <summary>Takes passwords and keys out of source lines before anybody is shown them.</summary>
internal static class SourceMask
{
    private static readonly string[] Words = ["auth_pass", "password", "key"];

    /// <summary>The line with what follows a secret's keyword replaced by ***.</summary>
    public static string Apply(string line)
    {
        foreach (var word in Words)
        {
            for (var at = line.IndexOf(word, StringComparison.Ordinal); at >= 0; at = line.IndexOf(word, at + 1, StringComparison.Ordinal))
            {
                var end = at + word.Length;
                if ((at == 0 || !IsNamePart(line[at - 1])) && end < line.Length && !IsNamePart(line[end]))
                    return string.Concat(line.AsSpan(0, end), " ***");
            }
        }

        return line;
    }

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
