using System.Text;

namespace Keepalived.Daemon.Configuration.Diagnostics;

/// <summary>
/// Diagnostics as people read them: one line in the form of compilers, the source line with a caret, and what would be right.
/// </summary>
public static class DiagnosticFormatter
{
    /// <summary>One line, without the source: for logs.</summary>
    public static string ToLine(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        var text = new StringBuilder();
        AppendHead(text, diagnostic);
        if (diagnostic.Expected is { } expected)
            text.Append(" (expected: ").Append(expected).Append(')');
        if (diagnostic.Suggestion is { } suggestion)
            text.Append("; did you mean '").Append(suggestion).Append("'?");
        return text.ToString();
    }

    /// <summary>Several lines with the source, for <c>-t</c>. Ends with a newline.</summary>
    public static string ToText(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        var text = new StringBuilder();
        AppendHead(text, diagnostic);
        text.Append('\n');
        if (diagnostic.SourceLine is { } line)
            AppendSource(text, line, diagnostic.SourceColumn, diagnostic.SourceLength);
        if (diagnostic.Expected is { } expected)
            text.Append("    expected: ").Append(expected).Append('\n');
        if (diagnostic.Suggestion is { } suggestion)
            text.Append("    did you mean '").Append(suggestion).Append("'?\n");
        foreach (var note in diagnostic.Notes)
            text.Append("    ").Append(note.Location).Append(": ").Append(note.Message).Append('\n');
        return text.ToString();
    }

    private static void AppendHead(StringBuilder text, Diagnostic diagnostic)
    {
        if (diagnostic.Location != SourceLocation.None)
            text.Append(diagnostic.Location).Append(": ");
        text.Append(NameOf(diagnostic.Severity)).Append(' ').Append(diagnostic.Code.Id).Append(": ").Append(diagnostic.Message);
    }

    private static void AppendSource(StringBuilder text, string line, int column, int length)
    {
        text.Append("    ");
        foreach (var c in line)
            text.Append(char.IsControl(c) ? ' ' : c);
        text.Append('\n');
        if (column > 0)
            text.Append(' ', 3 + column).Append('^').Append('~', Math.Max(0, length - 1)).Append('\n');
    }

    internal static string NameOf(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Notice => "notice",
        DiagnosticSeverity.Warning => "warning",
        DiagnosticSeverity.Error => "error",
        _ => "fatal",
    };
}
