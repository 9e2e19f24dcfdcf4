using Keepalived.Daemon.Configuration.Scripts;
using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords.Checks;

/// <summary>The keywords of <c>MISC_CHECK</c>.</summary>
internal static class MiscKeywords
{
    public static readonly KeywordBlock Block = new("MISC_CHECK");

    public static readonly Keyword<ScriptCommand> MiscPath = Block.Add(
        "misc_path", new ScriptSyntax(withUser: false), "The script; 0 is success.", without: WithoutParameter.Error);

    public static readonly Keyword<uint> MiscTimeout = Block.Add("misc_timeout", Delay, "How long it may take.", fallback: "delay_loop");

    public static readonly Keyword<bool> MiscDynamic = Block.Add("misc_dynamic", Flag, "Its exit status sets the weight.");

    public static readonly Keyword<ScriptUser> User = Block.Add("user", new CustomSyntax<ScriptUser>(
        "USER [[:]GROUP]", static (ValueReader reader, ScriptUser? _, out ScriptUser value) =>
        {
            value = reader.Context.ScriptUsers.Find(reader, 1, reader.Text(1), reader.Count > 2 ? reader.Text(2) : null)
                ?? ScriptUser.Unknown;
            return true;
        }, WithoutParameter.Error), "Who it runs as.", fallback: "script_user");

    public static readonly TimingKeywords Timing = new(Block, withTimeout: false);
}
