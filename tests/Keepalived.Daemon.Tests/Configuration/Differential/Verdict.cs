using System.Globalization;
using System.Text.RegularExpressions;

namespace Keepalived.Daemon.Tests.Configuration.Differential;

/// <summary>A text with the exit code of the original's configuration test, and ours where it differs.</summary>
internal sealed partial record Verdict(int Real, int Ours, string Reason, string Block, string Statement)
{
    /// <summary>All recorded verdicts.</summary>
    public static IReadOnlyList<Verdict> All { get; } = ReadAll();

    /// <summary>The whole configuration.</summary>
    public string Text => VerdictTemplates.Render(Block, Statement);

    public override string ToString() => $"{Block} | {Statement.ReplaceLineEndings("⏎")}";

    private static List<Verdict> ReadAll()
    {
        using var stream = typeof(Verdict).Assembly.GetManifestResourceStream("verdicts.tsv")
            ?? throw new InvalidOperationException("verdicts.tsv is not embedded.");
        using var reader = new StreamReader(stream);
        var verdicts = new List<Verdict>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            var parts = line.Split('\t');
            verdicts.Add(new Verdict(
                int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2], parts[3],
                Unescape(parts[4])));
        }

        return verdicts;
    }

    private static string Unescape(string text) => Escape().Replace(text, static match => match.Value[1] switch
    {
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        'u' => ((char)int.Parse(match.ValueSpan[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString(),
        _ => match.Value[1..],
    });

    [GeneratedRegex(@"\\(u[0-9a-f]{4}|.)")]
    private static partial Regex Escape();
}
