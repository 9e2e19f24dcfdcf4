namespace Keepalived.Vrrp;

/// <summary>What a <see cref="VrrpAction"/> asks of its driver.</summary>
public enum VrrpActionKind
{
    /// <summary>
    /// Send the advertisement that <see cref="VrrpRouter.GetAdvertisement"/> gives for this action to each of
    /// <see cref="VrrpRouter.Destinations"/>. Uses <see cref="VrrpAction.Priority"/>, <see cref="VrrpAction.AdvertisementReason"/>.
    /// </summary>
    SendAdvertisement,

    /// <summary>
    /// Bring firewall, addresses (first those of the packet, then the excluded ones), routes and rules to what a master holds.
    /// Also sent when new options arrive while master: compare with what is there, add before removing.
    /// </summary>
    ConfigureAddresses,

    /// <summary>
    /// Remove rules, routes, announcements still queued by pacing, addresses and firewall entries, in this order.
    /// </summary>
    RemoveAddresses,

    /// <summary>
    /// Announce every address <see cref="VrrpAction.Rounds"/> times; a round is each address of the packet, then each excluded one.
    /// Uses <see cref="VrrpAction.AnnouncementReason"/>.
    /// </summary>
    AnnounceAddresses,

    /// <summary>Announce the router's own source address once: unicast peers may have lost its link-layer address during a fault.</summary>
    AnnounceSource,

    /// <summary>
    /// The state changed: from <see cref="VrrpAction.PreviousState"/> to <see cref="VrrpAction.State"/>, with
    /// <see cref="VrrpAction.StateReason"/>.
    /// </summary>
    StateChanged,

    /// <summary>A master heard an advertisement of lower priority (notify_master_rx_lower_pri).</summary>
    LowerPriorityReceived,

    /// <summary>
    /// The effective priority changed from <see cref="VrrpAction.PreviousPriority"/> to <see cref="VrrpAction.Priority"/>.
    /// </summary>
    PriorityChanged,

    /// <summary>
    /// Something worth a log line: <see cref="VrrpAction.Notice"/>, <see cref="VrrpAction.Address"/>, <see cref="VrrpAction.Value"/>.
    /// Already rate-limited: one a class until the classes are cleared.
    /// </summary>
    Notice,
}
