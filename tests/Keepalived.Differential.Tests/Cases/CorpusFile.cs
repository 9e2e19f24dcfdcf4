using System.Globalization;
using System.Text;

namespace Keepalived.Differential.Tests.Cases;

/// <summary>
/// A file of the corpus. Its sections start with <c>%%</c>:
/// <code>
/// %% scaffold NAME            a configuration with a place, «», for what is tried
/// %% lines NAME               each line is a case: the scaffold with the line in that place
/// %% case NAME [OPTION…]      a whole configuration, and options of the command line
/// %% file PATH [MODE]         a file beside the one of the case above
/// %% no file                  the case above has no main file
/// %% note TEXT                for the reader
/// </code>
/// <c>⇒ 5 D3</c> at the end of a case's heading or line: ours is to end with 5, for the reason D3 of docs/compatibility.md.
/// </summary>
internal sealed class CorpusFile
{
    private const string Mark = "%%", Place = "«»", Differs = "⇒";
    private readonly Dictionary<string, string> _scaffolds = [];
    private readonly List<ConfigurationCase> _cases = [];
    private readonly List<CorpusLine> _lines = [];

    private CorpusFile(string name) => Name = name;

    public string Name { get; }

    public IReadOnlyList<ConfigurationCase> Cases => _cases;

    /// <summary>The lines that are tried in scaffolds.</summary>
    public IReadOnlyList<CorpusLine> Lines => _lines;

    public IReadOnlyDictionary<string, string> Scaffolds => _scaffolds;

    public static CorpusFile Read(string path)
    {
        var file = new CorpusFile(Path.GetFileNameWithoutExtension(path));
        string? heading = null;
        var body = new StringBuilder();
        foreach (var line in File.ReadAllText(path).Split('\n'))
        {
            if (line.StartsWith(Mark, StringComparison.Ordinal))
            {
                file.Add(heading, body.ToString());
                heading = line[Mark.Length..].Trim();
                body.Clear();
            }
            else
            {
                body.Append(line).Append('\n');
            }
        }
        file.Add(heading, body.ToString());
        return file;
    }

    // A heading belongs to the text below it; the text above the first one is a comment.
    private void Add(string? heading, string body)
    {
        if (heading is null)
            return;
        // The empty line before the next heading is for the reader.
        body = body.EndsWith("\n\n", StringComparison.Ordinal) ? body[..^1] : body;
        var words = heading.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words[0])
        {
            case "scaffold":
                _scaffolds.Add(words[1], body);
                break;
            case "lines":
                AddLines(words[1], body);
                break;
            case "case":
                AddCase(heading["case".Length..], body);
                break;
            case "file":
                var mode = words.Length > 2 ? Convert.ToInt32(words[2], 8) : 0x1A4; // 0644
                AddFile(new CaseFile(words[1], (UnixFileMode)mode, CorpusText.ToBytes(body)));
                break;
            case "note":
                break;
            case "no":
                _cases[^1] = _cases[^1] with { Main = null };
                break;
            default:
                throw new FormatException($"{Name}: unknown section '{heading}'");
        }
    }

    private void AddLines(string scaffold, string body)
    {
        var around = _scaffolds[scaffold];
        foreach (var entry in body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (line, difference) = SplitDifference(entry);
            _lines.Add(new CorpusLine(scaffold, line, difference is not null));
            _cases.Add(new ConfigurationCase
            {
                Name = $"{Name}, {scaffold}: {(line.Length > 100 ? line[..100] + "…" : line)}",
                Main = CorpusText.ToBytes(around.Replace(Place, line, StringComparison.Ordinal)),
                Difference = difference,
            });
        }
    }

    private void AddCase(string heading, string body)
    {
        var (title, difference) = SplitDifference(heading);
        var option = title.IndexOf(" -", StringComparison.Ordinal);
        _cases.Add(new ConfigurationCase
        {
            Name = $"{Name}: {title.Trim()}",
            Main = CorpusText.ToBytes(body),
            Arguments = option < 0 ? [] : title[option..].Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Difference = difference,
        });
    }

    private void AddFile(CaseFile file) => _cases[^1] = _cases[^1] with { Files = [.. _cases[^1].Files, file] };

    private static (string Text, ExpectedDifference? Difference) SplitDifference(string entry)
    {
        var at = entry.LastIndexOf(Differs, StringComparison.Ordinal);
        if (at < 0)
            return (entry.TrimEnd('\r'), null);
        var words = entry[(at + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (entry[..at].TrimEnd(' '), new ExpectedDifference(int.Parse(words[0], CultureInfo.InvariantCulture), words[1]));
    }
}
