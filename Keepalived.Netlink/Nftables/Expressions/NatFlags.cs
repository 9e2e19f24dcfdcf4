namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>How address and port of a translation are chosen (NF_NAT_RANGE_*).</summary>
[Flags]
public enum NatFlags : uint
{
    /// <summary>The kernel's way.</summary>
    None = 0,

    /// <summary>A random port.</summary>
    Random = 1 << 2,

    /// <summary>The same address for each client.</summary>
    Persistent = 1 << 3,

    /// <summary>A random port, from a good generator.</summary>
    FullyRandom = 1 << 4,

    /// <summary>Prefix to prefix.</summary>
    Prefix = 1 << 6,

    /// <summary>What the kernel adds: that there is an address (1), that there is a port (2).</summary>
    Derived = 1 | 2,
}
