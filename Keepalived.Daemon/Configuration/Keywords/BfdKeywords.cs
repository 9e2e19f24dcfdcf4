using Keepalived.Daemon.Configuration.Values;
using Keepalived.Netlink;
using static Keepalived.Daemon.Configuration.Keywords.KeywordStatus;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The keywords of <c>bfd_instance</c>.</summary>
internal static class BfdKeywords
{
    public static readonly KeywordBlock Block = new("bfd_instance", NotActiveYet);

    public static readonly Keyword<InetAddress> NeighborIp = Block.Add("neighbor_ip", new AddressSyntax(), "The neighbour; required.");

    public static readonly Keyword<InetAddress> NeighbourIp = Block.Add(
        "neighbour_ip", new AddressSyntax(), "The other spelling of neighbor_ip.", synonym: NeighborIp);

    public static readonly Keyword<InetAddress> SourceIp = Block.Add(
        "source_ip", new AddressSyntax(), "The source address.", fallback: "any");

    public static readonly Keyword<TimeSpan> MinRx = Block.Add(
        "min_rx", Milliseconds(1), "The shortest interval of packets that is accepted.", TimeSpan.FromMilliseconds(10));

    public static readonly Keyword<TimeSpan> MinTx = Block.Add(
        "min_tx", Milliseconds(1), "The shortest interval of packets that is sent.", TimeSpan.FromMilliseconds(10));

    public static readonly Keyword<TimeSpan> IdleTx = Block.Add(
        "idle_tx", Milliseconds(1000), "The interval of packets while the session is not up.", TimeSpan.FromSeconds(1));

    public static readonly Keyword<int> Multiplier = Block.Add(
        "multiplier", Int(1, 255, lenient: false), "Packets missed before the session is down.", 5);

    public static readonly Keyword<bool> Passive = Block.Add("passive", Flag, "Wait for the neighbour to begin.");

    public static readonly Keyword<int> Ttl = Block.Add(
        "ttl", Int(1, 255, lenient: false), "The TTL of packets.", fallback: "255; IPv6: 64");

    public static readonly Keyword<int> HopLimit = Block.Add(
        "hoplimit", Int(1, 255, lenient: false), "The same, in the word of IPv6.", fallback: "ttl", synonym: Ttl);

    public static readonly Keyword<int> MaxHops = Block.Add(
        "max_hops", Int(-1, 255, lenient: false), "Hops that a packet may have made; -1: not checked.", 0);

    public static readonly Keyword<bool> Multihop = Block.Add(
        "multihop", Bool, "Use the port for several hops (RFC 5883).", since: "2.2.8");

    public static readonly Keyword<(int Weight, bool Reverse)> Weight = Block.Add(
        "weight", new WeightSyntax(253), "What it does to priorities that track it.", fallback: "0");

    public static readonly Keyword<bool> Vrrp = Block.Add("vrrp", Flag, "Tell VRRP about it.", fallback: "both");

    public static readonly Keyword<bool> Checker = Block.Add("checker", Flag, "Tell the checkers about it.", fallback: "both");

    private static DecimalSyntax Milliseconds(long min) => new(min * 1000, 4_294_967_000, places: 3, unit: "ms");
}
