using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Keepalived.Checkers.Http;

/// <summary>
/// Patterns in the syntax of PCRE2, which keepalived's configuration uses, in .NET's. Both agree in most; this translates the rest, and
/// refuses what cannot be said: recursion, conditions, verbs, <c>\K</c>. Text is bytes, a character each (ISO 8859-1), and classes such as
/// <c>\w</c> know ASCII only, as PCRE2 without <c>ucp</c> does.
/// </summary>
public static class PcrePattern
{
    // What does not change whether a pattern matches: hints for its compiler, and permissions.
    private static readonly HashSet<string> Hints = new(StringComparer.Ordinal)
    {
        "allow_empty_class", "alt_bsux", "alt_circumflex", "alt_verbnames", "auto_callout", "dupnames", "match_unset_backref",
        "never_backslash_c", "never_ucp", "never_utf", "no_auto_possess", "no_dotstar_anchor", "no_start_optimize", "ucp",
        "use_offset_limit", "utf",
    };

    /// <summary>Translates a pattern.</summary>
    /// <param name="pattern">In the syntax of PCRE2.</param>
    /// <param name="words">Options as keepalived names them (<c>regex_options</c>): <c>caseless</c>, <c>dotall</c> ...</param>
    /// <param name="options">The options for .NET.</param>
    /// <returns>The pattern in .NET's syntax.</returns>
    /// <exception cref="ArgumentException">It has no translation; the message says what is to blame.</exception>
    public static string Translate(string pattern, IReadOnlyCollection<string> words, out RegexOptions options)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(words);
        options = RegexOptions.None;
        foreach (var word in words)
        {
            options |= word switch
            {
                "caseless" => RegexOptions.IgnoreCase,
                "dotall" => RegexOptions.Singleline,
                "multiline" => RegexOptions.Multiline,
                "extended" => RegexOptions.IgnorePatternWhitespace,
                "no_auto_capture" => RegexOptions.ExplicitCapture,
                "dollar_endonly" or "ungreedy" => RegexOptions.None,
                _ when Hints.Contains(word) => RegexOptions.None,
                _ => throw new ArgumentException($"the regex option {word} is not supported"),
            };
        }

