using System.Collections.Immutable;
using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Vrrp.Interfaces;
using Keepalived.Vrrp.Tracking;

namespace Keepalived.Vrrp;

/// <summary>
/// One virtual router: who we are in it, which addresses it brings, and how it behaves. Immutable; change it with a <c>with</c>
/// expression and <see cref="VrrpEngine"/>'s <c>ApplyAsync</c>. Defaults are those of keepalived, except the version.
/// </summary>
public sealed partial record VirtualRouterOptions
{
    /// <summary>The name under which it is logged, measured and found; unique in an engine.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The virtual router identifier (VRID), 1-255: the same on all routers that share the addresses (RFC 9568 section 5.2.3).
    /// </summary>
    public required byte VirtualRouterId { get; init; }

    /// <summary>The protocol version. Default 3 (RFC 9568); 2 (RFC 3768) speaks to old routers.</summary>
    public VrrpVersion Version { get; init; } = VrrpVersion.V3;

    /// <summary>The interface where adverts are sent and heard. Required for multicast; optional with unicast peers.</summary>
    public string? Interface { get; init; }

    /// <summary>A device, usually a VRF, that the sockets of a unicast router without <see cref="Interface"/> are bound to.</summary>
    public string? BindDevice { get; init; }

    /// <summary>
    /// The interface with the virtual router's MAC address that the router has on <see cref="Interface"/> (use_vmac);
    /// <see langword="null"/> for none.
    /// </summary>
    public VirtualMacOptions? VirtualMac { get; init; }

    /// <summary>
    /// Whether addresses on other interfaces, or of the other family, are put on virtual MAC interfaces there (use_vmac_addr).
    /// </summary>
    public bool VirtualMacForAddresses { get; init; }

    /// <summary>The ipvlan that the router has on <see cref="Interface"/> (use_ipvlan); <see langword="null"/> for none.</summary>
    public IpvlanOptions? Ipvlan { get; init; }

    /// <summary>
    /// Whether, as long as the router runs, secondary addresses of <see cref="Interface"/> stay when their primary one goes
    /// (promote_secondaries). On a virtual MAC interface they always do.
    /// </summary>
    public bool PromoteSecondaries { get; init; }

    /// <summary>
    /// IPv4 or IPv6: the family of the adverts. By default (<see cref="AddressFamily.Unspecified"/>) that of the first of
    /// <see cref="SourceAddress"/>, <see cref="Group"/>, <see cref="Peers"/>, <see cref="Addresses"/>; else IPv4.
    /// </summary>
    public AddressFamily Family { get; init; }

    /// <summary>The default of <see cref="Priority"/> (RFC 9568 section 5.2.4).</summary>
    public const byte DefaultPriority = 100;

    /// <summary>The priority, 1-254; 255 for the owner of the addresses (RFC 9568 section 5.2.4). Default 100.</summary>
    public byte Priority { get; init; } = DefaultPriority;

    /// <summary>
    /// The state to start in, Backup or Master; by default Master for an owner (priority 255), Backup otherwise. Only an owner starts at
    /// once; all others wait for the master down interval first.
    /// </summary>
    public VrrpState? InitialState { get; init; }

    /// <summary>
    /// Time between two adverts: 10 ms to 40.95 s in steps of 10 ms in version 3, 1 s to 255 s in steps of 1 s in version 2. Default 1 s.
    /// </summary>
    public TimeSpan AdvertisementInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The virtual addresses, in the order of the adverts: all of one family, at most 255, over IPv6 a link-local one first.
    /// </summary>
    public ImmutableArray<VirtualAddress> Addresses { get; init; } = [];

    /// <summary>Addresses that come and go with the others but are not in the adverts: of either family, any number.</summary>
    public ImmutableArray<VirtualAddress> ExcludedAddresses { get; init; } = [];

    /// <summary>Routes that come and go with the addresses.</summary>
    public ImmutableArray<VirtualRoute> Routes { get; init; } = [];

    /// <summary>Policy routing rules that come and go with the addresses.</summary>
    public ImmutableArray<VirtualRule> Rules { get; init; } = [];

    /// <summary>
    /// How a master puts back what somebody else deletes of its addresses, routes and rules; <see langword="null"/> to give up the mastership
    /// for the skew time at once instead, as keepalived does.
    /// </summary>
    public DriftRepairOptions? DriftRepair { get; init; } = DriftRepairOptions.Default;

    /// <summary>
    /// Whether a master that is not the owner accepts packets to the addresses (accept_mode, RFC 9568 section 6.1). Default
    /// <see langword="true"/>, as in keepalived; the RFC's is <see langword="false"/>. Then packets from and to them are dropped, but
    /// neighbour solicitations and advertisements never are. See <see cref="VrrpEngineOptions.Firewall"/>.
    /// </summary>
    public bool AcceptMode { get; init; } = true;

    /// <summary>Authentication of version 2 over IPv4. A password travels in clear text: it keeps mistakes out, not attackers.</summary>
    public VrrpAuthentication Authentication { get; init; }

