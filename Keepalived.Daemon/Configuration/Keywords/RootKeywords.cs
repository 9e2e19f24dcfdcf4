using Keepalived.Daemon.Configuration.Binding;
using Keepalived.Daemon.Configuration.Values;
using Keepalived.Daemon.Configuration.Values.Routing;
using Keepalived.Vrrp.Interfaces;
using static Keepalived.Daemon.Configuration.Keywords.KeywordStatus;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The keywords outside any block.</summary>
internal static class RootKeywords
{
    public static readonly KeywordBlock Block = new("root");

    public static readonly Keyword<BlockValues> GlobalDefs = Block.Add("global_defs", new BlockSyntax(GlobalKeywords.Block),
        "Settings of the daemon and defaults of everything else; may be given several times.", since: "1.0");

    public static readonly Keyword<string> NetNamespace = Block.Add("net_namespace", Word("NAME"),
        "Run in this network namespace; implies use_pid_dir.", since: "1.2.24", without: WithoutParameter.Error,
        repeat: Repetition.FirstWins);

    public static readonly Keyword<string> NetNamespaceIpvs = Block.Add("net_namespace_ipvs",
        new CustomSyntax<string>("[NAME]", static (ValueReader reader, string? _, out string value) =>
        {
            value = reader.Count > 1 ? reader.Text(1) : string.Empty;
            return true;
        }, WithoutParameter.Fine),
        "Open the IPVS sockets in this network namespace; without a name, in the one of process 1.", since: "2.1",
        repeat: Repetition.FirstWins);

    public static readonly Keyword<bool> NamespaceWithIpsets = Block.Add("namespace_with_ipsets", Flag,
        "Allow ipsets inside a network namespace; kernels since 3.13 always do.", since: "1.3", active: Accepted);

    public static readonly Keyword<string> Instance = Block.Add("instance", Word("NAME"),
        "The name of this daemon among several on the machine: in pid files, logs and dumps; implies use_pid_dir.", since: "1.2.24",
        without: WithoutParameter.Error, repeat: Repetition.FirstWins);

    public static readonly Keyword<bool> UsePidDir = Block.Add(
        "use_pid_dir", Flag, "Keep pid files in a directory of their own.", since: "1.2.24");

    public static readonly Keyword<uint> ChildWaitTime = Block.Add("child_wait_time", new NumberSyntax<uint>(0, uint.MaxValue, unit: "s"),
        "How long children may take to stop.", 5u, since: "2.0");

    public static readonly Keyword<bool> LinkbeatUsePolling = Block.Add("linkbeat_use_polling", Flag,
        "Poll the link state of all interfaces instead of listening to the kernel.", since: "1.1");

    public static readonly Keyword<BlockValues> VrrpInstance = Block.Add(
        "vrrp_instance", new BlockSyntax(VrrpInstanceKeywords.Block, "NAME"),
        "A virtual router.", takesParameters: true);

    public static readonly Keyword<BlockValues> VrrpSyncGroup = Block.Add(
        "vrrp_sync_group", new BlockSyntax(SyncGroupKeywords.Block, "NAME"),
        "Virtual routers that are master together or not at all.", takesParameters: true);

    public static readonly Keyword<BlockValues> VrrpScript = Block.Add("vrrp_script", new BlockSyntax(ScriptKeywords.Block, "NAME"),
        "A script whose result changes priorities or means a fault.", takesParameters: true);

    public static readonly Keyword<BlockValues> VrrpTrackProcess = Block.Add(
        "vrrp_track_process", new BlockSyntax(TrackProcessKeywords.Block, "NAME"),
        "Processes whose number changes priorities or means a fault.", takesParameters: true);

    public static readonly Keyword<BlockValues> TrackFile = Block.Add("track_file", new BlockSyntax(TrackFileKeywords.Block, "NAME"),
        "A file whose number changes priorities or weights.", takesParameters: true);

    public static readonly Keyword<BlockValues> VrrpTrackFile = Block.Add(
        "vrrp_track_file", new BlockSyntax(TrackFileKeywords.Block, "NAME"),
        "The old name of track_file.", takesParameters: true, replacedBy: "track_file");

    public static readonly Keyword<BlockValues> TrackGroup = Block.Add("track_group", new BlockSyntax(StaticKeywords.TrackGroup, "NAME"),
        "Virtual routers that track the interfaces of static entries.", takesParameters: true);

    public static readonly Keyword<List<Model.VirtualAddressConfiguration>> StaticIpAddress = Block.Add("static_ipaddress",
        new VirtualAddressList("static_ipaddress", isStatic: true), "Addresses that are configured as long as the daemon runs.");

    public static readonly Keyword<List<Model.RouteConfiguration>> StaticRoutes = Block.Add("static_routes",
        new RouteList("static_routes", isStatic: true), "Routes that are configured as long as the daemon runs.");

    public static readonly Keyword<List<Model.RuleConfiguration>> StaticRules = Block.Add("static_rules",
        new RuleList("static_rules", isStatic: true), "Policy rules that are configured as long as the daemon runs.");

    public static readonly Keyword<BlockValues> GarpGroup = Block.Add("garp_group", new BlockSyntax(StaticKeywords.GarpGroup),
        "Interfaces that share the pace of gratuitous ARP.");

    public static readonly Keyword<List<LinkPolling>> LinkbeatInterfaces = Block.Add("linkbeat_interfaces",
        new LinkbeatList(), "Interfaces whose link state is polled.");

    public static readonly Keyword<List<InterfaceDelay>> InterfaceUpDownDelays = Block.Add(
        "interface_up_down_delays",
        new InterfaceDelayList(), "How long an interface must be down or up to count as such.",
        since: "2.2.3");

    public static readonly Keyword<BlockValues> Ssl = Block.Add(
        "SSL", new BlockSyntax(SslKeywords.Block), "The client side of SSL_GET.");

    public static readonly Keyword<List<Model.VirtualServers.VirtualServerGroupEntry>> VirtualServerGroup = Block.Add("virtual_server_group",
        new VirtualServerGroupList(), "Addresses of a virtual server.",
        takesParameters: true);

    public static readonly Keyword<BlockValues> VirtualServer = Block.Add("virtual_server",
        new BlockSyntax(VirtualServerKeywords.Block, "IP [PORT] | fwmark MARK | group NAME"), "A load-balanced service.",
        takesParameters: true, streamed: true);

    public static readonly Keyword<BlockValues> BfdInstance = Block.Add("bfd_instance", new BlockSyntax(BfdKeywords.Block, "NAME"),
        "A BFD session.", takesParameters: true);

    public static readonly Keyword<BlockValues> BfdProfile = Block.Add("bfd_profile", new BlockSyntax(BfdProfileKeywords.Block, "NAME"),
        "What several BFD sessions have in common: said once, taken up by profile.", takesParameters: true);

    public static readonly Keyword<BlockValues> BfdUnsolicited = Block.Add(
        "bfd_unsolicited", new BlockSyntax(BfdUnsolicitedKeywords.Block),
        "Neighbours that may open BFD sessions with us unasked (RFC 9468); without it, none.");
}
