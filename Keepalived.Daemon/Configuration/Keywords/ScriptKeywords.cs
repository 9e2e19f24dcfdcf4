using Keepalived.Daemon.Configuration.Scripts;
using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The keywords of <c>vrrp_script</c>.</summary>
internal static class ScriptKeywords
{
    public static readonly KeywordBlock Block = new("vrrp_script");

    public static readonly Keyword<ScriptCommand> Command = Block.Add(
        "script", new ScriptSyntax(withUser: false), "The command; 0 is success.", without: WithoutParameter.Ignored);

    public static readonly Keyword<TimeSpan> Interval = Block.Add(
        "interval", new ScriptTimeSyntax(), "The time from start to start.", TimeSpan.FromSeconds(1));

    public static readonly Keyword<TimeSpan> Timeout = Block.Add(
        "timeout", new ScriptTimeSyntax(), "When a run is given up and counts as a failure.", fallback: "interval");

    public static readonly Keyword<(int Weight, bool Reverse)> Weight = Block.Add(
        "weight", new WeightSyntax(253), "What it does to the priority; 0: a failure is a fault.",
        fallback: "0");

    public static readonly Keyword<uint> Rise = Block.Add("rise", new RiseSyntax(), "Successes in a row that make it up.", 1u, "1");

    public static readonly Keyword<uint> Fall = Block.Add("fall", new RiseSyntax(), "Failures in a row that make it down.", 1u, "1");

    public static readonly Keyword<ScriptUser> User = Block.Add("user", new CustomSyntax<ScriptUser>("USER [GROUP]",
        static (ValueReader reader, ScriptUser? _, out ScriptUser value) =>
        {
            // An unknown user is kept as no user, so that the script is left out instead of running as somebody else.
            value = reader.Context.ScriptUsers.Find(reader, 1, reader.Text(1), reader.Count > 2 ? reader.Text(2) : null)
                ?? ScriptUser.Unknown;
            return true;
        }),
        "Who it runs as.", fallback: "script_user");

    public static readonly Keyword<bool> InitFail = Block.Add("init_fail", Flag, "It counts as failed until it first succeeds.");
}
