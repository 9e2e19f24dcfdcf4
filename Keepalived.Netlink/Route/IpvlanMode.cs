namespace Keepalived.Netlink.Route;

/// <summary>At which layer an ipvlan meets its link (IPVLAN_MODE_* of linux/if_link.h).</summary>
public enum IpvlanMode : ushort
{
    /// <summary>As a bridge would: the ipvlan takes part in ARP and multicast.</summary>
    Layer2,

    /// <summary>As a router would: neither ARP nor multicast.</summary>
    Layer3,

    /// <summary>The same, with the link's netfilter hooks.</summary>
    Layer3Symmetric,
}
