namespace Keepalived.Netlink;

/// <summary>The netlink families (NETLINK_* of linux/netlink.h). Others are valid values without a name.</summary>
public enum NetlinkProtocol
{
    /// <summary>Links, addresses, routes, rules, neighbours: rtnetlink(7).</summary>
    Route = 0,

    /// <summary>Sockets of the system: sock_diag(7).</summary>
    SocketDiagnostics = 4,

    /// <summary>IPsec.</summary>
    Xfrm = 6,

    /// <summary>Messages of drivers and of the process connector.</summary>
    Connector = 11,

    /// <summary>Netfilter: nftables, conntrack.</summary>
    Netfilter = 12,

    /// <summary>Device events.</summary>
    UserEvent = 15,

    /// <summary>Families with names instead of numbers: IPVS among others.</summary>
    Generic = 16,
}
