namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>What is looked up in the routing table (NFTA_FIB_F_*).</summary>
[Flags]
public enum FibFlags : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The source address.</summary>
    Source = 1,

    /// <summary>The destination address.</summary>
    Destination = 2,

    /// <summary>With the packet's mark.</summary>
    Mark = 4,

    /// <summary>By the interface it came by.</summary>
    InputInterface = 8,

    /// <summary>By the interface it leaves by.</summary>
    OutputInterface = 16,

    /// <summary>Only whether there is a route.</summary>
    Present = 32,
}
