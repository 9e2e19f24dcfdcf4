using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The keywords of <c>vrrp_track_process</c>.</summary>
internal static class TrackProcessKeywords
{
    public static readonly KeywordBlock Block = new("vrrp_track_process");

    public static readonly Keyword<string[]> Process = Block.Add(
        "process", new WordsSyntax("COMMAND [PARAMETER ...]"), "The process.", repeat: Repetition.FirstWins);

    public static readonly Keyword<string> ParamMatch = Block.Add("param_match",
        new CustomSyntax<string>("[initial|partial]", static (ValueReader reader, string? _, out string value) =>
        {
            value = reader.Count > 1 ? reader.Text(1) : "exact";
            if (value is "exact" or "initial" or "partial")
                return true;
            reader.Unknown(1, ["initial", "partial"]);
            return false;
        }, WithoutParameter.Fine),
        "How its parameters are compared; without a word, exactly.", fallback: "not at all");

    public static readonly Keyword<(int Weight, bool Reverse)> Weight = Block.Add(
        "weight", new WeightSyntax(254), "What it does to the priority; 0: a fault.",
        fallback: "0", without: WithoutParameter.Error, repeat: Repetition.FirstWins);

    public static readonly Keyword<int> Quorum = Block.Add("quorum", Int(1, 65535), "The least number of processes.", 1);

    public static readonly Keyword<int> QuorumMax = Block.Add(
        "quorum_max", Int(0, 65535), "The greatest number of processes.", fallback: "no limit");

    public static readonly Keyword<TimeSpan> Delay = Block.Add("delay", Time, "Sets both of the following.");

    public static readonly Keyword<TimeSpan> TerminateDelay = Block.Add(
        "terminate_delay", Time, "How long the quorum must be lost to count.", fallback: "0");

    public static readonly Keyword<TimeSpan> ForkDelay = Block.Add(
        "fork_delay", Time, "How long the quorum must be there to count.", fallback: "0");

    public static readonly Keyword<bool> FullCommand = Block.Add("full_command", Flag, "Compare the whole command line.");

    private static DecimalSyntax Time => new(1, 3_600_000_000);
}
