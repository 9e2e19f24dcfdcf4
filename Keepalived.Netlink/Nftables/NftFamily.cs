namespace Keepalived.Netlink.Nftables;

/// <summary>Which packets a table sees (NFPROTO_* of linux/netfilter.h).</summary>
public enum NftFamily : byte
{
    /// <summary>None in particular: lists of all families.</summary>
    Unspecified = 0,

    /// <summary>IPv4 and IPv6 (<c>inet</c>).</summary>
    Inet = 1,

    /// <summary>IPv4 (<c>ip</c>).</summary>
    IPv4 = 2,

    /// <summary>ARP (<c>arp</c>).</summary>
    Arp = 3,

    /// <summary>Frames of devices, at the ingress and egress hooks (<c>netdev</c>).</summary>
    NetDevice = 5,

    /// <summary>Frames that cross a bridge (<c>bridge</c>).</summary>
    Bridge = 7,

    /// <summary>IPv6 (<c>ip6</c>).</summary>
    IPv6 = 10,
}