        return new Translator(
            Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(pattern)),
            extended: words.Contains("extended"),
            ungreedy: words.Contains("ungreedy"),
            endOnly: words.Contains("dollar_endonly") && !words.Contains("multiline")).Run();
    }

    private sealed class Translator(string pattern, bool extended, bool ungreedy, bool endOnly)
    {
        private readonly StringBuilder _out = new(pattern.Length + 16);
        private readonly Stack<int> _groups = new();
        private int _at;
        private int _atom = -1; // where in the output what a quantifier applies to begins

        public string Run()
        {
            while (_at < pattern.Length)
                Next();
            return _out.ToString();
        }

        private void Next()
        {
            var c = pattern[_at];
            switch (c)
            {
                case '\\':
                    Escape();
                    break;
                case '[':
                    Atom();
                    new ByteClass(pattern, ref _at).AppendTo(_out);
                    break;
                case '(':
                    Open();
                    break;
                case ')':
                    _atom = _groups.TryPop(out var start) ? start : -1;
                    _out.Append(c);
                    _at++;
                    break;
                case '*' or '+' or '?':
                    _at++;
                    Quantify(c.ToString());
                    break;
                case '{' when IsQuantifier(out var length):
                    _at += length;
                    Quantify(pattern.Substring(_at - length, length));
                    break;
                case '$' when endOnly:
                    Emit("\\z", 1);
                    break;
                case '#' when extended:
                    var end = pattern.IndexOf('\n', _at);
                    _at = end < 0 ? pattern.Length : end + 1;
                    break;
                case '{' or '}':
                    Emit("\\" + c, 1);
                    break;
                default:
                    Emit(c < 0x80 ? c.ToString() : Hex(c), 1);
                    break;
            }
        }

        private void Atom() => _atom = _out.Length;

        private void Emit(string text, int consumed)
        {
            Atom();
            _out.Append(text);
            _at += consumed;
        }

        private bool IsQuantifier(out int length)
        {
            var match = Regex.Match(pattern[_at..Math.Min(pattern.Length, _at + 16)], @"^\{\d+(,\d*)?\}");
            length = match.Length;
            return match.Success;
        }

        private void Quantify(string quantifier)
        {
            var suffix = _at < pattern.Length ? pattern[_at] : '\0';
            if (suffix == '+')
            {
                // Possessive: what it took it does not give back.
                if (_atom < 0)
                    throw Unsupported("a quantifier of nothing");
                _at++;
                _out.Insert(_atom, "(?>").Append(quantifier).Append(')');
                return;
            }

            var isLazy = suffix == '?';
            if (isLazy)
                _at++;
            _out.Append(quantifier);
            if (isLazy != ungreedy)
                _out.Append('?');
        }

        private void Open()
        {
            var rest = pattern.AsSpan(_at);
            if (rest.StartsWith("(?#"))
            {
                var end = pattern.IndexOf(')', _at);
                _at = end < 0 ? throw Unsupported("a comment without end") : end + 1;
                return;
            }

            _groups.Push(_out.Length);
            if (rest.StartsWith("(*") || rest.StartsWith("(?|") || rest.StartsWith("(?(") || rest.StartsWith("(?R")
                || rest.StartsWith("(?&") || rest.StartsWith("(?P>") || rest.StartsWith("(?C") || (rest.Length > 2 && rest[1] == '?' && IsRecursion(rest[2..])))
                throw Unsupported(rest[..Math.Min(4, rest.Length)].ToString());
            if (rest.StartsWith("(?P="))
            {
                var end = pattern.IndexOf(')', _at);
                if (end < 0)
                    throw Unsupported("(?P= without end");
                _groups.Pop();
                Emit($"\\k<{pattern[(_at + 4)..end]}>", end + 1 - _at);
                return;
            }

            if (rest.StartsWith("(?P<"))
            {
                _out.Append("(?<");
                _at += 4;
                return;
            }

            // The letters after (? are options, or what kind of group it is: no quantifiers.
            var head = rest.StartsWith("(?") ? 2 : 1;
            _out.Append(rest[..head]);
            _at += head;
            while (head == 2 && _at < pattern.Length && pattern[_at] is var c and not (')' or '(' or '[' or '\\'))
            {
                if (c is 'J' or 'U')
                    throw Unsupported($"(?{c}");
                _out.Append(c);
                _at++;
                if (c is ':' or '=' or '!' or '>')
                    break;
            }

            _atom = -1;
        }

        private static bool IsRecursion(ReadOnlySpan<char> rest) =>
            char.IsAsciiDigit(rest[0]) || (rest.Length > 1 && rest[0] is '+' or '-' && char.IsAsciiDigit(rest[1]));

        private void Escape()
        {
            if (_at + 1 >= pattern.Length)
                throw Unsupported("a backslash at the end");
            var c = pattern[_at + 1];
            switch (c)
            {
                case 'Q':
                    var end = pattern.IndexOf("\\E", _at, StringComparison.Ordinal);
                    var text = pattern[(_at + 2)..(end < 0 ? pattern.Length : end)];
                    Emit(string.Concat(text.Select(Hex)), end < 0 ? pattern.Length - _at : end + 2 - _at);
                    break;
                case 'E':
                    _at += 2;
                    break;
                case 'K' or 'X' or 'C' or 'p' or 'P':
                    throw Unsupported($"\\{c}");
                case 'R':
                    Emit("(?:\\r\\n|[\\n\\x0b\\f\\r\\x85])", 2);
                    break;
                case 'N':
                    Emit("[^\\n]", 2);
                    break;
                case 'd' or 'D' or 'w' or 'W' or 's' or 'S' or 'h' or 'H' or 'v' or 'V':
                    Atom();
                    ByteClass.OfEscape(c).AppendTo(_out);
                    _at += 2;
                    break;
                case 'g' or 'k':
                    Reference(c);
                    break;
                case 'x' or 'o' or '0':
                    _at++;
                    var value = ByteClass.ReadNumber(pattern, ref _at);
                    Emit(Hex(value), 0);
                    break;
                default:
                    Emit(c < 0x80 ? pattern.Substring(_at, 2) : Hex(c), 2);
                    break;
            }
        }

        // \g1 \g{1} \g{-1} \g{name} \k<name> \k'name' \k{name}
        private void Reference(char kind)
        {
            var match = Regex.Match(pattern[_at..], @"^\\(?:g(\d+)|[gk]\{(\w+)\}|k<(\w+)>|k'(\w+)')");
            if (!match.Success)
                throw Unsupported($"\\{kind} in this form");
            Emit($"\\k<{string.Concat(match.Groups.Values.Skip(1).Select(static group => group.Value))}>", match.Length);
        }

        private static string Hex(char c) => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");

        private static ArgumentException Unsupported(string what) => new($"{what} is not supported in a regex");
    }
}
