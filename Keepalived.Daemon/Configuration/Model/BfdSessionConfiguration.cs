using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Model;

/// <summary>How a BFD session behaves, whoever the neighbour is: what a <c>bfd_profile</c> may say, too.</summary>
public sealed record BfdSessionConfiguration
{
    /// <summary>What the original sends over IPv6 where nothing is said, although RFC 5881 section 5 wants 255.</summary>
    private const int OriginalHopLimit = 64;

    /// <summary>The least TTL that a neighbour is expected to send with where nothing is said.</summary>
    public static int ExpectedHopLimit(InetAddress neighbor) => neighbor.IsIPv6 ? OriginalHopLimit : byte.MaxValue;

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

    /// <summary><c>ttl</c>, <c>hoplimit</c>: of packets that we send, 1..255; null where nothing is said.</summary>
    public byte? HopLimit { get; init; }

    /// <summary>
    /// <c>max_hops</c>: how many hops a packet may have made, at most the TTL that it started with; then nothing is checked.
    /// </summary>
    public byte MaxHops { get; init; }

    /// <summary><c>authentication</c>: the keys; null for none.</summary>
    public BfdAuthenticationConfiguration? Authentication { get; init; }

    /// <summary><c>demand_mode</c>: whether we ask for no periodic packets while up.</summary>
    public bool DemandMode { get; init; }

    /// <summary><c>demand_poll_interval</c>: how often demand mode polls; zero: never.</summary>
    public TimeSpan DemandPollInterval { get; init; }

    /// <summary><c>echo_tx</c>: the interval of our echo packets; zero: none.</summary>
    public TimeSpan EchoTx { get; init; }

    /// <summary><c>echo_multiplier</c>: echo packets missed before the session is down, 1..255.</summary>
    public byte EchoMultiplier { get; init; } = 3;

    /// <summary><c>min_echo_rx</c>: the shortest interval of the neighbour's echo packets that we return; zero: none.</summary>
    public TimeSpan MinEchoRx { get; init; }

    /// <summary><c>min_rx_with_echo</c>: takes the place of <see cref="MinRx"/>, if longer, while our echo packets run.</summary>
    public TimeSpan MinRxWithEcho { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary><c>control_plane_independent</c>: the C bit.</summary>
    public bool IsControlPlaneIndependent { get; init; }
}
