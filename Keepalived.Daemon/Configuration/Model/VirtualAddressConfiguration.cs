using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Model;

/// <summary>An entry of <c>virtual_ipaddress</c>, <c>virtual_ipaddress_excluded</c> or <c>static_ipaddress</c>.</summary>
public sealed record VirtualAddressConfiguration
{
    /// <summary>The lifetime that never ends (INFINITY_LIFE_TIME of linux/if_addr.h).</summary>
    public const uint Forever = uint.MaxValue;

    /// <summary>The address and its prefix length.</summary>
    public required InetPrefix Address { get; init; }

    /// <summary>The interface (<c>dev</c>); the instance's own, or the default interface, if null.</summary>
    public string? Interface { get; init; }

    /// <summary>The scope as rtnetlink has it (0 global, 253 link, 254 host ...).</summary>
    public byte Scope { get; init; }

    /// <summary>The broadcast address; none if null. <c>+</c> and <c>-</c> are already computed.</summary>
    public InetAddress? Broadcast { get; init; }

    /// <summary>The label, IPv4 only, at most 15 bytes; none if null.</summary>
    public string? Label { get; init; }

    /// <summary>The peer of a point-to-point address; none if null.</summary>
    public InetAddress? Peer { get; init; }

    /// <summary><c>home</c>: IFA_F_HOMEADDRESS.</summary>
    public bool Home { get; init; }

    /// <summary><c>mngtmpaddr</c>: IFA_F_MANAGETEMPADDR.</summary>
    public bool ManageTemporaryAddress { get; init; }

    /// <summary><c>noprefixroute</c>: IFA_F_NOPREFIXROUTE.</summary>
    public bool NoPrefixRoute { get; init; }

    /// <summary><c>autojoin</c>: IFA_F_MCAUTOJOIN.</summary>
    public bool AutoJoin { get; init; }

    /// <summary>Whether duplicate address detection runs for this IPv6 address (<c>-nodad</c>); by default it does not.</summary>
    public bool DuplicateAddressDetection { get; init; }

    /// <summary>The preferred lifetime in seconds of an IPv6 address; <see cref="Forever"/>, or 0 for deprecated.</summary>
    public uint PreferredLifetime { get; init; } = Forever;

    /// <summary><c>no_track</c>: its deletion by others changes nothing.</summary>
    public bool NoTrack { get; init; }

    /// <summary><c>track_group</c>, static entries only; none if null.</summary>
    public string? TrackGroup { get; init; }

    /// <summary><c>use_vmac</c>: put it on a VMAC of its interface.</summary>
    public bool UseVmac { get; init; }

    /// <summary>Why no interface can have it; null if one can.</summary>
    public string? WhyImpossible => Address.Address switch
    {
        { IsAny: true } address => $"{address} is no address of an interface",
        { IsMulticast: true } address when !AutoJoin => $"{address} is a multicast address, which needs autojoin",
        _ => null,
    };

    /// <summary>Where it stands.</summary>
    public Position Position { get; init; }
}
