namespace Keepalived.Netlink.Route;

/// <summary>What a route tells transport protocols (RTAX_* of linux/rtnetlink.h). Other numbers are valid values without a name.</summary>
public enum RouteMetric : ushort
{
    /// <summary>The longest packet, in bytes.</summary>
    Mtu = 2,

    /// <summary>The largest TCP window, in bytes.</summary>
    Window = 3,

    /// <summary>The initial round-trip time, in 1/8 ms.</summary>
    RoundTripTime = 4,

    /// <summary>Its initial variance, in 1/4 ms.</summary>
    RoundTripTimeVariance = 5,

    /// <summary>The slow-start threshold, in segments.</summary>
    SlowStartThreshold = 6,

    /// <summary>The largest congestion window, in segments.</summary>
    CongestionWindow = 7,

    /// <summary>The segment size to advertise, in bytes.</summary>
    AdvertisedSegmentSize = 8,

    /// <summary>How much reordering is expected, in segments.</summary>
    Reordering = 9,

    /// <summary>The hop limit.</summary>
    HopLimit = 10,

    /// <summary>The initial congestion window, in segments.</summary>
    InitialCongestionWindow = 11,

    /// <summary>Bits; 1 is ECN.</summary>
    Features = 12,

    /// <summary>The shortest retransmission timeout, in ms.</summary>
    MinimumRetransmissionTimeout = 13,

    /// <summary>The initial receive window to advertise, in segments.</summary>
    InitialReceiveWindow = 14,

    /// <summary>1 to acknowledge at once.</summary>
    QuickAcknowledgement = 15,

    /// <summary>1 for TCP fast open without a cookie.</summary>
    FastOpenWithoutCookie = 17,
}
