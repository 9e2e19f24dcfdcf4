namespace Keepalived.Vrrp;

/// <summary>
/// When a master announces its addresses by gratuitous ARP (RFC 9568 section 6.4.2) or unsolicited neighbour advertisement. The
/// defaults are keepalived's.
/// </summary>
public sealed record VrrpAnnouncementOptions
{
    /// <summary>The defaults.</summary>
    public static VrrpAnnouncementOptions Default { get; } = new();

    /// <summary>The time from becoming master to the second burst; zero: no second burst (garp_master_delay).</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often each address is announced in a burst, at least 1 (garp_master_repeat).</summary>
    public int Repeat { get; init; } = 5;

    /// <summary>The period of the refresh while master; zero: none (garp_master_refresh).</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.Zero;

    /// <summary>How often each address is announced in a refresh, at least 1 (garp_master_refresh_repeat).</summary>
    public int RefreshRepeat { get; init; } = 1;

    /// <summary>
    /// The period in which one address of each virtual MAC interface that carries addresses but no adverts is announced, so that switches
    /// do not forget its MAC address; zero: none (garp_extra_if).
    /// </summary>
    public TimeSpan ExtraInterval { get; init; } = TimeSpan.Zero;

    /// <summary>Whether that is done on all interfaces that carry addresses but no adverts (garp_extra_if all).</summary>
    public bool ExtraOnAllInterfaces { get; init; }

    /// <summary>The time from hearing a lower priority to a second burst; zero: none (garp_lower_prio_delay).</summary>
    public TimeSpan LowerPriorityDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often each address is announced after hearing a lower priority; 0: not at all (garp_lower_prio_repeat).</summary>
    public int LowerPriorityRepeat { get; init; } = 5;
}
