using Keepalived.Daemon.Configuration.Binding;
using Keepalived.Daemon.Configuration.Scripts;
using Keepalived.Daemon.Configuration.Values;
using Keepalived.Netlink;
using static Keepalived.Daemon.Configuration.Keywords.KeywordStatus;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The blocks of the checks of a real server.</summary>
internal static class CheckKeywords
{
    private static readonly string[] DnsTypes = ["A", "NS", "CNAME", "SOA", "MX", "TXT", "AAAA", "RRSIG", "DNSKEY"];

    public static KeywordBlock Tcp { get; } = Connecting(new("TCP_CHECK", NotActiveYet));

    public static KeywordBlock Http { get; } = MakeHttp();

    public static KeywordBlock Smtp { get; } = MakeSmtp();

    public static KeywordBlock Dns { get; } = MakeDns();

    public static KeywordBlock Misc { get; } = MakeMisc();

    public static KeywordBlock Ping { get; } = Connecting(new("PING_CHECK", NotActiveYet));

    public static KeywordBlock Udp { get; } = MakeUdp();

    public static KeywordBlock Bfd { get; } = MakeBfd();

    public static KeywordBlock File { get; } = MakeFile();

    private static KeywordBlock Timed(KeywordBlock block, bool withTimeout)
    {
        if (withTimeout)
            _ = new CheckDefaults(block, isServer: false);
        else
            AddTiming(block);
        block.Add("alpha", OptionalBool, "The server is down until this check succeeds.");
        block.Add("log_all_failures", Bool, "Log each failure.");
        return block;
    }

    // As CheckDefaults, without connect_timeout.
    private static void AddTiming(KeywordBlock block)
    {
        block.Add("retry", new NumberSyntax<uint>(0, uint.MaxValue, lenient: true), "Further attempts before it has failed.");
        block.Add("delay_before_retry", new DecimalSyntax(0, DecimalSyntax.LongestCheck), "The time before a further attempt.");
        block.Add("warmup", new DecimalSyntax(0, DecimalSyntax.LongestCheck), "The most that the first check is put off, at random.",
            fallback: "delay_loop");
        block.Add("delay_loop", new DecimalSyntax(1, DecimalSyntax.LongestCheck), "The time between checks.");
    }

    private static KeywordBlock Connecting(KeywordBlock block)
    {
        block.Add("connect_ip", new DestinationAddressSyntax(), "The address to connect to.", fallback: "the real server's");
        block.Add("connect_port", Int(1, 65535), "The port to connect to.", fallback: "the real server's");
        block.Add("bindto", new SourceAddressSyntax(), "The source address.");
        block.Add("bind_port", Int(1, 65535), "The source port.");
        block.Add("bind_if", InterfaceName, "The interface to connect from.");
        block.Add("fwmark", Count, "The mark of the packets.", 0u);
        return Timed(block, withTimeout: true);
    }

    private static KeywordBlock MakeHttp()
    {
        var url = new KeywordBlock("url", NotActiveYet);
        url.Add("path", Word("PATH"), "What to get.");
        url.Add("digest", new DigestSyntax(), "The MD5 sum of what must come.", repeat: Repetition.FirstWins);
        url.Add("status_code", new StatusCodesSyntax(), "The status codes that are success.", fallback: "200-299",
            without: WithoutParameter.Ignored, repeat: Repetition.Adds);
        url.Add("virtualhost", Word("HOST"), "The Host.", without: WithoutParameter.Error);
        url.Add("regex", new WordsSyntax("\"PATTERN\""), "What must be in the answer.", without: WithoutParameter.Ignored);
        url.Add("regex_no_match", Flag, "What must not be in it.");
        url.Add("regex_options", new WordsSyntax("OPTION ..."), "How the pattern is read.",
            without: WithoutParameter.Ignored);
        url.Add("regex_min_offset", StrictCount, "Where searching begins.", 0u, without: WithoutParameter.Ignored);
        url.Add("regex_max_offset", StrictCount, "Where a match must begin at the latest.",
            without: WithoutParameter.Ignored);
        url.Add("regex_stack", new WordsSyntax("START MAX"), "Memory of the pattern's compiler; means nothing here.", active: Accepted);
        url.Add("tls_compliant", Bool, "Close TLS as its standard says.", since: "2.2.8");

        var block = new KeywordBlock("HTTP_GET or SSL_GET", NotActiveYet);
        block.Add("virtualhost", Word("HOST"), "The Host.", without: WithoutParameter.Error);
        block.Add("http_protocol", new ChoiceSyntax<string>(true, ("1.0", "1.0"), ("1.0C", "1.0C"), ("1.1", "1.1")), "The version of HTTP.",
            "1.0", without: WithoutParameter.Error);
        block.Add("enable_sni", Bool, "Say the host's name in the TLS handshake.");
        block.Add("sni_name", new WordsSyntax("[NAME]", optional: true), "The name in the TLS handshake.", since: "2.4.4");
        block.Add("fast_recovery", Bool, "Get all pages at once when coming up.");
        block.Add("tls_compliant", Bool, "Close TLS as its standard says.", since: "2.2.8");
        block.Add("nb_get_retry", new NumberSyntax<uint>(0, uint.MaxValue, lenient: true), "The old name of retry.", replacedBy: "retry",
            deprecationIsFault: true);
        block.Add("url", new RepeatedBlockSyntax(url, string.Empty, CheckCompletion.Url), "A page.", repeat: Repetition.Adds);
        return Connecting(block);
    }

