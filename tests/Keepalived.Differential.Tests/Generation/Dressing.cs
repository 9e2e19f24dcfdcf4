using System.Text;
using Keepalived.Differential.Tests.Cases;

namespace Keepalived.Differential.Tests.Generation;

/// <summary>Writes a text differently without changing what it means.</summary>
internal static class Dressing
{
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public static string Apply(string text, Random random, List<CaseFile> files)
    {
        for (var count = random.Next(0, 4); count > 0; count--)
        {
            text = random.Next(8) switch
            {
                0 => Define(text, random),
                1 => DefineWord(text, random),
                2 => Generate(text, random),
                3 => Include(text, random, files),
                4 => EachLine(text, random, static line => $"@^nobody {line}"),
                5 => EachLine(text, random, static line => $"\t {line}  # comment"),
                6 => text.Replace("\n", "\r\n", StringComparison.Ordinal),
                _ => text.Replace(" {\n", "\n{\n", StringComparison.Ordinal),
            };
        }
        return text;
    }

    private static string Define(string text, Random random) => ReplaceLine(text, random, static line => $"$LINE={line}\n$LINE");

    private static string DefineWord(string text, Random random) => ReplaceLine(text, random, line =>
    {
        var words = line.Trim().Split(' ');
        if (words.Length < 2 || words[^1].IndexOfAny(['{', '}', '"', '$']) >= 0)
            return line;
        return $"$WORD={words[^1]}\n{string.Join(' ', words[..^1])} ${{WORD}}";
    });

    private static string Generate(string text, Random random) => ReplaceLine(text, random, static line => $"~SEQ(SEQ,1,1) {line.Trim()}");

    // Some lines go to a file of their own.
    private static string Include(string text, Random random, List<CaseFile> files)
    {
        var lines = text.Split('\n');
        var start = random.Next(lines.Length);
        var count = random.Next(1, lines.Length - start + 1);
        var path = $"part{files.Count}.inc";
        files.Add(new CaseFile(path, Plain, Encoding.UTF8.GetBytes(string.Join('\n', lines[start..(start + count)]) + "\n")));
        return string.Join('\n', [.. lines[..start], $"include {path}", .. lines[(start + count)..]]);
    }

    private static string EachLine(string text, Random random, Func<string, string> change) =>
        string.Join('\n', text.Split('\n').Select(line => IsOrdinary(line) && random.Next(4) == 0 ? change(line.Trim()) : line));

    private static string ReplaceLine(string text, Random random, Func<string, string> change)
    {
        var lines = text.Split('\n');
        var at = random.Next(lines.Length);
        if (IsOrdinary(lines[at]))
            lines[at] = change(lines[at].TrimEnd('\r'));
        return string.Join('\n', lines);
    }

    private static bool IsOrdinary(string line) =>
        line.Trim() is { Length: > 0 } text && text[0] is not ('$' or '~' or '@' or '#') && !text.EndsWith('\\');
}
