namespace Keepalived.Daemon.Configuration.Documentation;

/// <summary>A word that works on the text before there are keywords.</summary>
/// <param name="Name">The word.</param>
/// <param name="Form">How it is written, with what belongs to it.</param>
/// <param name="Help">What it does, in one sentence.</param>
/// <param name="Since">The version of keepalived that brought it; null if all have it.</param>
internal sealed record LanguageWord(string Name, string Form, string Help, string? Since = null);
