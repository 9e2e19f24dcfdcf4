namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Which headers or options are searched (enum nft_exthdr_op).</summary>
public enum ExtensionHeaderKind : uint
{
    /// <summary>IPv6 extension headers.</summary>
    IPv6 = 0,

    /// <summary>TCP options.</summary>
    TcpOption = 1,

    /// <summary>IPv4 options.</summary>
    IPv4Option = 2,

    /// <summary>SCTP chunks.</summary>
    SctpChunk = 3,
}
