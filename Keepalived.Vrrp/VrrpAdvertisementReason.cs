namespace Keepalived.Vrrp;

/// <summary>Why a router sends an advertisement.</summary>
public enum VrrpAdvertisementReason
{
    /// <summary>It became master.</summary>
    BecomingMaster,

    /// <summary>The advertisement timer fired.</summary>
    Timer,

    /// <summary>It answers a master of lower priority (RFC 9568 section 6.4.3).</summary>
    LowerPriorityReceived,

    /// <summary>It answers an advertisement of priority 0.</summary>
    PriorityZeroReceived,

    /// <summary>It says once more what it is before yielding to a higher priority (higher_prio_send_advert).</summary>
    YieldingToHigherPriority,

    /// <summary>It gives up mastership: priority 0.</summary>
    Resigning,

    /// <summary>It was given new options while master.</summary>
    Reconfigured,
}
