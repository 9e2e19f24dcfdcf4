namespace Keepalived.Netlink.Nftables;

/// <summary>Flags of a set (enum nft_set_flags).</summary>
[Flags]
public enum NftSetFlags : uint
{
    /// <summary>No flag: elements are single values and stay.</summary>
    None = 0,

    /// <summary>It has no name of its own and goes with the rule that uses it.</summary>
    Anonymous = 0x1,

    /// <summary>Its elements do not change once a rule uses it.</summary>
    Constant = 0x2,

    /// <summary>Elements are ranges (<c>flags interval</c>).</summary>
    Interval = 0x4,

    /// <summary>A map: each key has a value.</summary>
    Map = 0x8,

    /// <summary>Elements may end by themselves (<c>flags timeout</c>).</summary>
    Timeout = 0x10,

    /// <summary>Rules add elements (<c>flags dynamic</c>).</summary>
    Dynamic = 0x20,

    /// <summary>A map whose values are the names of objects.</summary>
    Object = 0x40,

    /// <summary>Ranges of a concatenation. Together with <see cref="Interval"/>.</summary>
    Concatenation = 0x80,

    /// <summary>Elements carry expressions, such as a counter.</summary>
    Expressions = 0x100,
}
