namespace Keepalived.Netlink.Nftables;

/// <summary>Kinds of named objects that rules refer to (NFT_OBJECT_*). Others are valid values without a name.</summary>
public enum NftObjectType : uint
{
    /// <summary>A counter.</summary>
    Counter = 1,

    /// <summary>A quota.</summary>
    Quota = 2,

    /// <summary>A helper of connection tracking.</summary>
    ConnectionTrackingHelper = 3,

    /// <summary>A rate limit.</summary>
    Limit = 4,
}
