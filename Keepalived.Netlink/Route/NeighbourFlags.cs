namespace Keepalived.Netlink.Route;

/// <summary>Flags of a neighbour (NTF_* of linux/neighbour.h).</summary>
[Flags]
public enum NeighbourFlags
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Ask for it now.</summary>
    Use = 0x01,

    /// <summary>Of the link itself (bridges).</summary>
    Self = 0x02,

    /// <summary>Of the master of the link (bridges).</summary>
    Master = 0x04,

    /// <summary>Answer for it: proxy ARP, proxy neighbour discovery.</summary>
    Proxy = 0x08,

    /// <summary>Learned by a program.</summary>
    ExternallyLearned = 0x10,

    /// <summary>An IPv6 router.</summary>
    Router = 0x80,
}
