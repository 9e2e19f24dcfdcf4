using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Model;

/// <summary>The <c>vrrp_*</c> keywords of <c>global_defs</c> that instances start from.</summary>
public sealed record VrrpDefaults
{
    /// <summary>The version of IPv4 instances that do not say.</summary>
    public int Version { get; init; } = 2;

    /// <summary>The IPv4 multicast group.</summary>
    public InetAddress MulticastGroup4 { get; init; } = InetAddress.FromIPv4(0xe0000012);

    /// <summary>The IPv6 multicast group.</summary>
    public InetAddress MulticastGroup6 { get; init; } = InetAddress.Parse("ff02::12");

    /// <summary>Gratuitous ARP defaults.</summary>
    public GarpConfiguration Garp { get; init; } = new();

    /// <summary>The least time between two gratuitous ARP frames of an interface.</summary>
    public TimeSpan GarpInterval { get; init; }

    /// <summary>The least time between two neighbour advertisements of an interface.</summary>
    public TimeSpan GnaInterval { get; init; }

    /// <summary>Strict conformance to the RFC.</summary>
    public bool Strict { get; init; }

    /// <summary>Unicast adverts from others than the peers are dropped.</summary>
    public bool CheckUnicastSource { get; init; }

    /// <summary>The address list is not compared again for the same master.</summary>
    public bool SkipCheckAddresses { get; init; }

    /// <summary>One advert is sent before yielding to a higher priority.</summary>
    public bool HigherPrioritySendAdvert { get; init; }

    /// <summary>Adverts of lower priority are not answered; null if not said.</summary>
    public bool? LowerPriorityNoAdvert { get; init; }

    /// <summary>The address owner drops adverts.</summary>
    public bool OwnerIgnoreAdverts { get; init; }

    /// <summary>Version 3 IPv4 adverts carry a checksum without pseudo header.</summary>
    public bool ChecksumAsVersion2 { get; init; }

    /// <summary>Adverts missed before a master is down.</summary>
    public int DownTimerAdverts { get; init; } = 3;

    /// <summary>How long all instances stay backup after the start.</summary>
    public TimeSpan StartupDelay { get; init; }

    /// <summary>How long all instances stay backup after the machine's boot.</summary>
    public TimeSpan DelayAfterBoot { get; init; }

    /// <summary>Log adverts of unknown virtual router ids.</summary>
    public bool LogUnknownVrids { get; init; }

    /// <summary>How receive buffers are sized.</summary>
    public ReceiveBufferPolicy ReceiveBufferPolicy { get; init; }

    /// <summary>The size in bytes of <see cref="Model.ReceiveBufferPolicy.Size"/>.</summary>
    public uint ReceiveBufferSize { get; init; }

    /// <summary>The factor on MTU or advert size.</summary>
    public uint ReceiveBufferMultiplier { get; init; } = 3;

    /// <summary>Changes of priority are written to the notify FIFOs.</summary>
    public bool NotifyPriorityChanges { get; init; }
}
