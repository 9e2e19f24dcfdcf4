using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Configuration.Diagnostics;

/// <summary>One finding about a configuration.</summary>
public sealed record Diagnostic
{
    /// <summary>What kind of finding; its <see cref="DiagnosticCode.Id"/> never changes.</summary>
    public required DiagnosticCode Code { get; init; }

    /// <summary>How bad it is.</summary>
    public required DiagnosticSeverity Severity { get; init; }

    /// <summary>What it counts as for exit codes.</summary>
    public ConfigurationFault Fault { get; init; }

    /// <summary>Where it is.</summary>
    public SourceLocation Location { get; init; }

    /// <summary>How many bytes of the line it covers, from the column on; at least 1.</summary>
    public int Length { get; init; } = 1;

    /// <summary>What is wrong, in one sentence.</summary>
    public required string Message { get; init; }

    /// <summary>What would be right ("a number from 1 to 255"); null if the message says it all.</summary>
    public string? Expected { get; init; }

    /// <summary>A word that was probably meant; null if none is near.</summary>
    public string? Suggestion { get; init; }

    /// <summary>The source line; null if there is none.</summary>
    public string? SourceLine { get; init; }

    /// <summary>Where <see cref="Location"/> is in <see cref="SourceLine"/>, in characters from 1; 0 if it is not in there.</summary>
    public int SourceColumn { get; init; }

    /// <summary>How many characters of <see cref="SourceLine"/> are meant, from <see cref="SourceColumn"/> on.</summary>
    public int SourceLength { get; init; }

    /// <summary>Further places.</summary>
    public EquatableArray<DiagnosticNote> Notes { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Location}: {Code.Id}: {Message}";
}
