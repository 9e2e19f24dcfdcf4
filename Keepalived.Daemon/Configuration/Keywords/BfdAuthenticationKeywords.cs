using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The keywords of <c>authentication</c> in BFD blocks.</summary>
internal static class BfdAuthenticationKeywords
{
    public static readonly KeywordBlock Block = new("bfd_authentication");

    public static readonly ChoiceSyntax<BfdAuthenticationType> Types = new(
        ("simple_password", BfdAuthenticationType.SimplePassword),
        ("keyed_md5", BfdAuthenticationType.KeyedMd5),
        ("meticulous_keyed_md5", BfdAuthenticationType.MeticulousKeyedMd5),
        ("keyed_sha1", BfdAuthenticationType.KeyedSha1),
        ("meticulous_keyed_sha1", BfdAuthenticationType.MeticulousKeyedSha1));

    public static readonly Keyword<BfdAuthenticationType> Type = Block.Add(
        "auth_type", Types, "The type of the keys that do not say their own (Auth Type).", fallback: "none");

    public static readonly Keyword<List<BfdKeyConfiguration>> Key = Block.Add(
        "key", new BfdKeySyntax(),
        "A key of 1 to 16 bytes, of SHA1 1 to 20. Packets with any of the keys are accepted: for a roll-over add the new one on both sides, "
            + "then make it the active one, then remove the old one.",
        repeat: Repetition.Adds);

    public static readonly Keyword<int> ActiveKey = Block.Add(
        "active_key", Int(0, 255, lenient: false), "The key that packets are signed with.", fallback: "the only one");
}
