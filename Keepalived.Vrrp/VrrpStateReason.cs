namespace Keepalived.Vrrp;

/// <summary>Why a router changed its state.</summary>
public enum VrrpStateReason
{
    /// <summary>The router was started.</summary>
    Started,

    /// <summary>It owns the addresses (priority 255) and takes them at start.</summary>
    Owner,

    /// <summary>The master down timer expired: nobody with a better claim advertised.</summary>
    MasterDown,

    /// <summary>An advertisement of higher priority, or of equal priority from a higher address, was received.</summary>
    HigherPriority,

    /// <summary>A fault was set; see <see cref="VrrpRouter.Faults"/>.</summary>
    Fault,

    /// <summary>The last fault was cleared.</summary>
    FaultCleared,

    /// <summary>Somebody else removed what the master had configured.</summary>
    AddressLost,

    /// <summary>The event loop was so late that another router must be master by now.</summary>
    TimerLate,

    /// <summary>Another member of its sync group took it along.</summary>
    Synchronized,

    /// <summary>The router was stopped.</summary>
    Stopped,
}
