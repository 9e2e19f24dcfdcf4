using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Values;
using Keepalived.Netlink;
using static Keepalived.Daemon.Configuration.Keywords.KeywordStatus;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>Defaults of VRRP instances.</summary>
internal static partial class GlobalKeywords
{
    public static readonly Keyword<DynamicInterfaces> DynamicInterfaces = Block.Add("dynamic_interfaces", new DynamicInterfacesSyntax(),
        "Configured interfaces may be absent, and come and go.", since: "2.0");

    public static readonly Keyword<string> DefaultInterface = Block.Add("default_interface", Word("INTERFACE"),
        "The interface of addresses that name none.", "eth0", since: "1.2.24", without: WithoutParameter.Error);

    public static readonly Keyword<bool> DisableLocalIgmp = Block.Add("disable_local_igmp", Flag,
        "Send no IGMP reports for link-local groups, while the daemon runs.", since: "2.2.0");

    public static readonly Keyword<bool> V3ChecksumAsV2 = Block.Add(
        "v3_checksum_as_v2", Flag, "Version 3 IPv4 checksums leave the pseudo header out.", since: "2.2.8");

    public static readonly Keyword<InetAddress> VrrpMcastGroup4 = Block.Add(
        "vrrp_mcast_group4", new AddressSyntax(AddressFamily.InterNetwork, multicast: true),
        "The IPv4 group of adverts.", InetAddress.FromIPv4(0xe0000012), since: "1.2.10");

    public static readonly Keyword<InetAddress> VrrpMcastGroup6 = Block.Add(
        "vrrp_mcast_group6", new AddressSyntax(AddressFamily.InterNetworkV6, multicast: true, linkLocal: true),
        "The IPv6 group of adverts.", InetAddress.Parse("ff02::12"), since: "1.2.10");

    public static readonly Keyword<uint> VrrpGarpMasterDelay = Block.Add("vrrp_garp_master_delay", Delay,
        "When gratuitous ARP is sent a second time after becoming master; 0: not at all.", 5u, since: "1.2.20");

    public static readonly Keyword<uint> VrrpGarpMasterRepeat = Block.Add(
        "vrrp_garp_master_repeat", AtLeastOne(), "Gratuitous ARPs each time.", 5u, "5", since: "1.2.20");

    public static readonly Keyword<uint> VrrpGarpMasterRefresh = Block.Add(
        "vrrp_garp_master_refresh", new NumberSyntax<uint>(0, uint.MaxValue, lenient: true, unit: "s"),
        "The period of gratuitous ARP while master; 0: none.", 0u, since: "1.2.20");

    public static readonly Keyword<uint> VrrpGarpMasterRefreshRepeat = Block.Add(
        "vrrp_garp_master_refresh_repeat", AtLeastOne(), "Gratuitous ARPs each period.", 1u, "1", since: "1.2.20");

    public static readonly Keyword<uint> VrrpGarpLowerPrioDelay = Block.Add("vrrp_garp_lower_prio_delay", Delay,
        "The second time after an advert of lower priority.", fallback: "vrrp_garp_master_delay", since: "1.2.20");

    public static readonly Keyword<uint> VrrpGarpLowerPrioRepeat = Block.Add(
        "vrrp_garp_lower_prio_repeat", new NumberSyntax<uint>(0, int.MaxValue, lenient: true),
        "Gratuitous ARPs each time after an advert of lower priority.", fallback: "vrrp_garp_master_repeat", since: "1.2.20");

    public static readonly Keyword<TimeSpan> VrrpGarpInterval = Block.Add(
        "vrrp_garp_interval", Interval, "The least time between two gratuitous ARPs.", fallback: "0", since: "1.2.21");

    public static readonly Keyword<TimeSpan> VrrpGnaInterval = Block.Add(
        "vrrp_gna_interval", Interval, "The least time between two neighbour advertisements.", fallback: "0", since: "1.2.21");

    public static readonly Keyword<bool> VrrpMinGarp = Block.Add(
        "vrrp_min_garp", Bool, "One gratuitous ARP, once, where nothing else was said before.", since: "2.0.12");

    public static readonly Keyword<int> VrrpDownTimerAdverts = Block.Add(
        "vrrp_down_timer_adverts", Int(1, 100), "Adverts missed before a master is down.", 3, since: "2.2.3");

