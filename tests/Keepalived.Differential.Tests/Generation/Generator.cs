using System.Globalization;
using System.Text;
using Keepalived.Differential.Tests.Cases;
using Keepalived.Differential.Tests.Lab;

namespace Keepalived.Differential.Tests.Generation;

/// <summary>
/// Writes a configuration for a seed. Its grammar: a file is one to three of the corpus' scaffolds, each with up to five of the lines that
/// the corpus tries in it, mostly good ones; names and router ids mostly differ between scaffolds. Then the text is dressed up
/// (definitions, generators, includes, conditions, comments, other blanks and braces), and half of the files are broken.
/// </summary>
internal sealed class Generator
{
    private const string Place = "«»";
    private readonly Random _random;
    private readonly List<CaseFile> _files = [];

    private Generator(int seed) => _random = new Random(seed);

    public static ConfigurationCase Generate(int seed)
    {
        var generator = new Generator(seed);
        var text = generator.WriteFile();
        text = Dressing.Apply(text, generator._random, generator._files);
        if (generator._random.Next(2) == 0)
            text = Breaking.Apply(text, generator._random);
        return new ConfigurationCase
        {
            Name = $"seed {seed}",
            Main = Encoding.UTF8.GetBytes(text),
            Files = generator._files,
            Arguments = generator._random.Next(20) == 0 ? ["-e"] : [],
        };
    }

    private string WriteFile()
    {
        var text = new StringBuilder();
        var parts = _random.Next(1, 4);
        for (var part = 0; part < parts; part++)
            text.Append(WritePart(part));
        return text.ToString();
    }

    private string WritePart(int part)
    {
        var pool = GrammarPool.All[_random.Next(GrammarPool.All.Count)];
        var lines = new StringBuilder();
        for (var count = _random.Next(0, 6); count > 0; count--)
        {
            if (lines.Length > 0)
                lines.Append('\n');
            lines.Append(PickLine(pool));
        }
        var text = pool.Text.Replace(Place, lines.ToString(), StringComparison.Ordinal);
        return part == 0 || _random.Next(5) == 0 ? text : Distinct(text, part);
    }

    private string PickLine(GrammarPool pool)
    {
        const int attempts = 6, mostlyGood = 8;
        var wantGood = _random.Next(10) < mostlyGood;
        var line = "";
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            line = pool.Lines[_random.Next(pool.Lines.Count)];
            if (!wantGood || Original.Judge(pool.With(line)).ExitCode == 0)
                break;
        }
        return line;
    }

    // Another name, another router id, another interface: two of the same are a fault, and would hide the others.
    private static string Distinct(string text, int part)
    {
        var number = part.ToString(CultureInfo.InvariantCulture);
        foreach (var keyword in (string[])["vrrp_instance V", "vrrp_instance W", "vrrp_sync_group G", "vrrp_script S", "bfd_instance B"])
            text = text.Replace($"{keyword} ", $"{keyword}{number} ", StringComparison.Ordinal);
        return text.Replace("virtual_router_id ", $"virtual_router_id {number}", StringComparison.Ordinal)
            .Replace("virtual_server 10.0.0.1 ", $"virtual_server 10.0.{number}.1 ", StringComparison.Ordinal)
            .Replace("neighbor_ip 10.0.0.", $"neighbor_ip 10.0.{number}.", StringComparison.Ordinal);
    }
}
