namespace Keepalived.Netlink.Route;

/// <summary>
/// Who made a route, a rule or a neighbour (RTPROT_* of linux/rtnetlink.h); addresses use the same number for keepalived.
/// </summary>
public static class RouteProtocol
{
    /// <summary>Not said.</summary>
    public const byte Unspecified = 0;

    /// <summary>An ICMP redirect.</summary>
    public const byte Redirect = 1;

    /// <summary>The kernel.</summary>
    public const byte Kernel = 2;

    /// <summary>At boot.</summary>
    public const byte Boot = 3;

    /// <summary>The administrator.</summary>
    public const byte Static = 4;

    /// <summary>An IPv6 router advertisement.</summary>
    public const byte RouterAdvertisement = 9;

    /// <summary>keepalived.</summary>
    public const byte Keepalived = 18;
}
