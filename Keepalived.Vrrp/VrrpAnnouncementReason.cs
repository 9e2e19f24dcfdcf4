namespace Keepalived.Vrrp;

/// <summary>Why addresses are announced by gratuitous ARP or unsolicited neighbour advertisement.</summary>
public enum VrrpAnnouncementReason
{
    /// <summary>The router became master.</summary>
    BecameMaster,

    /// <summary>The second burst, some seconds after becoming master (garp_master_delay).</summary>
    Repeated,

    /// <summary>The periodic refresh (garp_master_refresh).</summary>
    Refresh,

    /// <summary>A master of lower priority may have taught the network otherwise (garp_lower_prio_repeat).</summary>
    LowerPriorityReceived,

    /// <summary>The second burst after a lower priority was heard (garp_lower_prio_delay).</summary>
    LowerPriorityRepeated,

    /// <summary>New options while master.</summary>
    Reconfigured,

    /// <summary>The periodic reminder on interfaces without adverts (garp_extra_if).</summary>
    ExtraInterfaces,
}
