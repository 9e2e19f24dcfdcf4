using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Keywords.KeywordStatus;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>Firewall, IPVS, netlink buffers, SNMP and D-Bus.</summary>
internal static partial class GlobalKeywords
{
    private const int MaxTableName = 255; // NFT_NAME_MAXLEN of linux/netfilter/nf_tables.h, with its NUL

    public static readonly Keyword<string[]> VrrpIptables = Block.Add("vrrp_iptables", new WordsSyntax("[IN [OUT]]", optional: true),
        "Drop packets to addresses that are not accepted: by nftables here, whatever the chains are called.", since: "1.2.20",
        repeat: Repetition.FirstWins);

    public static readonly Keyword<string[]> VrrpIpsets = Block.Add(
        "vrrp_ipsets", new WordsSyntax("[IPV4 [IPV6 [IF6 [IGMP [MLD [ND]]]]]]", optional: true),
        "The ipsets of those chains: nftables has sets of its own.", since: "1.2.20");

    public static readonly Keyword<string> Nftables = Block.Add("nftables", OptionalWord("TABLE", "keepalived", MaxTableName),
        "Drop packets to addresses that are not accepted, by nftables tables of this name.", fallback: "keepalived", since: "2.0.11",
        repeat: Repetition.FirstWins);

    public static readonly Keyword<int> NftablesPriority = Block.Add("nftables_priority", Int(int.MinValue, int.MaxValue, lenient: false),
        "The priority of its chains.", -1, since: "2.0.11");

    public static readonly Keyword<bool> NftablesIfindex = Block.Add(
        "nftables_ifindex", Flag, "Match interfaces by index, even with dont_track_primary.", since: "2.0.11");

    public static readonly Keyword<string> NftablesIpvs = Block.Add("nftables_ipvs", OptionalWord("TABLE", "keepalived_ipvs", MaxTableName),
        "Map the addresses of virtual server groups to marks, by an nftables table.", since: "2.2.0", repeat: Repetition.FirstWins);

    public static readonly Keyword<int> NftablesIpvsPriority = Block.Add(
        "nftables_ipvs_priority", Int(int.MinValue, int.MaxValue, lenient: false),
        "The priority of its chains.", -1, since: "2.2.0");

    public static readonly Keyword<uint> NftablesIpvsStartFwmark = Block.Add(
        "nftables_ipvs_start_fwmark", new NumberSyntax<uint>(1, uint.MaxValue),
        "The first mark that is used.", 1000u, since: "2.2.0");

    public static readonly Keyword<bool> NftablesCounters = Block.Add(
        "nftables_counters", Flag, "Count in the rules.", since: "2.0.11");

    public static readonly Keyword<(uint? Tcp, uint? TcpFin, uint? Udp)> LvsTimeouts = Block.Add("lvs_timeouts", new LvsTimeoutsSyntax(),
        "The timeouts of IPVS connections.", fallback: "the kernel's", unit: "s", since: "1.2.24", without: WithoutParameter.Error);

    public static readonly Keyword<bool> LvsFlush = Block.Add(
        "lvs_flush", Flag, "Remove all IPVS services at the start.", since: "1.2.23");

    public static readonly Keyword<bool> LvsFlushOnStop = Block.Add(
        "lvs_flush_on_stop", OptionalVs, "Remove IPVS services at the stop: all, or with VS those of the configuration.",
        since: "2.2.0");

    public static readonly Keyword<bool> LvsFlushOnstop = Block.Add(
        "lvs_flush_onstop", OptionalVs, "The old spelling of lvs_flush_on_stop.",
        since: "2.0.15", replacedBy: "lvs_flush_on_stop");

    public static readonly Keyword<TimeSpan> LvsRepairInterval = Block.Add("lvs_repair_interval", new DecimalSyntax(100_000, DecimalSyntax.LongestCheck),
        "How often the IPVS table is compared with what it should be, and put right; an addition of this version.", fallback: "never",
        since: "2.4.4");

    public static readonly Keyword<LvsSyncDaemon> LvsSyncDaemon = Block.Add("lvs_sync_daemon", new LvsSyncDaemonSyntax(),
        "Send the state of IPVS connections to the backup.", since: "1.2.20", without: WithoutParameter.Error, repeat: Repetition.FirstWins);

    public static readonly BufferKeywords VrrpNetlinkCommand = new("vrrp_netlink_cmd", "2.0");

    public static readonly BufferKeywords VrrpNetlinkMonitor = new("vrrp_netlink_monitor", "2.0");

