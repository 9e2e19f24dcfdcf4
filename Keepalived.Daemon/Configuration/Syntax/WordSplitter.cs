namespace Keepalived.Daemon.Configuration.Syntax;

/// <summary>Splits a line into words: blanks separate, double quotes keep together and also end a word.</summary>
internal static class WordSplitter
{
    /// <summary>Finds the next word from <paramref name="at"/> on; false at the end, or at a quote that is not closed.</summary>
    public static bool TryNext(ReadOnlySpan<char> text, ref int at, out int start, out int length)
    {
        while (at < text.Length && IsBlank(text[at]))
            at++;
        (start, length) = (at, 0);
        if (at >= text.Length)
            return false;
        if (text[at] == '"')
        {
            length = text[(at + 1)..].IndexOf('"');
            start = at + 1;
            if (length < 0)
            {
                at = text.Length;
                return false;
            }

            at = start + length + 1;
            return true;
        }

        while (at < text.Length && text[at] != '"' && !IsBlank(text[at]))
            at++;
        length = at - start;
        return true;
    }

    private static bool IsBlank(char c) => c is ' ' or (>= '\t' and <= '\r');
}
