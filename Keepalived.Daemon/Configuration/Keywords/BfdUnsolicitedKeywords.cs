using Keepalived.Daemon.Configuration.Values;
using Keepalived.Netlink;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The keywords of <c>bfd_unsolicited</c>.</summary>
internal static class BfdUnsolicitedKeywords
{
    public static readonly KeywordBlock Block = new("bfd_unsolicited");

    public static readonly Keyword<List<string>> Interfaces = Block.Add(
        "interfaces", new WordListSyntax("interfaces", "INTERFACE", MaxInterfaceName), "The interfaces on which neighbours may open sessions; required.");

    public static readonly Keyword<List<InetPrefix>> Prefixes = Block.Add(
        "prefixes", new PrefixList("prefixes"), "Where those neighbours may be.", fallback: "anywhere on the interfaces");

    public static readonly Keyword<int> MaxSessions = Block.Add(
        "max_sessions", Int(0, 65535, lenient: false), "How many such sessions there may be.", 64);

    public static readonly Keyword<string> Profile = Block.Add(
        "profile", Word("NAME"), "The bfd_profile that says what this block does not.", without: WithoutParameter.Error);

    public static readonly BfdSessionKeywords Session = new(Block);
}
