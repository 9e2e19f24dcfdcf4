namespace Keepalived.Netlink.Route;

/// <summary>How the ipvlans of one link talk to each other (IPVLAN_F_* of linux/if_link.h): directly, unless something is set.</summary>
[Flags]
public enum IpvlanFlags : ushort
{
    /// <summary>Directly, as over a bridge.</summary>
    None = 0,

    /// <summary>Not at all.</summary>
    Private = 1,

    /// <summary>Over an external switch that sends frames back.</summary>
    Vepa = 2,
}
