namespace Keepalived.Vrrp;

/// <summary>What a <see cref="VrrpSyncGroupAction"/> asks of its driver.</summary>
public enum VrrpSyncGroupActionKind
{
    /// <summary>The members follow one of them into <see cref="VrrpSyncGroupAction.State"/>: a line for the log.</summary>
    Synchronizing,

    /// <summary>The group changed something in <see cref="VrrpSyncGroupAction.Member"/>: drain its actions now.</summary>
    DrainMember,

    /// <summary>
    /// The state of the group changed from <see cref="VrrpSyncGroupAction.PreviousState"/> to <see cref="VrrpSyncGroupAction.State"/>.
    /// </summary>
    StateChanged,
}
