namespace Keepalived.Netlink.Route;

/// <summary>How the macvlans of one link talk to each other (MACVLAN_MODE_* of linux/if_link.h).</summary>
public enum MacvlanMode : uint
{
    /// <summary>Not said.</summary>
    Unspecified = 0,

    /// <summary>Not at all.</summary>
    Private = 1,

    /// <summary>Over an external switch that sends frames back.</summary>
    Vepa = 2,

    /// <summary>Directly.</summary>
    Bridge = 4,

    /// <summary>One macvlan takes the whole link.</summary>
    PassThrough = 8,

    /// <summary>By a list of source MAC addresses.</summary>
    Source = 16,
}
