namespace Keepalived.Netlink.Nftables;

/// <summary>Flags of a table (enum nft_table_flags).</summary>
[Flags]
public enum NftTableFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>Its chains see no packets.</summary>
    Dormant = 1,

    /// <summary>It belongs to the socket that made it and goes with it; nobody else may change it. Linux 5.12.</summary>
    Owner = 2,
}
