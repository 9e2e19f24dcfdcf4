namespace Keepalived.Vrrp;

/// <summary>
/// An observation of the machine that an operator may want in the log. Each comes once until the classes are cleared: on becoming and
/// on leaving master, and in backup when another master was accepted.
/// </summary>
public enum VrrpNotice
{
    /// <summary>No notice.</summary>
    None = 0,

    /// <summary>A backup follows this master now: <see cref="VrrpAction.Address"/>; the value is its priority. Not rate-limited.</summary>
    MasterChanged,

    /// <summary>An advertisement was discarded; the value is the <see cref="VrrpDiscardReason"/>. One a reason.</summary>
    Discarded,

    /// <summary>The sender advertises another interval; the value is its interval in milliseconds (RFC 9568 section 7.1).</summary>
    IntervalMismatch,

    /// <summary>The sender advertises another number of addresses; the value is its count.</summary>
    AddressCountMismatch,

    /// <summary>The sender advertises other addresses.</summary>
    AddressListMismatch,

    /// <summary>Over IPv6 the first address advertised is not link-local (RFC 9568 section 5.2.9).</summary>
    LinkLocalNotFirst,

    /// <summary>A backup ignores a lower priority and waits to preempt; the value is the sender's priority.</summary>
    LowerPriorityDiscarded,

    /// <summary>A master heard a lower priority, or an equal one from a lower address; the value is the sender's priority.</summary>
    LowerPriorityReceived,

    /// <summary>A master heard a higher priority and yields; the value is the sender's priority. Not rate-limited.</summary>
    HigherPriorityReceived,

    /// <summary>
    /// The advertisement has our own source address and priority: two routers share an address, or a loop in the network.
    /// </summary>
    OwnSourceAddress,

    /// <summary>
    /// Another router also claims to own the addresses (priority 255), from a higher address: we yield. A configuration error.
    /// </summary>
    OwnerConflictYielding,

    /// <summary>Another router also claims to own the addresses, from a lower address.</summary>
    OwnerConflict,

    /// <summary>The other owner persists: our effective priority becomes 254.</summary>
    OwnerConflictPersists,

    /// <summary>The other owner fell silent.</summary>
    OwnerConflictEnded,

    /// <summary>An owner heard an advertisement of a non-owner (RFC 9568 section 7.1, erratum 8298); the value is its priority.</summary>
    AdvertisementHeardByOwner,

    /// <summary>
    /// The sender's checksum is of keepalived before 1.3.7 (pseudo-header with the multicast group in unicast): we use that form until
    /// reconfigured. Not rate-limited.
    /// </summary>
    OldUnicastChecksumDetected,

    /// <summary>A preemption delay started; the value is its length in milliseconds. Not rate-limited.</summary>
    PreemptDelayStarted,

    /// <summary>
    /// A second router has this router's priority, from another address; the value is the priority (RFC 9568 section 8.3.2).
    /// </summary>
    EqualPriority,

    /// <summary>
    /// The sender's clock, as its HMAC trailer shows, is more than half the time window from ours; the value is by how many seconds it is
    /// ahead.
    /// </summary>
    ClockSkew,
}
