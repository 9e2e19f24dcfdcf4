namespace Keepalived.Daemon.Configuration.Diagnostics;

/// <summary>A second place that explains a diagnostic: the definition a word came from, the first of two duplicates.</summary>
/// <param name="Location">Where.</param>
/// <param name="Message">What is there.</param>
public readonly record struct DiagnosticNote(SourceLocation Location, string Message);
