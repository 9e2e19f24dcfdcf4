namespace Keepalived.Daemon.Notify;

/// <summary>What scripts are told about an instance or a sync group.</summary>
internal enum NotifyEvent
{
    /// <summary>It became master.</summary>
    Master,

    /// <summary>It became backup.</summary>
    Backup,

    /// <summary>It became faulty.</summary>
    Fault,

    /// <summary>The daemon stops.</summary>
    Stop,

    /// <summary>A reload removed it.</summary>
    Deleted,

    /// <summary>As master it heard an advert of lower priority. No generic <c>notify</c> follows.</summary>
    MasterReceivedLowerPriority,
}
