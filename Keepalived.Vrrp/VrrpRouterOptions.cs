using System.Collections.Immutable;
using System.Net.Sockets;
using Keepalived.Netlink;

namespace Keepalived.Vrrp;

/// <summary>
/// What a <see cref="VrrpRouter"/> needs to know, immutable. <see cref="FindErrors"/> tells everything that is wrong with it at once.
/// </summary>
public sealed partial record VrrpRouterOptions
{
    /// <summary>The IPv4 group of RFC 9568 section 5.1.1.2, 224.0.0.18.</summary>
    public static readonly InetAddress DefaultGroupIPv4 = InetAddress.FromIPv4(0xe0000012);

    /// <summary>The IPv6 group of RFC 9568 section 5.1.2.2, ff02::12.</summary>
    public static readonly InetAddress DefaultGroupIPv6 = InetAddress.Parse("ff02::12");

    /// <summary>The name in logs and events.</summary>
    public required string Name { get; init; }

    /// <summary>The virtual router identifier (VRID), 1-255.</summary>
    public required byte VirtualRouterId { get; init; }

    /// <summary>The family of the adverts and of <see cref="Addresses"/>.</summary>
    public required AddressFamily Family { get; init; }

    /// <summary>The version sent and accepted. Version 2 over IPv6 exists in keepalived only.</summary>
    public VrrpVersion Version { get; init; } = VrrpVersion.V3;

    /// <summary>The base priority, 1-255; 255 says that this router owns the addresses.</summary>
    public byte Priority { get; init; } = 100;

    /// <summary>
    /// The period of adverts while master: 10 ms to 40.95 s in steps of 10 ms in version 3, 1 s to 255 s in steps of 1 s in version 2.
    /// </summary>
    public TimeSpan AdvertisementInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The addresses advertised, in this order: 1-255 of <see cref="Family"/>, over IPv6 a link-local one first. May be empty in version 3
    /// (no_virtual_ipaddress).
    /// </summary>
    public ImmutableArray<InetAddress> Addresses { get; init; } = [];

    /// <summary>
    /// The source of adverts. <see cref="InetAddress.None"/> if not known yet: the router is then in fault until
    /// <see cref="VrrpRouter.SetSourceAddress"/> gives one.
    /// </summary>
    public InetAddress SourceAddress { get; init; }

    /// <summary>
    /// The group that adverts go to without peers; <see cref="InetAddress.None"/> for the family's default (mcast_dst_ip).
    /// </summary>
    public InetAddress Group { get; init; }

    /// <summary>
    /// The group in the pseudo-header of <see cref="OldUnicastChecksum"/>: the process-wide IPv4 group, never <see cref="Group"/>
    /// (vrrp_mcast_group4).
    /// </summary>
    public InetAddress OldUnicastChecksumGroup { get; init; } = DefaultGroupIPv4;

    /// <summary>Unicast peers; with at least one, adverts go to each of them, in this order, and not to the group.</summary>
    public ImmutableArray<VrrpPeer> Peers { get; init; } = [];

    /// <summary>Unicast: discard adverts of others than the peers (check_unicast_src). Implied by a peer with a hop limit range.</summary>
    public bool CheckUnicastSource { get; init; }

    /// <summary>
    /// The TTL or hop limit of unicast adverts (unicast_ttl); null: 255 over IPv4, the system's default over IPv6. Multicast always has
    /// 255.
    /// </summary>
    public byte? UnicastHopLimit { get; init; }

    /// <summary>Authentication of version 2 over IPv4.</summary>
    public VrrpAuthentication Authentication { get; init; }

    /// <summary>Authentication by a keyed hash, for both versions and families; null for none. Not together with the above.</summary>
    public VrrpHmacOptions? Hmac { get; init; }

    /// <summary>
    /// The state to start in, Backup or Master; null: Master for an owner (priority 255), Backup otherwise. Only an owner starts at once;
    /// all others wait for the master down interval first.
    /// </summary>
    public VrrpState? InitialState { get; init; }

    /// <summary>Whether to take over from a master of lower priority (RFC 9568 section 6.1; nopreempt is false).</summary>
    public bool Preempt { get; init; } = true;

    /// <summary>How long to tolerate a master of lower priority before preempting it, 0-1000 s (preempt_delay).</summary>
    public TimeSpan PreemptDelay { get; init; }

    /// <summary>How many silent intervals of the master, 1-100, before the master is down (down_timer_adverts; RFC 9568: 3).</summary>
    public int DownTimerAdverts { get; init; } = 3;

    /// <summary>The schedule of gratuitous ARP and unsolicited neighbour advertisements.</summary>
    public VrrpAnnouncementOptions Announcements { get; init; } = VrrpAnnouncementOptions.Default;

    /// <summary>Whether a master that hears a higher priority sends one more advert before it yields (higher_prio_send_advert).</summary>
    public bool HigherPrioritySendAdvertisement { get; init; }

    /// <summary>Whether a master that hears a lower priority does not answer by an advert (lower_prio_no_advert).</summary>
    public bool LowerPriorityNoAdvertisement { get; init; }

    /// <summary>
    /// Whether an owner discards all adverts, as RFC 3768 and RFC 5798 say (owner_ignore_adverts). Only with priority 255.
    /// </summary>
    public bool OwnerIgnoreAdvertisements { get; init; }

    /// <summary>
    /// Whether a backup does not compare the addresses in adverts of the master it already follows (skip_check_adv_addr).
    /// </summary>
    public bool SkipAddressCheckOfMaster { get; init; }

    /// <summary>What to do with adverts that carry other addresses than ours.</summary>
    public VrrpAddressMismatch AddressMismatch { get; init; }

    /// <summary>The checksum sent in version 3 over IPv4.</summary>
    public VrrpChecksumForm ChecksumForm { get; init; }

    /// <summary>
    /// Whether adverts of version 3 over IPv4 are accepted with either <see cref="VrrpChecksumForm"/>: peers of RFC 5798 and of RFC 9568
    /// then understand each other. If false, only <see cref="ChecksumForm"/> is.
    /// </summary>
    public bool AcceptEitherChecksumForm { get; init; } = true;

    /// <summary>Compatibility with very old unicast peers, version 3 over IPv4.</summary>
    public VrrpOldUnicastChecksum OldUnicastChecksum { get; init; }

    /// <summary>
    /// With a value, 1-254, a master whose timer is so late that a router of this priority must have taken over steps back to backup
    /// instead of advertising again (timer_expired_backup). Needs <see cref="Preempt"/> false.
    /// </summary>
    public byte? LateTimerPeerPriority { get; init; }

    /// <summary>Whether this router owns the addresses.</summary>
    public bool IsOwner => Priority == 255;

    /// <summary>Whether adverts go to peers instead of a group.</summary>
    public bool IsUnicast => !Peers.IsDefaultOrEmpty;

    /// <summary>The group that adverts go to and come from when <see cref="IsUnicast"/> is false.</summary>
    public InetAddress EffectiveGroup => !Group.IsNone ? Group : DefaultGroupOf(Family);

    /// <summary>The group where nobody chose one.</summary>
    internal static InetAddress DefaultGroupOf(AddressFamily family) =>
        family == AddressFamily.InterNetworkV6 ? DefaultGroupIPv6 : DefaultGroupIPv4;
}
