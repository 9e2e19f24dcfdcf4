namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>How a packet is refused (enum nft_reject_types).</summary>
public enum RejectType : uint
{
    /// <summary>By an ICMP or ICMPv6 error with a code of that protocol.</summary>
    IcmpUnreachable = 0,

    /// <summary>By a TCP reset.</summary>
    TcpReset = 1,

    /// <summary>By an error of the packet's family: 0 no route, 1 port, 2 host, 3 prohibited.</summary>
    InetUnreachable = 2,
}
