using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Binding.VirtualServers;
using Keepalived.Daemon.Configuration.Keywords.Checks;
using Keepalived.Daemon.Configuration.Scripts;
using Keepalived.Daemon.Configuration.Values;
using Keepalived.Ipvs;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The keywords of <c>virtual_server</c>.</summary>
internal static class VirtualServerKeywords
{
    public static readonly KeywordBlock Block = new("virtual_server");

    private static readonly ChoiceSyntax<string> Scheduler = new([.. new[]
    {
        "rr", "wrr", "lc", "wlc", "lblc", "lblcr", "sh", "mh", "dh", "fo", "ovf", "sed", "nq", "twos",
    }.Select(static name => (name, name))]);

    public static readonly Keyword<string> LvsSched = Block.Add("lvs_sched", Scheduler, "How connections are spread.", "wlc");

    public static readonly Keyword<string> LbAlgo = Block.Add("lb_algo", Scheduler, "The other name of lvs_sched.", synonym: LvsSched);

    public static readonly Keyword<LvsMethod> LvsMethod = Block.Add(
        "lvs_method", new LvsMethodSyntax(), "How packets are passed on.", fallback: "NAT");

    public static readonly Keyword<LvsMethod> LbKind = Block.Add("lb_kind", new LvsMethodSyntax(), "The other name of lvs_method.", synonym: LvsMethod);

    public static readonly Keyword<bool> Ops = Block.Add("ops", Flag, "One packet, one connection; UDP only.");

    public static readonly Keyword<bool> Flag1 = Block.Add("flag-1", Flag, "The first flag of the scheduler.");

    public static readonly Keyword<bool> Flag2 = Block.Add("flag-2", Flag, "The second flag of the scheduler.");

    public static readonly Keyword<bool> Flag3 = Block.Add("flag-3", Flag, "The third flag of the scheduler.");

    public static readonly Keyword<bool> ShPort = Block.Add("sh-port", new SchedulerFlagSyntax("sh"), "Hash the port too.");

    public static readonly Keyword<bool> ShFallback = Block.Add(
        "sh-fallback", new SchedulerFlagSyntax("sh"), "Use another server if the chosen one is not there.");

    public static readonly Keyword<bool> MhPort = Block.Add("mh-port", new SchedulerFlagSyntax("mh"), "Hash the port too.");

    public static readonly Keyword<bool> MhFallback = Block.Add(
        "mh-fallback", new SchedulerFlagSyntax("mh"), "Use another server if the chosen one is not there.");

    public static readonly Keyword<bool> Hashed = Block.Add("hashed", new SchedulerFlagSyntax(null), "Means nothing, as in the original.");

    public static readonly Keyword<uint> PersistenceTimeout = Block.Add("persistence_timeout",
        new CustomSyntax<uint>("[1..2678400]", static (ValueReader reader, uint _, out uint value) =>
        {
            value = 360;
            return reader.Count == 1 || new NumberSyntax<uint>(1, 2_678_400).TryRead(reader, 1, out value);
        }, WithoutParameter.Fine, "s"),
        "How long a client stays with its server.", fallback: "off; without a number 360");

    public static readonly Keyword<Granularity> PersistenceGranularity = Block.Add(
        "persistence_granularity", new GranularitySyntax(), "Which clients count as one.", fallback: "each address");

    public static readonly Keyword<string> PersistenceEngine = Block.Add(
        "persistence_engine", new WordSyntax("NAME", 16, cut: true), "The kernel's persistence engine.", fallback: "none");

    public static readonly ChoiceSyntax<IpvsProtocol> Protocols =
        new(true, ("TCP", IpvsProtocol.Tcp), ("UDP", IpvsProtocol.Udp), ("SCTP", IpvsProtocol.Sctp));

    public static readonly Keyword<IpvsProtocol> Protocol = Block.Add("protocol", Protocols, "The protocol.");

    public static readonly Keyword<AddressFamily> IpFamily = Block.Add(
        "ip_family",
        new ChoiceSyntax<AddressFamily>(("inet", AddressFamily.InterNetwork), ("inet6", AddressFamily.InterNetworkV6)),
        "The family of a service by mark.");

    public static readonly Keyword<bool> HaSuspend = Block.Add("ha_suspend", Flag, "Check only while the address is on this machine.");

    public static readonly Keyword<string> WhileMaster = Block.Add("while_master", new WordSyntax("INSTANCE", onlyOne: true),
        "Be in the kernel only while this VRRP instance is master; an addition of this version.", since: "2.4.4",
        without: WithoutParameter.Error);

    public static readonly Keyword<bool?> SmtpAlert = Block.Add(
        "smtp_alert", OptionalBool, "Mail changes of quorum.", fallback: "smtp_alert_checker, smtp_alert, off");

    public static readonly Keyword<string> VirtualHost = Block.Add(
        "virtualhost", Word("HOST"), "The Host of HTTP checks.", without: WithoutParameter.Error);

    public static readonly Keyword<string> SnmpName = Block.Add(
        "snmp_name", new WordSyntax("NAME", onlyOne: true), "The name in SNMP.", since: "2.2.3", without: WithoutParameter.Error,
        active: KeywordStatus.NotActiveYet);

    public static readonly Keyword<bool> Alpha = Block.Add("alpha", Flag, "Real servers are down until their checkers succeed.");

    public static readonly Keyword<bool> Omega = Block.Add("omega", Flag, "Run the down scripts at the stop.");

    public static readonly Keyword<uint> Quorum = Block.Add(
        "quorum", new QuorumSyntax(), "The least weight of live servers for the service to be up.", 1u, "1");

    public static readonly Keyword<uint> Hysteresis = Block.Add(
        "hysteresis", Count, "How far the weight may pass the quorum before it counts.", 0u);

    public static readonly Keyword<ScriptCommand> QuorumUp = Block.Add(
        "quorum_up", Script, "Run when the quorum is reached.", repeat: Repetition.FirstWins);

    public static readonly Keyword<ScriptCommand> QuorumDown = Block.Add(
        "quorum_down", Script, "Run when the quorum is lost.", repeat: Repetition.FirstWins);

    public static readonly Keyword<int> Weight = Block.Add("weight", Int(1, int.MaxValue), "The default weight of real servers.", 1);

    public static readonly CheckDefaults Times = new(Block, isServer: true);

    public static readonly Keyword<bool> InhibitOnFailure = Block.Add(
        "inhibit_on_failure", Flag, "Give a failed server weight 0 instead of removing it.");

    public static readonly Keyword<SorryServerDraft> SorryServer = Block.Add("sorry_server", new SorryServerSyntax(), "The server of last resort.");

    public static readonly Keyword<bool> SorryServerInhibit = Block.Add(
        "sorry_server_inhibit", new AfterSorryServer<bool>(Flag), "Give it weight 0 instead of removing it.");

    public static readonly Keyword<LvsMethod> SorryServerLvsMethod = Block.Add(
        "sorry_server_lvs_method", new AfterSorryServer<LvsMethod>(new LvsMethodSyntax()), "How packets are passed on to it.");

    public static readonly Keyword<List<RealServerDraft>> RealServer = Block.Add(
        "real_server", new RealServerSyntax(), "A server behind it.", takesParameters: true, repeat: Repetition.Adds);
}
