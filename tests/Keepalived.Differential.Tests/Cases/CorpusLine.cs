namespace Keepalived.Differential.Tests.Cases;

/// <summary>A line that is tried in a scaffold.</summary>
/// <param name="Scaffold">The scaffold's name.</param>
/// <param name="Text">The line, in the notation of the corpus.</param>
/// <param name="Differs">Whether ours is to judge it differently.</param>
internal sealed record CorpusLine(string Scaffold, string Text, bool Differs);
