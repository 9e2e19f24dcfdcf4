namespace Keepalived.Netlink.Route;

/// <summary>Flags of a link (IFF_* of linux/if.h).</summary>
[Flags]
public enum LinkFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Administratively up.</summary>
    Up = 0x1,

    /// <summary>It has a broadcast address.</summary>
    Broadcast = 0x2,

    /// <summary>A loopback link.</summary>
    Loopback = 0x8,

    /// <summary>A point-to-point link.</summary>
    PointToPoint = 0x10,

    /// <summary>Operational (RFC 2863: OperState is up or unknown).</summary>
    Running = 0x40,

    /// <summary>No ARP.</summary>
    NoArp = 0x80,

    /// <summary>It receives all frames.</summary>
    Promiscuous = 0x100,

    /// <summary>It receives all multicast frames.</summary>
    AllMulticast = 0x200,

    /// <summary>It has links enslaved.</summary>
    Master = 0x400,

    /// <summary>Enslaved to another.</summary>
    Slave = 0x800,

    /// <summary>It can do multicast.</summary>
    Multicast = 0x1000,

    /// <summary>The driver signals carrier (L1 up).</summary>
    LowerUp = 0x10000,

    /// <summary>The driver signals dormant.</summary>
    Dormant = 0x20000,

    /// <summary>It echoes what it sends.</summary>
    Echo = 0x40000,
}
