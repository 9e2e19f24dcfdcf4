namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>What a rule does to a set (enum nft_dynset_ops).</summary>
public enum DynamicSetOperation : uint
{
    /// <summary>Adds the key if it is not there.</summary>
    Add = 0,

    /// <summary>Adds the key, or lets it live on.</summary>
    Update = 1,

    /// <summary>Deletes the key.</summary>
    Delete = 2,
}
