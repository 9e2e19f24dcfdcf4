using Keepalived.Checkers.Http;
using Keepalived.Daemon.Configuration.Binding.VirtualServers;
using Keepalived.Daemon.Configuration.Model.Checks;
using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords.Checks;

/// <summary>The keywords of <c>HTTP_GET</c> and <c>SSL_GET</c>.</summary>
internal static class HttpKeywords
{
    public static readonly KeywordBlock Block = new("HTTP_GET or SSL_GET");

    public static readonly Keyword<string> VirtualHost = Block.Add("virtualhost", Word("HOST"), "The Host.", without: WithoutParameter.Error);

    public static readonly Keyword<HttpProtocol> Protocol = Block.Add("http_protocol",
        new ChoiceSyntax<HttpProtocol>(true, ("1.0", HttpProtocol.Http10), ("1.0C", HttpProtocol.Http10Close), ("1.1", HttpProtocol.Http11)),
        "The version of HTTP.", HttpProtocol.Http10, without: WithoutParameter.Error);

    public static readonly Keyword<bool> EnableSni = Block.Add("enable_sni", Bool, "Say the host's name in the TLS handshake.");

    public static readonly Keyword<string[]> SniName = Block.Add(
        "sni_name", new WordsSyntax("[NAME]", optional: true), "The name in the TLS handshake.", since: "2.4.4");

    public static readonly Keyword<bool> FastRecovery = Block.Add("fast_recovery", Bool, "Get all pages at once when coming up.");

    public static readonly Keyword<bool> TlsCompliant = Block.Add("tls_compliant", Bool, "Close TLS as its standard says.", since: "2.2.8");

    public static readonly Keyword<bool> VerifyCertificate = Block.Add("verify_certificate", Bool,
        "The server's certificate must be valid for its name; an addition of this version.", since: "2.4.4");

    public static readonly Keyword<uint> NbGetRetry;

    public static readonly Keyword<List<HttpUrlConfiguration>> Url = Block.Add(
        "url", new RepeatedBlockSyntax<HttpUrlConfiguration>(UrlKeywords.Block, HttpDrafts.Url), "A page.", repeat: Repetition.Adds);

    public static readonly ConnectionKeywords Connection = new(Block);

    static HttpKeywords() => NbGetRetry = Block.Add("nb_get_retry", new NumberSyntax<uint>(0, uint.MaxValue, lenient: true),
        "The old name of retry.", replacedBy: "retry", deprecationIsFault: true, synonym: Connection.Timing.Times.Retry);
}
