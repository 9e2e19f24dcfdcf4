using System.Text.Json;

namespace Keepalived.Daemon.Configuration.Diagnostics;

/// <summary>Diagnostics for programs: an array of objects.</summary>
public static class DiagnosticJson
{
    /// <summary>Writes the diagnostics as a JSON array in UTF-8.</summary>
    public static void Write(Stream stream, IEnumerable<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartArray();
        foreach (var diagnostic in diagnostics)
            Write(json, diagnostic);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        json.WriteStartObject();
        json.WriteString("code", diagnostic.Code.Id);
        json.WriteString("name", diagnostic.Code.Name);
        json.WriteString("severity", DiagnosticFormatter.NameOf(diagnostic.Severity));
        json.WriteString("fault", diagnostic.Fault.ToString());
        WriteLocation(json, diagnostic.Location);
        json.WriteNumber("length", diagnostic.Length);
        json.WriteString("message", diagnostic.Message);
        if (diagnostic.Expected is not null)
            json.WriteString("expected", diagnostic.Expected);
        if (diagnostic.Suggestion is not null)
            json.WriteString("suggestion", diagnostic.Suggestion);
        if (diagnostic.SourceLine is not null)
            json.WriteString("source", diagnostic.SourceLine);
        json.WriteStartArray("notes");
        foreach (var note in diagnostic.Notes)
        {
            json.WriteStartObject();
            WriteLocation(json, note.Location);
            json.WriteString("message", note.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, SourceLocation location)
    {
        json.WriteString("file", location.File);
        json.WriteNumber("line", location.Line);
        json.WriteNumber("column", location.Column);
    }
}
