namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>What is done to the bits of a register (enum nft_bitwise_ops).</summary>
public enum BitwiseOperation : uint
{
    /// <summary>AND with a mask, then exclusive OR with a value.</summary>
    MaskAndXor = 0,

    /// <summary>Shifted to the left.</summary>
    ShiftLeft = 1,

    /// <summary>Shifted to the right.</summary>
    ShiftRight = 2,
}
