using Keepalived.Daemon.Configuration.Binding;
using Keepalived.Daemon.Configuration.Scripts;
using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Keywords.KeywordStatus;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The keywords of <c>real_server</c>.</summary>
internal static class RealServerKeywords
{
    public static readonly KeywordBlock Block = new("real_server", NotActiveYet);

    public static readonly Keyword<int> Weight = Block.Add("weight", Int(0, int.MaxValue), "The weight.", fallback: "1", since: "0.1");

    public static readonly Keyword<LvsMethod> LvsMethod = Block.Add("lvs_method", new LvsMethodSyntax(), "How packets are passed on.", fallback: "that of the virtual server", since: "1.4");

    public static readonly Keyword<uint> UThreshold = Block.Add("uthreshold", Count, "The most connections.", fallback: "0: no limit", since: "1.2.8");

    public static readonly Keyword<uint> LThreshold = Block.Add("lthreshold", Count, "The connections below which it is used again.", fallback: "0", since: "1.2.8");

    public static readonly Keyword<bool?> InhibitOnFailure = Block.Add("inhibit_on_failure", OptionalBool, "Give it weight 0 instead of removing it, when it fails.", since: "0.5");

    public static readonly Keyword<ScriptCommand> NotifyUp = Block.Add("notify_up", Script, "Run when it comes up.", since: "0.6", repeat: Repetition.FirstWins);

    public static readonly Keyword<ScriptCommand> NotifyDown = Block.Add("notify_down", Script, "Run when it goes down.", since: "0.6", repeat: Repetition.FirstWins);

    public static readonly Keyword<bool?> Alpha = Block.Add("alpha", OptionalBool, "It is down until its checkers succeed.", since: "2.0");

    public static readonly Keyword<bool?> SmtpAlert = Block.Add("smtp_alert", OptionalBool, "Mail when it goes up or down.", fallback: "smtp_alert_checker, smtp_alert, on", since: "2.0");

    public static readonly CheckDefaults Checks = new(Block, isServer: true);

    public static readonly Keyword<string> VirtualHost = Block.Add("virtualhost", Word("HOST"), "The Host of HTTP checks.", since: "2.0", without: WithoutParameter.Error);

    public static readonly Keyword<string> SnmpName = Block.Add("snmp_name", new WordSyntax("NAME", onlyOne: true), "The name in SNMP.", since: "2.2.3", without: WithoutParameter.Error);

    public static readonly Keyword<BlockTotals> TcpCheck = Check("TCP_CHECK", CheckKeywords.Tcp, "Connect.", "0.1");

    public static readonly Keyword<BlockTotals> HttpGet = Check("HTTP_GET", CheckKeywords.Http, "Get pages by HTTP.", "0.1", CheckCompletion.Http);

    public static readonly Keyword<BlockTotals> SslGet = Check("SSL_GET", CheckKeywords.Http, "Get pages by HTTPS.", "0.1", CheckCompletion.Http);

    public static readonly Keyword<BlockTotals> SmtpCheck = Check("SMTP_CHECK", CheckKeywords.Smtp, "Talk to a mail server.", "0.5");

    public static readonly Keyword<BlockTotals> DnsCheck = Check("DNS_CHECK", CheckKeywords.Dns, "Ask a name server.", "1.3");

    public static readonly Keyword<BlockTotals> MiscCheck = Check("MISC_CHECK", CheckKeywords.Misc, "Run a script.", "0.1", CheckCompletion.Misc);

    public static readonly Keyword<BlockTotals> PingCheck = Check("PING_CHECK", CheckKeywords.Ping, "Ping.", "2.1");

    public static readonly Keyword<BlockTotals> UdpCheck = Check("UDP_CHECK", CheckKeywords.Udp, "Send a datagram.", "2.1", CheckCompletion.Udp);

    public static readonly Keyword<BlockTotals> BfdCheck = Check("BFD_CHECK", CheckKeywords.Bfd, "Follow a BFD session.", "2.0", CheckCompletion.Bfd);

    public static readonly Keyword<BlockTotals> FileCheck = Check("FILE_CHECK", CheckKeywords.File, "Follow the number in a file.", "2.1", CheckCompletion.File);

    private static Keyword<BlockTotals> Check(
        string name, KeywordBlock block, string help, string since, RepeatedBlockSyntax.Completion? complete = null) =>
        Block.Add(name, new RepeatedBlockSyntax(block, string.Empty, complete), help, since: since, repeat: Repetition.Adds);
}
