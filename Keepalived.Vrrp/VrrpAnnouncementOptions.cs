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

    /// <summary>The time from hearing a lower priority to a second burst; zero: none (garp_lower_prio_delay).</summary>
    public TimeSpan LowerPriorityDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often each address is announced after hearing a lower priority; 0: not at all (garp_lower_prio_repeat).</summary>
    public int LowerPriorityRepeat { get; init; } = 5;
}
