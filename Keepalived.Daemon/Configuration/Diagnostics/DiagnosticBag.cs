using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Text;

namespace Keepalived.Daemon.Configuration.Diagnostics;

/// <summary>Collects what is found during one load. It keeps so many, and counts the rest.</summary>
internal sealed class DiagnosticBag(SourceFiles files)
{
    /// <summary>So many are kept; nobody reads more.</summary>
    public const int Limit = 10_000;

    private readonly List<Diagnostic> _items = [];
    private int _dropped;

    public IReadOnlyList<Diagnostic> Items => _items;

    public ConfigurationFault Highest { get; private set; }

    public void Add(Diagnostic diagnostic)
    {
        if (diagnostic.Fault > Highest)
            Highest = diagnostic.Fault;
        if (_items.Count < Limit)
            _items.Add(WithSource(diagnostic));
        else
            _dropped++;
    }

    // Places are counted in bytes, and people see characters.
    private Diagnostic WithSource(Diagnostic diagnostic)
    {
        if (files.GetLine(diagnostic.Location) is not { } line)
            return diagnostic;
        var start = diagnostic.Location.Column - 1;
        if (start < 0 || start > line.Length)
            return diagnostic with { SourceLine = TextEncoding.ToText(line) };
        var end = Math.Min(line.Length, start + diagnostic.Length);
        return diagnostic with
        {
            SourceLine = TextEncoding.ToText(line),
            SourceColumn = TextEncoding.ToText(line.AsSpan(0, start)).Length + 1,
            SourceLength = TextEncoding.ToText(line.AsSpan(start, end - start)).Length,
        };
    }

    /// <summary>Says how many findings there were beyond the limit.</summary>
    public void Complete()
    {
        if (_dropped == 0)
            return;
        _items.Add(new Diagnostic
        {
            Code = DiagnosticCodes.MoreFindings,
            Severity = DiagnosticSeverity.Notice,
            Location = SourceLocation.None,
            Message = $"and {_dropped} more findings, which are not shown",
        });
        _dropped = 0;
    }

    public void Error(
        DiagnosticCode code,
        ConfigurationFault fault,
        SourceLocation location,
        string message,
        string? expected = null,
        string? suggestion = null,
        int length = 1,
        ReadOnlySpan<DiagnosticNote> notes = default) =>
        Report(code, DiagnosticSeverity.Error, fault, location, message, expected, suggestion, length, notes);

    public void Report(
        DiagnosticCode code,
        DiagnosticSeverity severity,
        ConfigurationFault fault,
        SourceLocation location,
        string message,
        string? expected = null,
        string? suggestion = null,
        int length = 1,
        ReadOnlySpan<DiagnosticNote> notes = default) => Add(new Diagnostic
        {
            Code = code,
            Severity = severity,
            Fault = fault,
            Location = location,
            Length = Math.Max(1, length),
            Message = message,
            Expected = expected,
            Suggestion = suggestion,
            Notes = EquatableArray.Create(notes),
        });
}
