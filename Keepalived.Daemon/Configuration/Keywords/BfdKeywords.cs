using Keepalived.Daemon.Configuration.Values;
using Keepalived.Netlink;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The keywords of <c>bfd_instance</c>.</summary>
internal static class BfdKeywords
{
    public static readonly KeywordBlock Block = new("bfd_instance");

    public static readonly Keyword<InetAddress> NeighborIp = Block.Add("neighbor_ip", new AddressSyntax(), "The neighbour; required.");

    public static readonly Keyword<InetAddress> NeighbourIp = Block.Add(
        "neighbour_ip", new AddressSyntax(), "The other spelling of neighbor_ip.", synonym: NeighborIp);

    public static readonly Keyword<InetAddress> SourceIp = Block.Add(
        "source_ip", new AddressSyntax(), "The source address.", fallback: "any");

    public static readonly BfdSessionKeywords Session = new(Block);

    public static readonly Keyword<bool> Multihop = Block.Add(
        "multihop", Bool, "Use the port for several hops (RFC 5883).", since: "2.2.8");

    public static readonly Keyword<(int Weight, bool Reverse)> Weight = Block.Add(
        "weight", new WeightSyntax(253), "What it does to priorities that track it.", fallback: "0");

    public static readonly Keyword<bool> Vrrp = Block.Add("vrrp", Flag, "Tell VRRP about it.", fallback: "both");

    public static readonly Keyword<bool> Checker = Block.Add("checker", Flag, "Tell the checkers about it.", fallback: "both");

    public static readonly Keyword<string> Profile = Block.Add(
        "profile", Word("NAME"), "The bfd_profile that says what this block does not.", without: WithoutParameter.Error);

    public static readonly Keyword<string> Interface = Block.Add(
        "interface", InterfaceName, "The interface that leads to the neighbour: packets leave by it and are taken from it alone.",
        fallback: "what the route says", without: WithoutParameter.Error);

    public static readonly Keyword<string> Vrf = Block.Add(
        "vrf", InterfaceName, "The VRF device in whose routing table the neighbour is.", fallback: "none", without: WithoutParameter.Error);

    public static readonly Keyword<bool> PointToPoint = Block.Add(
        "point_to_point", Bool, "The interface is a point-to-point link: the neighbour's source address does not count (RFC 5881 section 6).",
        false);

    public static readonly Keyword<bool> UnaffiliatedEcho = Block.Add(
        "unaffiliated_echo", Bool, "The neighbour speaks no BFD: send it packets that its forwarding returns to us (RFC 9747).", false);

    public static readonly Keyword<bool> AdminDown = Block.Add(
        "admin_down", Bool, "Hold the session administratively down, and tell the neighbour (RFC 5880 section 6.8.16).", false);
}
