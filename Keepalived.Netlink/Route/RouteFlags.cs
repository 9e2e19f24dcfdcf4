namespace Keepalived.Netlink.Route;

/// <summary>Flags of a route or a next hop (RTNH_F_* and RTM_F_* of linux/rtnetlink.h).</summary>
[Flags]
public enum RouteFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The next hop is dead.</summary>
    Dead = 0x1,

    /// <summary>The gateway is on the link whatever the addresses say.</summary>
    OnLink = 0x4,

    /// <summary>The next hop is offloaded to hardware.</summary>
    Offload = 0x8,

    /// <summary>The link of the next hop is down.</summary>
    LinkDown = 0x10,

    /// <summary>A copy made of another route.</summary>
    Cloned = 0x200,
}
