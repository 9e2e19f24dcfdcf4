using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The keywords of <c>track_file</c>.</summary>
internal static class TrackFileKeywords
{
    public static readonly KeywordBlock Block = new("track_file");

    public static readonly Keyword<string> File = Block.Add(
        "file", Word("PATH"), "The file; its number times the weight counts.", without: WithoutParameter.Error,
        repeat: Repetition.FirstWins);

    public static readonly Keyword<(int Weight, bool Reverse)> Weight = Block.Add(
        "weight", new WeightSyntax(254), "The factor on its number; 0: not 0 is a fault.", fallback: "1", without: WithoutParameter.Error,
        repeat: Repetition.FirstWins);

    public static readonly Keyword<(int Value, bool Overwrite)> InitFile = Block.Add("init_file", new InitFileSyntax(),
        "Write a value at the start, if the file is absent or with overwrite.");
}
