using System.Text;
using Keepalived.Daemon.Configuration.Text;

namespace Keepalived.Daemon.Configuration.Scripts;

/// <summary>
/// Splits the lines of scripts, twice: first the line into words, where quotes keep together and are removed; then the command into its
/// arguments, where escapes count too, within quotes as well.
/// </summary>
internal static class ScriptCommandLine
{
    /// <summary>Splits a line: keyword, command, user, group. False if a quote is not closed.</summary>
    public static bool TrySplitOuter(ReadOnlySpan<char> line, out List<string> words)
    {
        words = [];
        var word = new StringBuilder();
        var inWord = false;
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '\\' && i + 1 < line.Length)
            {
                word.Append(c).Append(line[++i]);
                inWord = true;
            }
            else if (quote != 0 ? c == quote : c is '"' or '\'')
            {
                // A quote of the other kind within the command belongs to the arguments.
                quote = quote != 0 ? '\0' : c;
                inWord = true;
            }
            else if (quote == 0 && c is ' ' or '\t')
            {
                Take(words, word, ref inWord);
            }
            else
            {
                word.Append(c);
                inWord = true;
            }
        }

        Take(words, word, ref inWord);
        return quote == 0;
    }

    /// <summary>Splits a command into its arguments. False if a quote is not closed or a backslash is last.</summary>
    public static bool TrySplitArguments(string command, out List<string> arguments)
    {
        arguments = [];
        var word = new StringBuilder();
        var inWord = false;
        var quote = '\0';
        for (var i = 0; i < command.Length; i++)
        {
            var c = command[i];
            if (c == '\\')
            {
                if (++i == command.Length)
                    return false;
                word.Append(Unescape(command, ref i));
                inWord = true;
            }
            else if (quote != 0 ? c == quote : c is '"' or '\'')
            {
                quote = quote != 0 ? '\0' : c;
                inWord = true;
            }
            else if (quote == 0 && c is ' ' or '\t')
            {
                Take(arguments, word, ref inWord);
            }
            else
            {
                word.Append(c);
                inWord = true;
            }
        }

        Take(arguments, word, ref inWord);
        for (var i = 0; i < arguments.Count; i++)
            arguments[i] = TextEncoding.ToText(arguments[i]);
        return quote == 0;
    }

    // The character that the escape at command[i] (after the backslash) stands for; i moves to its last character.
    private static char Unescape(string command, ref int i)
    {
        switch (command[i])
        {
            case 'a':
                return '\a';
            case 'b':
                return '\b';
            case 'E':
                return '\x1b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'v':
                return '\v';
            case >= '0' and <= '7':
                var octal = 0;
                var end = Math.Min(command.Length, i + 3);
                for (; i < end && command[i] is >= '0' and <= '7'; i++)
                    octal = (octal * 8) + (command[i] - '0');
                i--;
                return (char)(octal & 0xff);
            case 'x' when i + 1 < command.Length && char.IsAsciiHexDigit(command[i + 1]):
                var length = i + 2 < command.Length && char.IsAsciiHexDigit(command[i + 2]) ? 2 : 1;
                var hex = (char)Convert.ToInt32(command.Substring(i + 1, length), 16);
                i += length;
                return hex;
            case 'c' when i + 1 < command.Length:
                return (char)(command[++i] & 0x1f);
            default:
                return command[i];
        }
    }

    private static void Take(List<string> words, StringBuilder word, ref bool inWord)
    {
        if (inWord)
            words.Add(word.ToString());
        word.Clear();
        inWord = false;
    }
}
