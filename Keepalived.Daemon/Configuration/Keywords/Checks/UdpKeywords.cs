using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords.Checks;

/// <summary>The keywords of <c>UDP_CHECK</c>.</summary>
internal static class UdpKeywords
{
    public static readonly KeywordBlock Block = new("UDP_CHECK");

    public static readonly Keyword<string> Payload = Block.Add(
        "payload", new HexSyntax(wildcards: false), "What is sent.", without: WithoutParameter.Error);

    public static readonly Keyword<string> RequireReply = Block.Add(
        "require_reply", new HexSyntax(wildcards: true), "An answer must come, and look like this.", without: WithoutParameter.Fine);

    public static readonly Keyword<int> MinReplyLength = Block.Add(
        "min_reply_length", Int(0, 65535, lenient: false), "The shortest answer.", 0);

    public static readonly Keyword<int> MaxReplyLength = Block.Add(
        "max_reply_length", Int(0, 65535, lenient: false), "The longest answer.", 255);

    public static readonly ConnectionKeywords Connection = new(Block);
}
