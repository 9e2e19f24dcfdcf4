using Keepalived.Daemon.Configuration.Binding;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Values;
using Keepalived.Daemon.Configuration.Values.Routing;
using Keepalived.Netlink;
using static Keepalived.Daemon.Configuration.Keywords.KeywordStatus;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The keywords of <c>vrrp_instance</c>.</summary>
internal static partial class VrrpInstanceKeywords
{
    // Accessing the block must run the initialisers of all keywords in it, in whatever file they stand.
    static VrrpInstanceKeywords()
    {
    }

    public static KeywordBlock Block => VrrpInstanceBlock.Instance;

    public static readonly Keyword<bool> State = Block.Add(
        "state", new InitialStateSyntax(), "Whether the router starts as if it were master.",
        fallback: "MASTER with priority 255, else BACKUP");

    public static readonly Keyword<string> Interface = Block.Add(
        "interface", InterfaceName, "The interface of the adverts and, unless they say otherwise, of the addresses.");

    public static readonly Keyword<string> Vrf = Block.Add(
        "vrf", InterfaceName, "The VRF of a unicast instance without interface.", since: "2.2.5");

    public static readonly Keyword<int> VirtualRouterId = Block.Add("virtual_router_id", Int(1, 255, lenient: false), "The virtual router id; required.");

    public static readonly Keyword<int> Priority = Block.Add(
        "priority", Int(1, 255, lenient: false), "The priority; 255 owns the addresses.", fallback: "100; 255 with state MASTER");

    public static readonly Keyword<TimeSpan> AdvertInt = Block.Add("advert_int", new DecimalSyntax(10_000, 255_000_000),
        "The interval of adverts: whole seconds in version 2, multiples of 0.01 s up to 40.95 in version 3.", TimeSpan.FromSeconds(1));

    public static readonly Keyword<int> Version = Block.Add(
        "version", new OnceSetSyntax(2, 3), "The version of the protocol.", fallback: "vrrp_version; 3 for IPv6");

    public static readonly Keyword<bool> NativeIpv6 = Block.Add("native_ipv6", Flag, "Use IPv6 although no address says so.");

    public static readonly Keyword<List<VirtualAddressConfiguration>> VirtualIpAddress = Block.Add("virtual_ipaddress",
        new VirtualAddressList("virtual_ipaddress"), "The virtual addresses: in the adverts, and on this machine while master.");

    public static readonly Keyword<List<VirtualAddressConfiguration>> VirtualIpAddressExcluded = Block.Add("virtual_ipaddress_excluded",
        new VirtualAddressList("virtual_ipaddress_excluded"), "Further addresses on this machine while master, not in the adverts.");

    public static readonly Keyword<bool> NoVirtualIpAddress = Block.Add(
        "no_virtual_ipaddress", Flag, "Allow a version 3 instance without addresses.", since: "2.2.8");

    public static readonly Keyword<List<RouteConfiguration>> VirtualRoutes = Block.Add(
        "virtual_routes", new RouteList("virtual_routes"), "Routes while master, in the words of ip route.");

    public static readonly Keyword<List<RuleConfiguration>> VirtualRules = Block.Add(
        "virtual_rules", new RuleList("virtual_rules"), "Policy rules while master, in the words of ip rule.");

    public static readonly Keyword<bool> PromoteSecondaries = Block.Add("promote_secondaries", Flag,
        "Keep secondary addresses when the primary one goes (sysctl promote_secondaries).");

    public static readonly Keyword<VmacConfiguration> UseVmac = Block.Add("use_vmac", new VmacSyntax(),
        "Send from, and put the addresses on, an interface with the virtual router's MAC address.");

    public static readonly Keyword<bool> UseVmacAddr = Block.Add(
        "use_vmac_addr", Flag, "The same for addresses on other interfaces.");

    public static readonly Keyword<bool> VmacXmitBase = Block.Add(
        "vmac_xmit_base", Flag, "Send adverts from the base interface.");

