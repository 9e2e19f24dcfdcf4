namespace Keepalived.Netlink.Route;

/// <summary>How far a destination is away (RT_SCOPE_* of linux/rtnetlink.h). Values between are free for use.</summary>
public enum RouteScope : byte
{
    /// <summary>Anywhere ("global").</summary>
    Universe = 0,

    /// <summary>In the site.</summary>
    Site = 200,

    /// <summary>On an attached link.</summary>
    Link = 253,

    /// <summary>This host.</summary>
    Host = 254,

    /// <summary>Nowhere: a destination that does not exist. When a route is deleted: whatever its scope.</summary>
    Nowhere = 255,
}
