using Keepalived.Netlink;

namespace Keepalived.Vrrp;

/// <summary>A unicast peer.</summary>
/// <param name="Address">Where adverts go, and where its adverts come from.</param>
/// <param name="MinHopLimit">
/// The lowest TTL or hop limit accepted from it, 0-255 (min_ttl). Above 0 it is a form of GTSM (RFC 5082).
/// </param>
/// <param name="MaxHopLimit">The highest TTL or hop limit accepted from it, 0-255 (max_ttl). Below the lowest one nothing is.</param>
public readonly record struct VrrpPeer(InetAddress Address, byte MinHopLimit = 0, byte MaxHopLimit = 255)
{
    /// <summary>Whether a range is set, which also makes the router check the sender.</summary>
    public bool HasHopLimitRange => MinHopLimit > 0 || MaxHopLimit < 255;
}