    public static readonly Keyword<IpvlanConfiguration> UseIpvlan = Block.Add("use_ipvlan", new IpvlanSyntax(),
        "Send from an ipvlan interface.",
        repeat: Repetition.FirstWins);

    public static readonly Keyword<InetAddress> McastSrcIp = Block.Add(
        "mcast_src_ip", new AddressSyntax(), "The source address of adverts.", fallback: "the interface's");

    public static readonly Keyword<InetAddress> UnicastSrcIp = Block.Add(
        "unicast_src_ip", new AddressSyntax(), "The same, for unicast.", fallback: "the interface's");

    public static readonly Keyword<InetAddress> McastDstIp = Block.Add(
        "mcast_dst_ip", new AddressSyntax(multicast: true), "The multicast group of adverts.",
        fallback: "vrrp_mcast_group4, vrrp_mcast_group6", since: "2.2.5");

    public static readonly Keyword<bool> TrackSrcIp = Block.Add(
        "track_src_ip", Flag, "A fault while the configured source address is absent.");

    public static readonly Keyword<List<UnicastPeerConfiguration>> UnicastPeer = Block.Add("unicast_peer", new UnicastPeerList(),
        "The peers that adverts are sent to, instead of the multicast group.");

    public static readonly Keyword<bool> UnicastFaultNoPeer = Block.Add(
        "unicast_fault_no_peer", Flag, "A fault when unicast has no peers, instead of multicast.", since: "2.2.5");

    public static readonly Keyword<bool> CheckUnicastSrc = Block.Add(
        "check_unicast_src", Flag, "Drop unicast adverts from others than the peers.");

    public static readonly Keyword<int> UnicastTtl = Block.Add(
        "unicast_ttl", Int(0, 255, lenient: false), "The TTL of unicast adverts.", fallback: "255; IPv6: the system's");

    public static readonly Keyword<LegacyChecksum> OldUnicastChecksum = Block.Add("old_unicast_checksum",
        new CustomSyntax<LegacyChecksum>("[never]", static (ValueReader reader, LegacyChecksum _, out LegacyChecksum value) =>
        {
            value = reader.Count > 1 && reader[1] is "never" ? LegacyChecksum.Never : LegacyChecksum.Always;
            if (reader.Count > 1 && value == LegacyChecksum.Always)
                reader.Unknown(1, ["never"]);
            return true;
        }, WithoutParameter.Fine),
        "The checksum of unicast adverts as before keepalived 1.3.6.", fallback: "found out from the peer");

    public static readonly Keyword<bool?> V3ChecksumAsV2 = Block.Add(
        "v3_checksum_as_v2", OptionalBool, "Version 3 IPv4 checksums leave the pseudo header out.",
        fallback: "v3_checksum_as_v2 of global_defs", since: "2.2.8");

    public static readonly Keyword<BlockValues> Authentication = Block.Add("authentication", new BlockSyntax(AuthenticationKeywords.Block),
        "Authentication of version 2.");

    public static readonly Keyword<BlockValues> AuthHmac = Block.Add(
        "auth_hmac", new BlockSyntax(AuthHmacKeywords.Block), "Authentication by a keyed hash.", since: "2.4.0");

    public static readonly Keyword<int> Debug = Block.Add("debug", Int(0, 4), "Means nothing, as in the original.", 0, active: Accepted);

    public static readonly Keyword<bool> LinkbeatUsePolling = Block.Add(
        "linkbeat_use_polling", Flag, "Poll the link state of the interface.",
        replacedBy: "linkbeat_interfaces", deprecationIsFault: true);

    public static readonly Keyword<string> LvsSyncDaemonInterface = Block.Add(
        "lvs_sync_daemon_interface", InterfaceName, "The old form of lvs_sync_daemon.", replacedBy: "lvs_sync_daemon",
        deprecationIsFault: true);
}
