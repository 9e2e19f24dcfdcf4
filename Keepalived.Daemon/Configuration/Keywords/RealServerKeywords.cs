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

    public static readonly CheckDefaults Checks = new(Block, isServer: true);

    public static readonly Keyword<string> VirtualHost = Block.Add(
        "virtualhost", Word("HOST"), "The Host of HTTP checks.", without: WithoutParameter.Error);

    public static readonly Keyword<string> SnmpName = Block.Add(
        "snmp_name", new WordSyntax("NAME", onlyOne: true), "The name in SNMP.", since: "2.2.3", without: WithoutParameter.Error);

    public static readonly Keyword<BlockTotals> TcpCheck = Check("TCP_CHECK", CheckKeywords.Tcp, "Connect.", CheckCompletion.Connection);

    public static readonly Keyword<BlockTotals> HttpGet = Check("HTTP_GET", CheckKeywords.Http, "Get pages by HTTP.", CheckCompletion.Http);

    public static readonly Keyword<BlockTotals> SslGet = Check("SSL_GET", CheckKeywords.Http, "Get pages by HTTPS.", CheckCompletion.Http);

    public static readonly Keyword<BlockTotals> SmtpCheck = Check(
        "SMTP_CHECK", CheckKeywords.Smtp, "Talk to a mail server.", CheckCompletion.Connection);

    public static readonly Keyword<BlockTotals> DnsCheck = Check(
        "DNS_CHECK", CheckKeywords.Dns, "Ask a name server.", CheckCompletion.Connection);

    public static readonly Keyword<BlockTotals> MiscCheck = Check("MISC_CHECK", CheckKeywords.Misc, "Run a script.", CheckCompletion.Misc);

    public static readonly Keyword<BlockTotals> PingCheck = Check("PING_CHECK", CheckKeywords.Ping, "Ping.", CheckCompletion.Connection);

    public static readonly Keyword<BlockTotals> UdpCheck = Check("UDP_CHECK", CheckKeywords.Udp, "Send a datagram.", CheckCompletion.Udp);

    public static readonly Keyword<BlockTotals> BfdCheck = Check(
        "BFD_CHECK", CheckKeywords.Bfd, "Follow a BFD session.", CheckCompletion.Bfd);

    public static readonly Keyword<BlockTotals> FileCheck = Check(
        "FILE_CHECK", CheckKeywords.File, "Follow the number in a file.", CheckCompletion.File);

    private static Keyword<BlockTotals> Check(
        string name, KeywordBlock block, string help, RepeatedBlockSyntax.Completion? complete = null) =>
        Block.Add(name, new RepeatedBlockSyntax(block, string.Empty, complete), help, repeat: Repetition.Adds);
}
