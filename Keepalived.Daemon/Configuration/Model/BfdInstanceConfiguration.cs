using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Model;

/// <summary>A <c>bfd_instance</c> block, completed: a BFD session (RFC 5880) with one neighbour.</summary>
public sealed record BfdInstanceConfiguration
{
    /// <summary>The session's name, at most 31 bytes; what <c>track_bfd</c> and <c>BFD_CHECK</c> name.</summary>
    public required string Name { get; init; }

    /// <summary><c>neighbor_ip</c>: the neighbour.</summary>
    public required InetAddress NeighborAddress { get; init; }

    /// <summary><c>source_ip</c>: our address, of the neighbour's family; any if null.</summary>
    public InetAddress? SourceAddress { get; init; }

    /// <summary><c>min_rx</c>: the shortest interval of packets that we accept, 1 to 4294967 ms.</summary>
    public TimeSpan MinRx { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary><c>min_tx</c>: the shortest interval of packets that we send, 1 to 4294967 ms.</summary>
    public TimeSpan MinTx { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary><c>idle_tx</c>: the interval of packets while the session is not up, 1000 to 4294967 ms.</summary>
    public TimeSpan IdleTx { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary><c>multiplier</c>: packets missed before the session is down, 1..255.</summary>
    public byte Multiplier { get; init; } = 5;

    /// <summary><c>passive</c>: whether the neighbour has to begin.</summary>
    public bool IsPassive { get; init; }

    /// <summary><c>ttl</c>, <c>hoplimit</c>: of packets that we send, 1..255; 255 for IPv4 and 64 for IPv6 where nothing is said.</summary>
    public byte HopLimit { get; init; } = byte.MaxValue;

    /// <summary>Whether the configuration said <c>ttl</c> or <c>hoplimit</c>.</summary>
    public bool HasHopLimit { get; init; }

    /// <summary>
    /// <c>max_hops</c>: how many hops a packet may have made, at most <see cref="HopLimit"/>; null: not checked (-1 and 255 in the file).
    /// </summary>
    public byte? MaxHops { get; init; } = 0;

    /// <summary><c>multihop</c>: whether the ports of RFC 5883 (4784) are used instead of those of RFC 5881 (3784).</summary>
    public bool IsMultihop { get; init; }

    /// <summary><c>weight</c>: what it does to priorities that track it and say no weight, -253..253; 0: down is a fault.</summary>
    public int Weight { get; init; }

    /// <summary>Whether up and down swap for those who track it.</summary>
    public bool Reverse { get; init; }

    /// <summary>Whether the VRRP process is told: not if only <c>checker</c> is said.</summary>
    public bool ForVrrp { get; init; } = true;

    /// <summary>Whether the checker process is told: not if only <c>vrrp</c> is said.</summary>
    public bool ForChecker { get; init; } = true;

    /// <summary>Where it stands.</summary>
    public Position Position { get; init; }
}
