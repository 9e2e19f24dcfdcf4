using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Values;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The keywords of <c>auth_hmac</c>.</summary>
internal static class AuthHmacKeywords
{
    public static readonly KeywordBlock Block = new("auth_hmac");

    public static readonly Keyword<List<HmacKeyConfiguration>> Key = Block.Add(
        "key", new HmacKeySyntax(), "A key of 32 to 64 bytes.", since: "2.4.0", repeat: Repetition.Adds);

    public static readonly Keyword<int> ActiveKey = Block.Add(
        "active_key", new NumberSyntax<int>(1, 255), "The key that adverts are signed with.", since: "2.4.0");

    public static readonly Keyword<HmacMode> Mode = Block.Add("mode",
        new ChoiceSyntax<HmacMode>(
            ("enforce", HmacMode.Enforce), ("permissive", HmacMode.Permissive), ("receive-only", HmacMode.ReceiveOnly)),
        "What becomes of adverts without a signature; a wrong one is always refused. The last one does not sign either.", HmacMode.Enforce,
        fallback: "enforce", since: "2.4.0");

    public static readonly Keyword<AntiReplay> AntiReplay = Block.Add("anti_replay",
        new ChoiceSyntax<AntiReplay>(("time", Model.AntiReplay.Time), ("monotonic", Model.AntiReplay.Monotonic)),
        "How old adverts are told from new ones.", Model.AntiReplay.Time, fallback: "time", since: "2.4.0");

    public static readonly Keyword<int> TimeWindow = Block.Add(
        "time_window", new NumberSyntax<int>(1, 300, unit: "s"), "How far clocks may differ.",
        fallback: "three advert intervals, 5..300", since: "2.4.0");
}