    /// <summary>
    /// Authentication by a keyed hash, for both versions and families; <see langword="null"/> for none. Not together with
    /// <see cref="Authentication"/>.
    /// </summary>
    public VrrpHmacOptions? Hmac { get; init; }

    /// <summary>
    /// The source of the adverts; <see cref="InetAddress.None"/> for the interface's own: its first IPv4, or link-local IPv6, address.
    /// </summary>
    public InetAddress SourceAddress { get; init; }

    /// <summary>Whether the router is in Fault while <see cref="SourceAddress"/> is on no interface (track_src_ip).</summary>
    public bool TrackSourceAddress { get; init; }

    /// <summary>The multicast group; <see cref="InetAddress.None"/> for 224.0.0.18 or ff02::12.</summary>
    public InetAddress Group { get; init; }

    /// <summary>The other routers, when adverts go by unicast instead of multicast.</summary>
    public ImmutableArray<VrrpPeer> Peers { get; init; } = [];

    /// <summary>The TTL or hop limit of unicast adverts; by default 255 over IPv4 and the system's (normally 64) over IPv6.</summary>
    public byte? UnicastHopLimit { get; init; }

    /// <summary>
    /// Whether unicast adverts from others than <see cref="Peers"/> are dropped. A hop limit range of any peer implies it.
    /// </summary>
    public bool CheckUnicastSource { get; init; }

    /// <summary>Whether to take over from a living master of lower priority. Default <see langword="true"/>.</summary>
    public bool Preempt { get; init; } = true;

    /// <summary>For how long a master of lower priority is tolerated before it is preempted, 0-1000 s.</summary>
    public TimeSpan PreemptDelay { get; init; }

    /// <summary>After how many silent intervals the master is taken for dead, 1-100. Default 3.</summary>
    public int DownTimerAdverts { get; init; } = 3;

    /// <summary>When the addresses are announced by gratuitous ARP and unsolicited neighbour advertisements.</summary>
    public VrrpAnnouncementOptions Announcements { get; init; } = VrrpAnnouncementOptions.Default;

    /// <summary>The least time between two gratuitous ARPs on one interface; zero for no limit (garp_interval).</summary>
    public TimeSpan ArpInterval { get; init; }

    /// <summary>
    /// The least time between two unsolicited neighbour advertisements on one interface; zero for no limit (gna_interval).
    /// </summary>
    public TimeSpan NeighborAdvertisementInterval { get; init; }

    /// <summary>As master that hears a lower priority, not to answer by an advert (lower_prio_no_advert).</summary>
    public bool LowerPriorityNoAdvertisement { get; init; }

    /// <summary>As master that hears a higher priority, to send one more advert before yielding (higher_prio_send_advert).</summary>
    public bool HigherPrioritySendAdvertisement { get; init; }

    /// <summary>As owner (priority 255), to ignore all adverts (owner_ignore_adverts).</summary>
    public bool OwnerIgnoreAdvertisements { get; init; }

    /// <summary>Not to compare the addresses in adverts of the master already followed (skip_check_adv_addr).</summary>
    public bool SkipAddressCheckOfMaster { get; init; }

    /// <summary>What to do with adverts that carry other addresses than ours.</summary>
    public VrrpAddressMismatch AddressMismatch { get; init; }

    /// <summary>The checksum sent in version 3 over IPv4 (v3_checksum_as_v2).</summary>
    public VrrpChecksumForm ChecksumForm { get; init; }

    /// <summary>Whether version 3 over IPv4 accepts either <see cref="VrrpChecksumForm"/>. Default <see langword="true"/>.</summary>
    public bool AcceptEitherChecksumForm { get; init; } = true;

    /// <summary>Compatibility with unicast peers running keepalived 1.3.6 or older, version 3 over IPv4.</summary>
    public VrrpOldUnicastChecksum OldUnicastChecksum { get; init; }

    /// <summary>The group in the pseudo header of that old form: the process-wide one, never <see cref="Group"/>.</summary>
    public InetAddress OldUnicastChecksumGroup { get; init; } = VrrpRouterOptions.DefaultGroupIPv4;

    /// <summary>
    /// With a value, 1-254, a master whose timer is so late that a router of this priority must have taken over steps back instead of
    /// advertising again (timer_expired_backup). Needs <see cref="Preempt"/> false.
    /// </summary>
    public byte? LateTimerPeerPriority { get; init; }

    /// <summary>Whether the router is in Fault while <see cref="Interface"/> is down. Default <see langword="true"/>.</summary>
    public bool TrackPrimaryInterface { get; init; } = true;

    /// <summary>Objects that raise or lower the priority, or are a reason for Fault, by the states given to <see cref="VrrpEngine"/>'s <c>ReportTracked</c>.</summary>
    public ImmutableArray<TrackedObject> TrackedObjects { get; init; } = [];

    /// <summary>Other interfaces that raise or lower the priority, or are a reason for Fault, while they are down or up.</summary>
    public ImmutableArray<TrackedObject> TrackedInterfaces { get; init; } = [];

