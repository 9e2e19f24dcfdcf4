namespace Keepalived.Daemon.Configuration.Text;

/// <summary>The forms <c>$NAME</c>, <c>${NAME}</c>, <c>${NAME PARAMETERS}</c> and <c>$NAME=</c>.</summary>
internal static class References
{
    public static bool IsName(ReadOnlySpan<char> text) => !text.IsEmpty && NameLength(text) == text.Length;

    /// <summary>The length of the name that <paramref name="text"/> begins with; 0 if it begins with none.</summary>
    public static int NameLength(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !(char.IsAsciiLetter(text[0]) || text[0] == '_'))
            return 0;
        var length = 1;
        while (length < text.Length && (char.IsAsciiLetterOrDigit(text[length]) || text[length] == '_'))
            length++;
        return length;
    }

    /// <summary>Parses the reference that <paramref name="text"/>, starting with a dollar sign, begins with.</summary>
    /// <param name="text">The line from the dollar sign on.</param>
    /// <param name="name">The name.</param>
    /// <param name="parameters">What stands between the name and the closing brace, outer blanks at its start removed.</param>
    /// <param name="length">The length of the whole reference.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out ReadOnlySpan<char> name, out ReadOnlySpan<char> parameters, out int length)
    {
        name = parameters = default;
        length = 0;
        if (text.Length < 2)
            return false;
        if (text[1] == '{')
        {
            var close = text.IndexOf('}');
            if (close < 0)
                return false;
            var content = text[2..close];
            var nameLength = NameLength(content);
            name = content[..nameLength];
            parameters = content[nameLength..];
            length = close + 1;
            if (nameLength == 0 || (!parameters.IsEmpty && !AreParameters(parameters)))
                return false;
            parameters = parameters.TrimStart(" \t");
            return true;
        }

        var plain = NameLength(text[1..]);
        name = text.Slice(1, plain);
        length = plain + 1;
        return plain > 0 && (length == text.Length || text[length] is ' ' or '\t' or ',' or ')');
    }

    private static bool AreParameters(ReadOnlySpan<char> text)
    {
        if (text[0] is not (' ' or '\t') || text[^1] is ' ' or '\t')
            return false;
        foreach (var c in text)
        {
            if (!(char.IsAsciiLetterOrDigit(c) || c is '_' or ' ' or '\t'))
                return false;
        }

        return true;
    }
}
