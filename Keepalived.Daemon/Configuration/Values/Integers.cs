namespace Keepalived.Daemon.Configuration.Values;

/// <summary>Reads whole numbers as strtol does, without its way of saying that something was wrong.</summary>
internal static class Integers
{
    private const long Cap = long.MaxValue / 16;

    /// <summary>The number that <paramref name="text"/> begins with: an optional sign and decimal digits; 0 if there are none.</summary>
    public static long Parse(ReadOnlySpan<char> text, out int used, out bool overflow)
    {
        long value = 0;
        overflow = false;
        var negative = text.StartsWith('-');
        var at = negative || text.StartsWith('+') ? 1 : 0;
        var first = at;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
        {
            if (value < Cap)
                value = (value * 10) + (text[at] - '0');
            else
                overflow = true;
        }

        used = at > first ? at : 0;
        return negative ? -value : value;
    }

    /// <summary>A number in any C base: decimal, 0x hexadecimal, leading 0 octal. False unless all of the text is one.</summary>
    public static bool TryParseAnyBase(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        var negative = text.StartsWith('-');
        if (negative || text.StartsWith('+'))
            text = text[1..];
        var radix = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? 16 : text.Length > 1 && text[0] == '0' ? 8 : 10;
        var digits = text[(radix == 16 ? 2 : radix == 8 ? 1 : 0)..];
        if (digits.IsEmpty)
            return false;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiHexDigit(c) ? char.ToLowerInvariant(c) - 'a' + 10 : radix;
            if (digit >= radix || value > Cap)
                return false;
            value = (value * radix) + digit;
        }

        value = negative ? -value : value;
        return true;
    }
}