    private static KeywordBlock MakeSmtp()
    {
        var block = new KeywordBlock("SMTP_CHECK", NotActiveYet);
        block.Add("helo_name", Word("NAME"), "The name in the HELO.", "smtpchecker.keepalived.org", without: WithoutParameter.Error);
        block.Add("host", new RepeatedBlockSyntax(Connecting(new("host", NotActiveYet)), string.Empty), "A further server; deprecated.",
            repeat: Repetition.Adds);
        return Connecting(block);
    }

    private static KeywordBlock MakeDns()
    {
        var block = new KeywordBlock("DNS_CHECK", NotActiveYet);
        block.Add("type", new ChoiceSyntax<string>(true, [.. DnsTypes.Select(static type => (type, type))]),
            "The type of record to ask for.", "SOA");
        block.Add("name", new DomainNameSyntax(), "The name to ask for.", ".", repeat: Repetition.FirstWins);
        return Connecting(block);
    }

    private static KeywordBlock MakeMisc()
    {
        var block = new KeywordBlock("MISC_CHECK", NotActiveYet);
        block.Add("misc_path", new ScriptSyntax(withUser: false), "The script; 0 is success.", without: WithoutParameter.Error);
        block.Add("misc_timeout", Delay, "How long it may take.", fallback: "delay_loop");
        block.Add("misc_dynamic", Flag, "Its exit status sets the weight.");
        block.Add("user", new CustomSyntax<ScriptUser>(
            "USER [[:]GROUP]", static (ValueReader reader, ScriptUser? _, out ScriptUser value) =>
        {
            value = reader.Context.ScriptUsers.Find(reader, 1, reader.Text(1), reader.Count > 2 ? reader.Text(2) : null)
                ?? ScriptUser.Unknown;
            return true;
        }, WithoutParameter.Error), "Who it runs as.", fallback: "script_user");
        return Timed(block, withTimeout: false);
    }

    private static KeywordBlock MakeUdp()
    {
        var block = new KeywordBlock("UDP_CHECK", NotActiveYet);
        block.Add("payload", new HexSyntax(wildcards: false), "What is sent.", without: WithoutParameter.Error);
        block.Add("require_reply", new HexSyntax(wildcards: true), "An answer must come, and look like this.",
            without: WithoutParameter.Fine);
        block.Add("min_reply_length", Int(0, 65535, lenient: false), "The shortest answer.", 0);
        block.Add("max_reply_length", Int(0, 65535, lenient: false), "The longest answer.", 255);
        return Connecting(block);
    }

    private static KeywordBlock MakeBfd()
    {
        var block = new KeywordBlock("BFD_CHECK", NotActiveYet);
        block.Add("name", new WordSyntax("INSTANCE", 31, onlyOne: true), "The bfd_instance.", without: WithoutParameter.Error,
            repeat: Repetition.FirstWins);
        block.Add("alpha", OptionalBool, "The server is down until the session is up.");
        return block;
    }

    private static KeywordBlock MakeFile()
    {
        var block = new KeywordBlock("FILE_CHECK", NotActiveYet);
        block.Add("track_file", Word("NAME"), "The track_file.");
        block.Add("weight", new WeightSyntax(int.MaxValue, noReverse: true), "The factor on its number.", fallback: "the track_file's",
            without: WithoutParameter.Error);
        return block;
    }
}
