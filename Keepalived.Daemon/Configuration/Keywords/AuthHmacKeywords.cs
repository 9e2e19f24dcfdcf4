using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Keywords.KeywordStatus;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The keywords of <c>auth_hmac</c>.</summary>
internal static class AuthHmacKeywords
{
    public static readonly KeywordBlock Block = new("auth_hmac", NotActiveYet);

    public static readonly Keyword<List<(int Id, Secret Key)>> Key = Block.Add(
        "key", new HmacKeySyntax(), "A key of 32 to 64 bytes.", since: "2.4.0", repeat: Repetition.Adds);

    public static readonly Keyword<int> ActiveKey = Block.Add(
        "active_key", new NumberSyntax<int>(1, 255), "The key that adverts are signed with.", since: "2.4.0");

    public static readonly Keyword<string> Mode = Block.Add(
        "mode", new ChoiceSyntax<string>(("enforce", "enforce"), ("permissive", "permissive"), ("receive-only", "receive-only")),
        "What becomes of adverts without a valid signature.", "enforce", since: "2.4.0");

    public static readonly Keyword<string> AntiReplay = Block.Add(
        "anti_replay", new ChoiceSyntax<string>(("time", "time"), ("monotonic", "monotonic")),
        "How old adverts are told from new ones.", "time", since: "2.4.0");

    public static readonly Keyword<int> TimeWindow = Block.Add(
        "time_window", new NumberSyntax<int>(1, 300, unit: "s"), "How far clocks may differ.",
        fallback: "three advert intervals, 5..300", since: "2.4.0");
}
