using System.Text;
using Keepalived.Differential.Tests.Cases;

namespace Keepalived.Differential.Tests.Generation;

/// <summary>A scaffold of the corpus and what may be written in it.</summary>
internal sealed class GrammarPool
{
    private const string Place = "«»";
    private const int LineLimit = 400;
    private readonly string _name;

    private GrammarPool(string name, string text, IReadOnlyList<string> lines) => (_name, Text, Lines) = (name, text, lines);

    /// <summary>All of them, in the order of the corpus.</summary>
    public static IReadOnlyList<GrammarPool> All { get; } = [.. Collect()];

    public string Text { get; }

    public IReadOnlyList<string> Lines { get; }

    /// <summary>The scaffold with one line.</summary>
    public ConfigurationCase With(string line) => new()
    {
        Name = $"{_name}: {line}",
        Main = Encoding.UTF8.GetBytes(Text.Replace(Place, line, StringComparison.Ordinal)),
    };

    // Lines that are judged differently on purpose, and those that are not text, are left out.
    private static IEnumerable<GrammarPool> Collect() =>
        from file in Corpus.Files
        from scaffold in file.Scaffolds
        let lines = file.Lines.Where(line => line.Scaffold == scaffold.Key && !line.Differs && IsPlain(line.Text))
            .Select(static line => line.Text.Replace('⏎', '\n')).ToList()
        where lines.Count > 0
        select new GrammarPool($"{file.Name}, {scaffold.Key}", scaffold.Value, lines);

    private static bool IsPlain(string line) => line.Length < LineLimit && line.IndexOfAny(['⟦', '∎']) < 0;
}
