namespace Keepalived.Daemon.CommandLine;

/// <summary>A command line, understood.</summary>
/// <param name="Options">What was asked.</param>
/// <param name="ExitCode">The status to exit with at once, or null to go on.</param>
/// <param name="Output">Text for standard output.</param>
/// <param name="Errors">Text for standard error: the help, the version, what was wrong, what was ignored.</param>
/// <param name="Warnings">What was asked but cannot be done yet: to be logged once logging stands.</param>
internal sealed record CommandLineResult(
    CommandLineOptions Options, int? ExitCode, string Output, string Errors, IReadOnlyList<string> Warnings);
