using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords.Checks;

/// <summary>The keywords of <c>FILE_CHECK</c>.</summary>
internal static class FileCheckKeywords
{
    public static readonly KeywordBlock Block = new("FILE_CHECK");

    public static readonly Keyword<string> TrackFile = Block.Add("track_file", Word("NAME"), "The track_file.");

    public static readonly Keyword<(int Weight, bool Reverse)> Weight = Block.Add("weight",
        new WeightSyntax(int.MaxValue, noReverse: true), "The factor on its number.", fallback: "the track_file's",
        without: WithoutParameter.Error);
}
