using System.Text;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Syntax;

namespace Keepalived.Daemon.Configuration.Documentation;

/// <summary>The reference of all blocks and keywords, written from the keyword table.</summary>
public static class ConfigurationReference
{
    private const string Introduction = """
        # Configuration reference

        Every block and keyword of keepalived.conf, written from the table that the parser itself reads. How text becomes words (comments,
        conditions, definitions, generators, includes) is that of the original; where ours differs is said in
        [compatibility.md](compatibility.md).

        *Default* is what counts where the file says nothing. *Since* is the version of the original that brought the keyword, where that is
        known. *Without* says what the keyword alone is, without its parameter: fatal (nothing starts), an error (it is ignored), or blank
        where that is fine. A keyword marked **not yet** is read and checked, and one notice at the start says that it does nothing yet.


        """;

    /// <summary>The reference as Markdown.</summary>
    public static string ToMarkdown()
    {
        var text = new StringBuilder(Introduction);
        text.Append("## The language itself\n\n| form | what it does | since |\n| --- | --- | --- |\n");
        foreach (var word in LanguageWords.All)
            text.Append("| ").Append(Code(word.Form)).Append(" | ").Append(Cell(word.Help)).Append(" | ").Append(word.Since).Append(" |\n");
        text.Append('\n');
        foreach (var block in KeywordTable.Blocks.Where(static block => !block.IsList))
            Append(text, block);
        return text.ToString();
    }

    /// <summary>What there is to know about a keyword, for each block that has it; null if none has.</summary>
    public static string? Explain(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var text = new StringBuilder();
        foreach (var keyword in KeywordTable.Blocks.Select(block => block.Find(name)).OfType<Keyword>().Distinct())
        {
            Explain(text, keyword);
            if (keyword.Opens is { IsList: false } block)
                AppendNames(text, block);
        }

        if (LanguageWords.Find(name) is { } word)
            Explain(text, word);
        return text.Length == 0 ? null : text.ToString();
    }

    /// <summary>What there is to know about all keywords, block by block.</summary>
    public static string ExplainAll()
    {
        var text = new StringBuilder();
        foreach (var keyword in KeywordTable.Blocks.SelectMany(static block => block.Keywords))
            Explain(text, keyword);
        foreach (var word in LanguageWords.All)
            Explain(text, word);
        return text.ToString();
    }

    /// <summary>The keyword that was probably meant; null if none is near.</summary>
    public static string? Suggest(string name) => Suggestions.Find(
        name, KeywordTable.Keywords.Select(static keyword => keyword.Name).Concat(LanguageWords.All.Select(static word => word.Name)).Distinct());

    private static void Explain(StringBuilder text, Keyword keyword)
    {
        text.Append($"{keyword.Name} {keyword.Parameters}".TrimEnd()).Append('\n');
        var since = keyword.Since is null ? string.Empty : $", since {keyword.Since}";
        text.Append("    in ").Append(TitleOf(keyword.Block)).Append(since).Append('\n');
        text.Append("    ").Append(keyword.Help).Append('\n');
        if (keyword.Default is { Length: > 0 })
            text.Append("    default: ").Append(WithUnit(keyword.Default, keyword.Unit)).Append('\n');
        else if (keyword.Unit is not null)
            text.Append("    in ").Append(keyword.Unit).Append('\n');
        if (keyword.WithoutParameter == WithoutParameter.Fatal)
            text.Append("    without its parameter nothing starts\n");
        if (keyword.ReplacedBy is not null)
            text.Append("    deprecated; use ").Append(keyword.ReplacedBy).Append('\n');
        if (keyword.Status == KeywordStatus.NotActiveYet)
            text.Append("    known, not active yet\n");
    }

    private static void Explain(StringBuilder text, LanguageWord word)
    {
        text.Append(word.Form).Append("\n    of the language itself");
        if (word.Since is not null)
            text.Append(", since ").Append(word.Since);
        text.Append("\n    ").Append(word.Help).Append('\n');
    }

    private static void AppendNames(StringBuilder text, KeywordBlock block)
    {
        const int width = 100;
        var line = new StringBuilder("    keywords:");
        foreach (var name in block.Names.Order(StringComparer.Ordinal))
        {
            if (line.Length + name.Length > width)
            {
                text.Append(line).Append('\n');
                line.Clear().Append("       ");
            }

            line.Append(' ').Append(name);
        }

        text.Append(line).Append('\n');
    }

    private static string TitleOf(KeywordBlock block) => block == KeywordTable.Root ? "the file, outside any block" : block.Name;

    private static void Append(StringBuilder text, KeywordBlock block)
    {
        text.Append("## ").Append(block == KeywordTable.Root ? "Outside any block" : $"`{block.Name}`").Append("\n\n");
        text.Append("| keyword | parameters | default | what it does | since | without |\n| --- | --- | --- | --- | --- | --- |\n");
        foreach (var keyword in block.Keywords.OrderBy(static keyword => keyword.Name, StringComparer.Ordinal))
        {
            var standard = keyword.Default is null ? string.Empty : WithUnit(keyword.Default, keyword.Unit);
            text.Append("| `").Append(keyword.Name).Append("` | ").Append(Code(keyword.Parameters)).Append(" | ").Append(Cell(standard))
                .Append(" | ").Append(Cell(keyword.Help));
            if (keyword.Unit is not null && keyword.Default is null)
                text.Append(" In ").Append(keyword.Unit).Append('.');
            if (keyword.ReplacedBy is not null)
                text.Append(" Deprecated: use `").Append(keyword.ReplacedBy).Append("`.");
            if (keyword.Status == KeywordStatus.NotActiveYet)
                text.Append(" **Not yet.**");
            text.Append(" | ").Append(keyword.Since).Append(" | ").Append(Name(keyword.WithoutParameter)).Append(" |\n");
        }

        text.Append('\n');
    }

    private static string WithUnit(string value, string? unit) =>
        unit is not null && char.IsAsciiDigit(value[^1]) ? $"{value} {unit}" : value;

    private static string Code(string text) => text.Length == 0 ? string.Empty : $"`{Cell(text)}`";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Name(WithoutParameter without) => without switch
    {
        WithoutParameter.Fatal => "fatal",
        WithoutParameter.Error => "error",
        WithoutParameter.Ignored => "ignored",
        _ => string.Empty,
    };
}
