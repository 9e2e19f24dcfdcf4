using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Keywords.KeywordStatus;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords.Checks;

/// <summary>The keywords of <c>url</c>.</summary>
internal static class UrlKeywords
{
    public static readonly KeywordBlock Block = new("url");

    public static readonly Keyword<string> Path = Block.Add("path", Word("PATH"), "What to get.");

    public static readonly Keyword<string> Digest = Block.Add(
        "digest", new DigestSyntax(), "The MD5 sum of what must come.", repeat: Repetition.FirstWins);

    public static readonly Keyword<List<(int From, int To)>> StatusCode = Block.Add("status_code", new StatusCodesSyntax(),
        "The status codes that are success.", fallback: "200-299", without: WithoutParameter.Ignored, repeat: Repetition.Adds);

    public static readonly Keyword<string> VirtualHost = Block.Add("virtualhost", Word("HOST"), "The Host.", without: WithoutParameter.Error);

    public static readonly Keyword<string> Regex = Block.Add(
        "regex", new PatternSyntax(), "What must be in the answer.", without: WithoutParameter.Ignored);

    public static readonly Keyword<bool> RegexNoMatch = Block.Add("regex_no_match", Flag, "The pattern must not be in it.");

    public static readonly Keyword<string[]> RegexOptions = Block.Add(
        "regex_options", new WordsSyntax("OPTION ..."), "How the pattern is read.", without: WithoutParameter.Ignored);

    public static readonly Keyword<uint> RegexMinOffset = Block.Add(
        "regex_min_offset", StrictCount, "Where searching begins.", 0u, without: WithoutParameter.Ignored);

    public static readonly Keyword<uint> RegexMaxOffset = Block.Add(
        "regex_max_offset", StrictCount, "Where a match must begin at the latest.", fallback: "anywhere", without: WithoutParameter.Ignored);

    public static readonly Keyword<string[]> RegexStack = Block.Add(
        "regex_stack", new WordsSyntax("START MAX"), "Memory of the pattern's compiler; means nothing here.", without: WithoutParameter.Ignored,
        active: Accepted);

    public static readonly Keyword<bool> TlsCompliant = Block.Add("tls_compliant", Bool, "Close TLS as its standard says.", since: "2.2.8");
}
