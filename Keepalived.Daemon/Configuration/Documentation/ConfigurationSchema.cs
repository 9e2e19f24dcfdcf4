using System.Text;
using System.Text.Json;
using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Documentation;

/// <summary>
/// The language as data, for editors: every block with its keywords, their values, ranges, defaults and help, written from the keyword table
/// that the parser itself reads.
/// </summary>
public static class ConfigurationSchema
{
    /// <summary>The version of the form; it changes when something that was there changes its meaning.</summary>
    public const int FormVersion = 1;

    /// <summary>The schema as JSON, indented, with a newline at its end.</summary>
    public static string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("language", "keepalived.conf");
            json.WriteNumber("form", FormVersion);
            json.WriteString("root", KeywordTable.Root.Name);
            json.WriteStartObject("blocks");
            foreach (var block in KeywordTable.Blocks.Where(static block => !block.IsList))
                Write(json, block);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }

    private static void Write(Utf8JsonWriter json, KeywordBlock block)
    {
        json.WriteStartArray(block.Name);
        foreach (var keyword in block.Keywords.OrderBy(static keyword => keyword.Name, StringComparer.Ordinal))
            Write(json, keyword);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Keyword keyword)
    {
        json.WriteStartObject();
        json.WriteString("name", keyword.Name);
        json.WriteString("type", keyword.Kind.ToString().ToLowerInvariant());
        json.WriteString("parameters", keyword.Parameters);
        if (keyword.Opens is { IsList: false } block)
            json.WriteString("opens", block.Name);
        if (keyword.Range is { } range)
        {
            json.WriteNumber("minimum", range.Min);
            json.WriteNumber("maximum", range.Max);
        }

        if (keyword.Choices.Count > 0)
        {
            json.WriteStartArray("choices");
            foreach (var choice in keyword.Choices)
                json.WriteStringValue(choice);
            json.WriteEndArray();
        }

        WriteText(json, "unit", keyword.Unit);
        WriteText(json, "default", keyword.Default);
        WriteText(json, "since", keyword.Since);
        WriteText(json, "deprecatedBy", keyword.ReplacedBy);
        json.WriteBoolean("optionalParameter", keyword.WithoutParameter == WithoutParameter.Fine);
        json.WriteString("repeated", keyword.Repetition switch
        {
            Repetition.Adds => "adds",
            Repetition.FirstWins => "error",
            _ => "replaces",
        });
        json.WriteString("status", keyword.Status switch
        {
            KeywordStatus.Active => "active",
            KeywordStatus.NotActiveYet => "notActiveYet",
            _ => "accepted",
        });
        json.WriteString("help", keyword.Help);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }
}
