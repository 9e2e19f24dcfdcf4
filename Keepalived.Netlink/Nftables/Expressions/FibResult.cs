namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>What a look into the routing table gives (enum nft_fib_result).</summary>
public enum FibResult : uint
{
    /// <summary>The index of the interface.</summary>
    Interface = 1,

    /// <summary>Its name.</summary>
    InterfaceName = 2,

    /// <summary>The type of the address, in host order (RTN_*).</summary>
    AddressType = 3,
}
