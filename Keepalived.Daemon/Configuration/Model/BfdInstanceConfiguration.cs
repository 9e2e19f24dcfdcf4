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

    /// <summary><c>interface</c>: the interface that leads to the neighbour; null for what the route says.</summary>
    public string? Interface { get; init; }

    /// <summary><c>vrf</c>: the VRF device in whose routing table the neighbour is; null for none.</summary>
    public string? Vrf { get; init; }

    /// <summary><c>multihop</c>: whether the ports of RFC 5883 (4784) are used instead of those of RFC 5881 (3784).</summary>
    public bool IsMultihop { get; init; }

    /// <summary><c>point_to_point</c>: whether the interface is a point-to-point link.</summary>
    public bool IsPointToPoint { get; init; }

    /// <summary><c>unaffiliated_echo</c>: whether the neighbour's forwarding is tested instead of its BFD (RFC 9747).</summary>
    public bool IsUnaffiliatedEcho { get; init; }

    /// <summary><c>admin_down</c>: whether the session is held administratively down.</summary>
    public bool IsAdminDown { get; init; }

    /// <summary>How the session behaves.</summary>
    public required BfdSessionConfiguration Session { get; init; }

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