    public static readonly BufferKeywords LvsNetlinkCommand = new("lvs_netlink_cmd", "2.0");

    public static readonly BufferKeywords LvsNetlinkMonitor = new("lvs_netlink_monitor", "2.0");

    public static readonly BufferKeywords ProcessMonitor = new("process_monitor", "2.0.11");

    public static readonly Keyword<string> SnmpSocket = Block.Add(
        "snmp_socket", new WordSyntax("ADDRESS", onlyOne: true), "Where the SNMP master agent listens.",
        "unix:/var/agentx/master", since: "1.2.20", without: WithoutParameter.Error, repeat: Repetition.FirstWins, active: NotActiveYet);

    public static readonly Keyword<bool> EnableTraps = Block.Add(
        "enable_traps", Flag, "Send SNMP traps.", since: "1.2.5", active: NotActiveYet);

    public static readonly Keyword<bool> EnableSnmpVrrp = Block.Add(
        "enable_snmp_vrrp", Flag, "Answer SNMP about VRRP.", since: "2.0", active: NotActiveYet);

    public static readonly Keyword<bool> EnableSnmpKeepalived = Block.Add(
        "enable_snmp_keepalived", Flag, "The old name of enable_snmp_vrrp.",
        since: "1.2.20", replacedBy: "enable_snmp_vrrp", active: NotActiveYet);

    public static readonly Keyword<bool> EnableSnmpChecker = Block.Add(
        "enable_snmp_checker", Flag, "Answer SNMP about checkers.", since: "1.2.20", active: NotActiveYet);

    public static readonly Keyword<bool> EnableSnmpRfc = Block.Add(
        "enable_snmp_rfc", Flag, "Answer SNMP by both RFC MIBs.", since: "1.2.20", active: NotActiveYet);

    public static readonly Keyword<bool> EnableSnmpRfcv2 = Block.Add(
        "enable_snmp_rfcv2", Flag, "Answer SNMP by the MIB of RFC 2787.", since: "1.2.20", active: NotActiveYet);

    public static readonly Keyword<bool> EnableSnmpRfcv3 = Block.Add(
        "enable_snmp_rfcv3", Flag, "Answer SNMP by the MIB of RFC 6527.", since: "1.2.20", active: NotActiveYet);

    public static readonly Keyword<TimeSpan> SnmpVsStatsUpdateInterval = Block.Add(
        "snmp_vs_stats_update_interval", new DecimalSyntax(1000, 30_000_000),
        "How old statistics of virtual servers may be.", TimeSpan.FromSeconds(5), since: "2.3.0", active: NotActiveYet);

    public static readonly Keyword<TimeSpan> SnmpRsStatsUpdateInterval = Block.Add(
        "snmp_rs_stats_update_interval", new DecimalSyntax(1000, 30_000_000),
        "How old statistics of real servers may be.", fallback: "snmp_vs_stats_update_interval", since: "2.3.0", active: NotActiveYet);

    public static readonly Keyword<bool> EnableDbus = Block.Add(
        "enable_dbus", Flag, "Serve on the D-Bus system bus.", since: "1.3", active: NotActiveYet);

    public static readonly Keyword<string> DbusServiceName = Block.Add(
        "dbus_service_name", Word("NAME"), "The name on the bus.", "org.keepalived.Vrrp1",
        since: "1.3.7", without: WithoutParameter.Error, active: NotActiveYet);

    public static readonly Keyword<string> DbusNoInterfaceName = Block.Add(
        "dbus_no_interface_name", Word("NAME"), "What stands for no interface.", "none",
        since: "2.3.0", without: WithoutParameter.Error, active: NotActiveYet);

    private static CustomSyntax<bool> OptionalVs => new("[VS]", static (ValueReader reader, bool _, out bool value) =>
    {
        value = reader.Count > 1;
        if (!value || reader[1] is "VS")
            return true;
        reader.Unknown(1, ["VS"]);
        return false;
    }, WithoutParameter.Fine);

    /// <summary>A receive buffer and whether its limit is overridden.</summary>
    internal sealed class BufferKeywords(string prefix, string since)
    {
        public Keyword<uint> Size { get; } = Block.Add($"{prefix}_rcv_bufs", new NumberSyntax<uint>(0, uint.MaxValue, unit: "bytes"),
            "The receive buffer; 0: the system's default.", 0u, since: since, without: WithoutParameter.Error);

        public Keyword<bool> Force { get; } = Block.Add(
            $"{prefix}_rcv_bufs_force", Bool, "Set it beyond the system's limit.", since: since);
    }
}
