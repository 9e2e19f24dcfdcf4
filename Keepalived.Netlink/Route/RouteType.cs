namespace Keepalived.Netlink.Route;

/// <summary>What a route does (RTN_* of linux/rtnetlink.h).</summary>
public enum RouteType : byte
{
    /// <summary>Not said; when a route is deleted: whatever its type.</summary>
    Unspecified,

    /// <summary>Forwards to a gateway or over a link.</summary>
    Unicast,

    /// <summary>Accepts for this host.</summary>
    Local,

    /// <summary>Accepts as broadcast.</summary>
    Broadcast,

    /// <summary>Accepts as broadcast, sends as unicast.</summary>
    Anycast,

    /// <summary>Multicast.</summary>
    Multicast,

    /// <summary>Drops.</summary>
    Blackhole,

    /// <summary>Refuses: host unreachable.</summary>
    Unreachable,

    /// <summary>Refuses: administratively prohibited.</summary>
    Prohibit,

    /// <summary>Goes on with the next rule.</summary>
    Throw,

    /// <summary>Translates; not in use any more.</summary>
    Nat,

    /// <summary>Asks an external resolver; not in use.</summary>
    ExternalResolve,
}
