namespace Keepalived.Daemon.CommandLine;

/// <summary>One step through a command line: an option that is well-formed, a word that is no option, or what is wrong.</summary>
/// <param name="Option">The option, or null for a word or an error.</param>
/// <param name="Value">Its argument, or the word.</param>
/// <param name="Error">What is wrong, in words for the user.</param>
internal readonly record struct ParsedOption(OptionSpecification? Option, string? Value, string? Error);
