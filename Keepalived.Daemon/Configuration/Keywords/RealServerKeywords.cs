using Keepalived.Daemon.Configuration.Binding.VirtualServers;
using Keepalived.Daemon.Configuration.Keywords.Checks;
using Keepalived.Daemon.Configuration.Scripts;
using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The keywords of <c>real_server</c>.</summary>
internal static class RealServerKeywords
{
    public static readonly KeywordBlock Block = new("real_server");

    public static readonly Keyword<int> Weight = Block.Add("weight", Int(0, int.MaxValue), "The weight.", fallback: "1");

    public static readonly Keyword<LvsMethod> LvsMethod = Block.Add(
        "lvs_method", new LvsMethodSyntax(), "How packets are passed on.", fallback: "that of the virtual server");

    public static readonly Keyword<uint> UThreshold = Block.Add("uthreshold", Count, "The most connections.", fallback: "0: no limit");

    public static readonly Keyword<uint> LThreshold = Block.Add(
        "lthreshold", Count, "The connections below which it is used again.", fallback: "0");

    public static readonly Keyword<bool?> InhibitOnFailure = Block.Add(
        "inhibit_on_failure", OptionalBool, "Give it weight 0 instead of removing it, when it fails.");

    public static readonly Keyword<ScriptCommand> NotifyUp = Block.Add(
        "notify_up", Script, "Run when it comes up.", repeat: Repetition.FirstWins);

    public static readonly Keyword<ScriptCommand> NotifyDown = Block.Add(
        "notify_down", Script, "Run when it goes down.", repeat: Repetition.FirstWins);

    public static readonly Keyword<bool?> Alpha = Block.Add("alpha", OptionalBool, "It is down until its checkers succeed.");

    public static readonly Keyword<bool?> SmtpAlert = Block.Add(
        "smtp_alert", OptionalBool, "Mail when it goes up or down.", fallback: "smtp_alert_checker, smtp_alert, on");

    public static readonly CheckDefaults Times = new(Block, isServer: true);

    public static readonly Keyword<string> VirtualHost = Block.Add(
        "virtualhost", Word("HOST"), "The Host of HTTP checks.", without: WithoutParameter.Error);

    public static readonly Keyword<string> SnmpName = Block.Add(
        "snmp_name", new WordSyntax("NAME", onlyOne: true), "The name in SNMP.", since: "2.2.3", without: WithoutParameter.Error,
        active: KeywordStatus.NotActiveYet);

    public static readonly Keyword<int> TcpCheck = Check("TCP_CHECK", PlainCheckKeywords.Tcp, CheckDrafts.Tcp, "Connect.");

    public static readonly Keyword<int> HttpGet = Check("HTTP_GET", HttpKeywords.Block, CheckDrafts.Http, "Get pages by HTTP.");

    public static readonly Keyword<int> SslGet = Check("SSL_GET", HttpKeywords.Block, CheckDrafts.Ssl, "Get pages by HTTPS.");

    public static readonly Keyword<int> SmtpCheck = Check("SMTP_CHECK", SmtpKeywords.Block, CheckDrafts.Smtp, "Talk to a mail server.");

    public static readonly Keyword<int> DnsCheck = Check("DNS_CHECK", DnsKeywords.Block, CheckDrafts.Dns, "Ask a name server.");

    public static readonly Keyword<int> MiscCheck = Check("MISC_CHECK", MiscKeywords.Block, CheckDrafts.Misc, "Run a script.");

    public static readonly Keyword<int> PingCheck = Check("PING_CHECK", PlainCheckKeywords.Ping, CheckDrafts.Ping, "Ping.");

    public static readonly Keyword<int> UdpCheck = Check("UDP_CHECK", UdpKeywords.Block, CheckDrafts.Udp, "Send a datagram.");

    public static readonly Keyword<int> BfdCheck = Check("BFD_CHECK", BfdCheckKeywords.Block, CheckDrafts.Bfd, "Follow a BFD session.");

    public static readonly Keyword<int> FileCheck = Check(
        "FILE_CHECK", FileCheckKeywords.Block, CheckDrafts.File, "Follow the number in a file.");

    private static Keyword<int> Check(string name, KeywordBlock block, CheckSyntax.Maker make, string help) =>
        Block.Add(name, new CheckSyntax(block, make), help, fallback: null, repeat: Repetition.Adds);
}
