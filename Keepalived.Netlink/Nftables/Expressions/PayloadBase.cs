namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>What offsets into a packet count from (enum nft_payload_bases).</summary>
public enum PayloadBase : uint
{
    /// <summary>The link-layer header.</summary>
    LinkLayerHeader = 0,

    /// <summary>The network header.</summary>
    NetworkHeader = 1,

    /// <summary>The transport header. A fragment that has none does not match.</summary>
    TransportHeader = 2,

    /// <summary>What the transport header carries.</summary>
    InnerHeader = 3,
}
