namespace Keepalived.Differential.Tests.Generation;

/// <summary>Makes a mistake or two, of those that people make.</summary>
internal static class Breaking
{
    private static readonly string[] Numbers =
        [
        "0", "-1", "1", "255", "256", "65535", "65536", "2147483648", "4294967296", "0x10", "010",
        "1.5", "1x", "x", "\"\"", "+1", "99999999999999999999",
        ];

    private static readonly string[] Fragments =
        ["{", "}", "\"", "#", "!", "\\", " ", "\t", "\n", "$X", "${X}", "@x ", "~SEQ(I,2) ", "include x\n", "foo ", "'"];

    public static string Apply(string text, Random random)
    {
        for (var count = random.Next(1, 3); count > 0 && text.Length > 0; count--)
        {
            text = random.Next(9) switch
            {
                0 => text.Remove(random.Next(text.Length), 1),
                1 => text.Insert(random.Next(text.Length), Fragments[random.Next(Fragments.Length)]),
                2 => OnLines(text, random, static (lines, at, _) => lines.RemoveAt(at)),
                3 => OnLines(text, random, static (lines, at, random) => lines.Insert(random.Next(lines.Count), lines[at])),
                4 => OnLines(text, random, static (lines, at, random) =>
                {
                    var line = lines[at];
                    lines.RemoveAt(at);
                    lines.Insert(random.Next(lines.Count + 1), line);
                }),
                5 or 6 => OnLines(text, random, static (lines, at, random) => lines[at] = ChangeWord(lines[at], random)),
                7 => OnLines(text, random, static (lines, at, random) => lines[at] = DropWord(lines[at], random)),
                _ => text[..random.Next(text.Length)],
            };
        }
        return text;
    }

    private static string ChangeWord(string line, Random random)
    {
        var words = line.Split(' ');
        words[random.Next(words.Length)] = Numbers[random.Next(Numbers.Length)];
        return string.Join(' ', words);
    }

    private static string DropWord(string line, Random random)
    {
        var words = line.Split(' ').ToList();
        words.RemoveAt(random.Next(words.Count));
        return string.Join(' ', words);
    }

    private static string OnLines(string text, Random random, Action<List<string>, int, Random> change)
    {
        var lines = text.Split('\n').ToList();
        change(lines, random.Next(lines.Count), random);
        return string.Join('\n', lines);
    }
}