    public static readonly Keyword<(TimeSpan Interval, bool All)> VrrpGarpExtraIf = Block.Add("vrrp_garp_extra_if", ExtraInterval(1),
        "The period of gratuitous ARP on further interfaces that carry addresses.", fallback: "off", since: "2.2.3",
        without: WithoutParameter.Error);

    public static readonly Keyword<(TimeSpan Interval, bool All)> VrrpVmacGarpIntvl = Block.Add("vrrp_vmac_garp_intvl", ExtraInterval(1),
        "The old name of vrrp_garp_extra_if.", fallback: "off", since: "2.2.0", replacedBy: "vrrp_garp_extra_if", deprecationIsFault: true,
        without: WithoutParameter.Error);

    public static readonly Keyword<bool?> VrrpLowerPrioNoAdvert = Block.Add("vrrp_lower_prio_no_advert", OptionalBool,
        "Answer no adverts of lower priority.", fallback: "off; on if strict", since: "1.2.20");

    public static readonly Keyword<bool> VrrpHigherPrioSendAdvert = Block.Add("vrrp_higher_prio_send_advert", Bool,
        "Send one advert before yielding to a higher priority.", since: "1.3.5");

    public static readonly Keyword<int> VrrpVersion = Block.Add(
        "vrrp_version", Int(2, 3), "The version of IPv4 instances that do not say.", 2, since: "1.2.20");

    public static readonly Keyword<bool> VrrpCheckUnicastSrc = Block.Add(
        "vrrp_check_unicast_src", Flag, "Drop unicast adverts from others than the peers.", since: "1.2.20");

    public static readonly Keyword<bool> VrrpSkipCheckAdvAddr = Block.Add("vrrp_skip_check_adv_addr", Bool,
        "Compare the addresses of adverts from the same master once only.", since: "1.2.20");

    public static readonly Keyword<bool> VrrpStrict = Block.Add("vrrp_strict", Bool, "Conform strictly to the RFC.", since: "1.2.20");

    public static readonly Keyword<(ReceiveBufferPolicy Policy, uint Size)> VrrpRxBufsPolicy = Block.Add(
        "vrrp_rx_bufs_policy", new ReceiveBufferPolicySyntax(),
        "How receive buffers are sized.", fallback: "the system's default", since: "2.0.3", without: WithoutParameter.Error);

    public static readonly Keyword<uint> VrrpRxBufsMultiplier = Block.Add("vrrp_rx_bufs_multiplier", new OneNumberSyntax(1, uint.MaxValue),
        "The factor on the size by MTU or by advert.", 3u, since: "2.0.3", without: WithoutParameter.Error);

    public static readonly Keyword<TimeSpan> VrrpStartupDelay = Block.Add(
        "vrrp_startup_delay", StartDelay, "How long all instances stay backup after the start.", fallback: "0", since: "2.0.14");

    public static readonly Keyword<TimeSpan> VrrpDelayAfterBoot = Block.Add(
        "vrrp_delay_after_boot", StartDelay, "The same, from the boot of the machine.", fallback: "0", since: "2.4.0");

    public static readonly Keyword<bool> VrrpDriftRepair = Block.Add("vrrp_drift_repair", Bool,
        "As master, put back addresses, routes and rules that somebody else deletes, and give the mastership up only when that keeps failing; "
        + "false: give it up at once, as the original does.", true, "true");

    public static readonly Keyword<bool> LogUnknownVrids = Block.Add(
        "log_unknown_vrids", Flag, "Log adverts of virtual router ids that are not configured.", since: "2.0.16");

    public static readonly Keyword<bool> VrrpOwnerIgnoreAdverts = Block.Add(
        "vrrp_owner_ignore_adverts", Bool, "The owner of the addresses drops adverts.", since: "2.3.3");

    public static readonly Keyword<string> VmacPrefix = Block.Add(
        "vmac_prefix", Word("PREFIX"), "How names of VMAC interfaces begin.", "vrrp", since: "2.2.0",
        repeat: Repetition.FirstWins);

    public static readonly Keyword<string> VmacAddrPrefix = Block.Add(
        "vmac_addr_prefix", Word("PREFIX"), "The same for those that only carry addresses.",
        fallback: "vmac_prefix", since: "2.2.0", repeat: Repetition.FirstWins);

    private static DecimalSyntax Interval => new(1, 4_294_967_295);

    private static DecimalSyntax StartDelay => new(1000, 4_294_967_295);
}
