using System.Net.Sockets;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Model;

/// <summary>A <c>vrrp_instance</c> block, completed: global defaults and the rules between keywords have been applied.</summary>
public sealed record VrrpInstanceConfiguration
{
    /// <summary>The instance's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the instance starts as if it were master (<c>state MASTER</c>).</summary>
    public bool StartsAsMaster { get; init; }

    /// <summary>The interface of the adverts; null for a unicast instance without one.</summary>
    public string? Interface { get; init; }

    /// <summary>The VRF that unicast sockets are bound to; none if null.</summary>
    public string? Vrf { get; init; }

    /// <summary>The virtual router id, 1..255.</summary>
    public byte VirtualRouterId { get; init; }

    /// <summary>The base priority, 1..255; 255 is the address owner.</summary>
    public byte Priority { get; init; } = 100;

    /// <summary>The advert interval; whole seconds in version 2, multiples of 10 ms in version 3.</summary>
    public TimeSpan AdvertisementInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The protocol version: 2 or 3.</summary>
    public int Version { get; init; } = 2;

    /// <summary>The family of the adverts.</summary>
    public AddressFamily Family { get; init; } = AddressFamily.InterNetwork;

    /// <summary>The addresses that are advertised and held while master.</summary>
    public EquatableArray<VirtualAddressConfiguration> VirtualAddresses { get; init; }

    /// <summary>The addresses that are held while master but not advertised; of any family.</summary>
    public EquatableArray<VirtualAddressConfiguration> ExcludedAddresses { get; init; }

    /// <summary>The routes set while master.</summary>
    public EquatableArray<RouteConfiguration> VirtualRoutes { get; init; }

    /// <summary>The policy rules set while master.</summary>
    public EquatableArray<RuleConfiguration> VirtualRules { get; init; }

    /// <summary>Whether a master puts back what somebody else deletes of its addresses, routes and rules.</summary>
    public bool DriftRepair { get; init; } = true;

    /// <summary>Whether the sysctl promote_secondaries is set on the interface.</summary>
    public bool PromoteSecondaries { get; init; }

    /// <summary>The interface with the virtual router's MAC address; none if null.</summary>
    public VmacConfiguration? Vmac { get; init; }

    /// <summary>Whether addresses on other interfaces are put on such interfaces too.</summary>
    public bool VmacForAddresses { get; init; }

    /// <summary>Whether adverts are sent from the base interface all the same.</summary>
    public bool VmacTransmitsOnBase { get; init; }

    /// <summary>The ipvlan that carries adverts and addresses; none if null.</summary>
    public IpvlanConfiguration? Ipvlan { get; init; }

    /// <summary>Whether the link of the own interface is polled.</summary>
    public bool PollsLink { get; init; }

    /// <summary>The source address of adverts (<c>mcast_src_ip</c>, <c>unicast_src_ip</c>); the interface's own if null.</summary>
    public InetAddress? SourceAddress { get; init; }

    /// <summary>Whether the instance is in FAULT while <see cref="SourceAddress"/> is absent.</summary>
    public bool TrackSourceAddress { get; init; }

    /// <summary>The multicast group of the adverts.</summary>
    public InetAddress MulticastGroup { get; init; }

    /// <summary>Whether adverts are sent by unicast.</summary>
    public bool IsUnicast { get; init; }

    /// <summary>The peers of a unicast instance.</summary>
    public EquatableArray<UnicastPeerConfiguration> UnicastPeers { get; init; }

    /// <summary>Whether an instance that says unicast but has no peer is in FAULT, instead of using multicast.</summary>
    public bool FaultWithoutUnicastPeer { get; init; }

    /// <summary>Whether unicast adverts from others than the peers are dropped.</summary>
    public bool CheckUnicastSource { get; init; }

    /// <summary>TTL or hop limit of unicast adverts; 255 for IPv4 and the system's default for IPv6 if null.</summary>
    public byte? UnicastTtl { get; init; }

    /// <summary>The checksum of unicast adverts.</summary>
    public LegacyChecksum LegacyUnicastChecksum { get; init; }

    /// <summary>Whether version 3 IPv4 adverts carry a checksum without pseudo header.</summary>
    public bool ChecksumAsVersion2 { get; init; }

    /// <summary>Authentication; none if null.</summary>
    public AuthenticationConfiguration? Authentication { get; init; }

    /// <summary>Authentication by a keyed hash; none if null.</summary>
    public AuthHmacConfiguration? AuthHmac { get; init; }

    /// <summary>Whether the instance ignores the state of its own interface.</summary>
    public bool DontTrackPrimary { get; init; }

    /// <summary>What the instance tracks.</summary>
    public TrackReferences Tracked { get; init; } = TrackReferences.None;

    /// <summary>Whether a router that does not own the addresses accepts packets to them.</summary>
    public bool Accept { get; init; }

    /// <summary>Whether the address list of an advert is not compared again for the same master.</summary>
    public bool SkipCheckAddresses { get; init; }

    /// <summary>Strict conformance to the RFC.</summary>
    public bool Strict { get; init; }

    /// <summary>Whether a master of lower priority is left in place.</summary>
    public bool NoPreempt { get; init; }

    /// <summary>How long a master of lower priority is left in place.</summary>
    public TimeSpan PreemptDelay { get; init; }

    /// <summary>
    /// The priority, 1..254, of the router that must have taken over when the timer of a master is late; off if null.
    /// </summary>
    public byte? TimerExpiredBackup { get; init; }

    /// <summary>Adverts missed before the master is down, 1..100.</summary>
    public int DownTimerAdverts { get; init; } = 3;

    /// <summary>Whether one advert is sent before yielding to a higher priority.</summary>
    public bool HigherPrioritySendAdvert { get; init; }

    /// <summary>Whether adverts of lower priority are not answered.</summary>
    public bool LowerPriorityNoAdvert { get; init; }

    /// <summary>Whether the address owner drops adverts.</summary>
    public bool OwnerIgnoreAdverts { get; init; }

    /// <summary>Gratuitous ARP and neighbour advertisements.</summary>
    public GarpConfiguration Garp { get; init; } = new();

    /// <summary>The receive buffer that this instance asks for, in bytes; by the global policy if null.</summary>
    public uint? ReceiveBufferSize { get; init; }

    /// <summary>Scripts run at state changes.</summary>
    public NotifyScripts Notify { get; init; } = NotifyScripts.None;

    /// <summary>Whether changes of priority are written to the notify FIFOs; as its sync group, else all instances, if null.</summary>
    public bool? NotifyPriorityChanges { get; init; }

    /// <summary>Whether state changes are mailed.</summary>
    public bool SmtpAlert { get; init; }

    /// <summary>Where it stands.</summary>
    public Position Position { get; init; }
}
