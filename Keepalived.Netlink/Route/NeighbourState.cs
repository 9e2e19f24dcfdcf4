namespace Keepalived.Netlink.Route;

/// <summary>What is known of a neighbour (NUD_* of linux/neighbour.h).</summary>
[Flags]
public enum NeighbourState
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Asked for, not answered.</summary>
    Incomplete = 0x01,

    /// <summary>Confirmed a short while ago.</summary>
    Reachable = 0x02,

    /// <summary>Confirmed longer ago.</summary>
    Stale = 0x04,

    /// <summary>In use, to be asked for soon.</summary>
    Delay = 0x08,

    /// <summary>Being asked for again.</summary>
    Probe = 0x10,

    /// <summary>It did not answer.</summary>
    Failed = 0x20,

    /// <summary>Needs no resolution.</summary>
    NoArp = 0x40,

    /// <summary>Set by the administrator.</summary>
    Permanent = 0x80,
}
