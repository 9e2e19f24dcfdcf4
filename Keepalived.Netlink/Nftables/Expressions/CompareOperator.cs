namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>How a register is compared (enum nft_cmp_ops). More and less are those of bytes, the first one weighing most.</summary>
public enum CompareOperator : uint
{
    /// <summary>Equal.</summary>
    Equal = 0,

    /// <summary>Not equal.</summary>
    NotEqual = 1,

    /// <summary>Less.</summary>
    Less = 2,

    /// <summary>Less or equal.</summary>
    LessOrEqual = 3,

    /// <summary>More.</summary>
    Greater = 4,

    /// <summary>More or equal.</summary>
    GreaterOrEqual = 5,
}
