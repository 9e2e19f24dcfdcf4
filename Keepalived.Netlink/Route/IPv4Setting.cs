namespace Keepalived.Netlink.Route;

/// <summary>
/// The IPv4 settings of an interface that <see cref="LinkSettings.IPv4Configuration"/> takes by number (IPV4_DEVCONF_* of linux/ip.h).
/// </summary>
public static class IPv4Setting
{
    /// <summary>rp_filter: whether a packet must come from where its source is routed; 0 no, 1 strictly, 2 loosely.</summary>
    public const int ReversePathFilter = 8;

    /// <summary>arp_filter: whether only the interface that routes to the asker answers ARP.</summary>
    public const int ArpFilter = 13;

    /// <summary>arp_ignore: which ARP requests are answered; 1: those for addresses of the interface that they came in on.</summary>
    public const int ArpIgnore = 19;

    /// <summary>promote_secondaries: whether secondary addresses stay when their primary one goes.</summary>
    public const int PromoteSecondaries = 20;

    /// <summary>accept_local: whether packets with a source address of this machine are accepted.</summary>
    public const int AcceptLocal = 23;
}