    /// <summary>
    /// Why the router must not run although its options are valid, in words for the log: it stays in Fault until it gets options without.
    /// <see langword="null"/> if it may run.
    /// </summary>
    public string? ConfigurationError { get; init; }

    /// <summary>SO_RCVBUF of the router's socket in bytes (a shared socket gets the sum); 0 for the kernel's default.</summary>
    public int ReceiveBufferSize { get; init; }

    /// <summary>The family of the adverts: <see cref="Family"/>, or what the addresses say.</summary>
    public AddressFamily EffectiveFamily =>
        Family != AddressFamily.Unspecified ? Family
        : !SourceAddress.IsNone ? SourceAddress.Family
        : !Group.IsNone ? Group.Family
        : !Peers.IsDefaultOrEmpty ? Peers[0].Address.Family
        : !Addresses.IsDefaultOrEmpty ? Addresses[0].Address.Family
        : AddressFamily.InterNetwork;

    /// <summary>Whether a master drops packets to the addresses: no <see cref="AcceptMode"/>, and not the owner.</summary>
    public bool DropsPackets => !AcceptMode && Priority != byte.MaxValue;

    /// <summary>Whether adverts go to <see cref="Peers"/> instead of a group.</summary>
    public bool IsUnicast => !Peers.IsDefaultOrEmpty;

    /// <summary>Compares all members, lists by their elements.</summary>
    public bool Equals(VirtualRouterOptions? other) => other is not null && (ReferenceEquals(this, other) || (
        IdentityEquals(other) && ProtocolEquals(other)
        && Addresses.AsSpan().SequenceEqual(other.Addresses.AsSpan())
        && ExcludedAddresses.AsSpan().SequenceEqual(other.ExcludedAddresses.AsSpan())
        && Routes.AsSpan().SequenceEqual(other.Routes.AsSpan())
        && Rules.AsSpan().SequenceEqual(other.Rules.AsSpan())
        && DriftRepair == other.DriftRepair
        && Peers.AsSpan().SequenceEqual(other.Peers.AsSpan())
        && TrackedObjects.AsSpan().SequenceEqual(other.TrackedObjects.AsSpan())
        && TrackedInterfaces.AsSpan().SequenceEqual(other.TrackedInterfaces.AsSpan())));

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Name, VirtualRouterId, Version, Interface, Priority, AdvertisementInterval, Addresses.Length);

    private bool IdentityEquals(VirtualRouterOptions other) =>
        (Name, VirtualRouterId, Version, Interface, BindDevice, Family, SourceAddress) ==
        (other.Name, other.VirtualRouterId, other.Version, other.Interface, other.BindDevice, other.Family, other.SourceAddress)
        && (ConfigurationError, AcceptMode) == (other.ConfigurationError, other.AcceptMode)
        && (VirtualMac, VirtualMacForAddresses, Ipvlan, PromoteSecondaries) ==
        (other.VirtualMac, other.VirtualMacForAddresses, other.Ipvlan, other.PromoteSecondaries)
        && (TrackSourceAddress, Group, UnicastHopLimit, TrackPrimaryInterface) ==
        (other.TrackSourceAddress, other.Group, other.UnicastHopLimit, other.TrackPrimaryInterface)
        && (ReceiveBufferSize, ArpInterval, NeighborAdvertisementInterval) ==
        (other.ReceiveBufferSize, other.ArpInterval, other.NeighborAdvertisementInterval);

    private bool ProtocolEquals(VirtualRouterOptions other) =>
        (Priority, InitialState, AdvertisementInterval, Authentication, Hmac, CheckUnicastSource) ==
        (other.Priority, other.InitialState, other.AdvertisementInterval, other.Authentication, other.Hmac,
            other.CheckUnicastSource)
        && (Preempt, PreemptDelay, DownTimerAdverts, Announcements, LowerPriorityNoAdvertisement) ==
        (other.Preempt, other.PreemptDelay, other.DownTimerAdverts, other.Announcements, other.LowerPriorityNoAdvertisement)
        && (HigherPrioritySendAdvertisement, OwnerIgnoreAdvertisements, SkipAddressCheckOfMaster) ==
        (other.HigherPrioritySendAdvertisement, other.OwnerIgnoreAdvertisements, other.SkipAddressCheckOfMaster)
        && (AddressMismatch, ChecksumForm, AcceptEitherChecksumForm, LateTimerPeerPriority) ==
        (other.AddressMismatch, other.ChecksumForm, other.AcceptEitherChecksumForm, other.LateTimerPeerPriority)
        && (OldUnicastChecksum, OldUnicastChecksumGroup) == (other.OldUnicastChecksum, other.OldUnicastChecksumGroup);

    /// <summary>A short text, without secrets.</summary>
    public override string ToString() =>
        $"{Name}: VRID {VirtualRouterId}, version {(int)Version}, interface {Interface ?? "none"}, priority {Priority}, "
        + $"addresses [{string.Join(", ", Addresses)}]";
}
