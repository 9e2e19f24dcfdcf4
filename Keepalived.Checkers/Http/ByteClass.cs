using System.Collections;
using System.Globalization;
using System.Text;

namespace Keepalived.Checkers.Http;

/// <summary>A character class of PCRE2 as the set of bytes that it stands for.</summary>
internal sealed class ByteClass
{
    private const int Size = 256;
    private readonly BitArray _bytes = new(Size);

    private ByteClass()
    {
    }

    /// <summary>Reads <c>[...]</c>.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="at">Where the bracket is; then, what follows the class.</param>
    /// <exception cref="ArgumentException">The class does not end, or is none.</exception>
    public ByteClass(string pattern, ref int at)
    {
        at++;
        var negated = at < pattern.Length && pattern[at] == '^';
        if (negated)
            at++;
        for (var isFirst = true; ; isFirst = false)
        {
            if (at >= pattern.Length)
                throw new ArgumentException("a character class does not end");
            if (pattern[at] == ']' && !isFirst)
                break;
            if (TryReadSet(pattern, ref at) is { } set)
            {
                _bytes.Or(set._bytes);
                continue;
            }

            var first = ReadOne(pattern, ref at);
            var last = first;
            if (at + 1 < pattern.Length && pattern[at] == '-' && pattern[at + 1] != ']')
            {
                at++;
                last = ReadOne(pattern, ref at);
            }

            if (last < first)
                throw new ArgumentException($"the range {first}-{last} of a character class is empty");
            Add(first, last);
        }

        at++;
        if (negated)
            _bytes.Not();
    }

    /// <summary>The class of <c>\d</c>, <c>\W</c> and the like.</summary>
    public static ByteClass OfEscape(char letter)
    {
        var set = char.ToLowerInvariant(letter) switch
        {
            'd' => OfName("digit"),
            'w' => OfName("word"),
            's' => OfName("space"),
            'h' => OfName("blank").Add('\u00a0', '\u00a0'),
            _ => new ByteClass().Add('\n', '\r').Add('\u0085', '\u0085'),
        };
        return char.IsAsciiLetterUpper(letter) ? set.Negate() : set;
    }

    /// <summary>Reads the number of <c>\xhh</c>, <c>\x{hh}</c>, <c>\o{ddd}</c>, <c>\0dd</c>.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="at">Where the letter is; then, what follows the number.</param>
    /// <exception cref="ArgumentException">It is no byte.</exception>
    public static char ReadNumber(string pattern, ref int at)
    {
        var radix = pattern[at] == 'x' ? 16 : 8;
        var isZero = pattern[at] == '0';
        at++;
        var isBraced = !isZero && at < pattern.Length && pattern[at] == '{';
        if (isBraced)
            at++;
        var value = 0;
        for (var digits = 0; at < pattern.Length && (isBraced || digits < 2) && Worth(pattern[at]) < radix && value < Size; digits++)
            value = (value * radix) + Worth(pattern[at++]);
        if (isBraced && (at >= pattern.Length || pattern[at++] != '}'))
            throw new ArgumentException("a number in braces does not end");
        return value < Size ? (char)value : throw new ArgumentException($"\\x{{{value:x}}} is more than a byte");

        static int Worth(char c) => char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : int.MaxValue;
    }

    /// <summary>Writes the class in .NET's syntax.</summary>
    public void AppendTo(StringBuilder text)
    {
        text.Append('[');
        var isEmpty = true;
        for (var first = 0; first < Size; first++)
        {
            if (!_bytes[first])
                continue;
            var last = first;
            while (last + 1 < Size && _bytes[last + 1])
                last++;
            text.Append(CultureInfo.InvariantCulture, $"\\x{first:x2}-\\x{last:x2}");
            (first, isEmpty) = (last, false);
        }

        // What no byte is.
        text.Append(isEmpty ? "\\u0100]" : "]");
    }

    private static ByteClass? TryReadSet(string pattern, ref int at)
    {
        var rest = pattern.AsSpan(at);
        if (rest.StartsWith("[:") && rest.IndexOf(":]", StringComparison.Ordinal) is var end and > 0)
        {
            var name = rest[2..end];
            at += end + 2;
            return name.StartsWith("^") ? OfName(name[1..].ToString()).Negate() : OfName(name.ToString());
        }

        if (rest.Length > 1 && rest[0] == '\\' && rest[1] is 'd' or 'D' or 'w' or 'W' or 's' or 'S' or 'h' or 'H' or 'v' or 'V')
        {
            at += 2;
            return OfEscape(rest[1]);
        }

        return null;
    }

    private static char ReadOne(string pattern, ref int at)
    {
        var c = pattern[at++];
        if (c != '\\' || at >= pattern.Length)
            return c;
        c = pattern[at];
        if (c is 'x' or 'o' or '0')
            return ReadNumber(pattern, ref at);
        at++;
        return c switch
        {
            'a' => '\a',
            'b' => '\b',
            'e' => '\u001b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ when char.IsAsciiLetterOrDigit(c) => throw new ArgumentException($"\\{c} is not supported in a character class"),
            _ => c,
        };
    }

    private static ByteClass OfName(string name)
    {
        var set = new ByteClass();
        return name switch
        {
            "alnum" => set.Add('0', '9').Add('A', 'Z').Add('a', 'z'),
            "alpha" => set.Add('A', 'Z').Add('a', 'z'),
            "ascii" => set.Add('\0', '\u007f'),
            "blank" => set.Add(' ', ' ').Add('\t', '\t'),
            "cntrl" => set.Add('\0', '\u001f').Add('\u007f', '\u007f'),
            "digit" => set.Add('0', '9'),
            "graph" => set.Add('!', '~'),
            "lower" => set.Add('a', 'z'),
            "print" => set.Add(' ', '~'),
            "punct" => set.Add('!', '/').Add(':', '@').Add('[', '`').Add('{', '~'),
            "space" => set.Add('\t', '\r').Add(' ', ' '),
            "upper" => set.Add('A', 'Z'),
            "word" => set.Add('0', '9').Add('A', 'Z').Add('a', 'z').Add('_', '_'),
            "xdigit" => set.Add('0', '9').Add('A', 'F').Add('a', 'f'),
            _ => throw new ArgumentException($"[:{name}:] is no character class"),
        };
    }

    private ByteClass Add(char first, char last)
    {
        for (int c = first; c <= last; c++)
            _bytes[c] = true;
        return this;
    }

    private ByteClass Negate()
    {
        _bytes.Not();
        return this;
    }
}
