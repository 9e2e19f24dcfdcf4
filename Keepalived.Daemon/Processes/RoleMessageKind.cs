namespace Keepalived.Daemon.Processes;

/// <summary>What supervisor and children tell each other.</summary>
internal enum RoleMessageKind : byte
{
    /// <summary>Child → supervisor: it read its configuration and works.</summary>
    Started = 1,

    /// <summary>Supervisor → child: the snapshot changed, apply it.</summary>
    Reload = 2,

    /// <summary>Child → supervisor: the snapshot is applied.</summary>
    Reloaded = 3,

    /// <summary>Child → supervisor: the snapshot could not be applied, the old configuration runs; the text says why.</summary>
    ReloadFailed = 4,

    /// <summary>
    /// VRRP child → supervisor → checker child: whether a VRRP instance is master. The text is <c>+</c> or <c>-</c> and the instance's name.
    /// </summary>
    InstanceState = 5,

    /// <summary>
    /// Checker child → supervisor → VRRP child: whether virtual servers have their quorum. The text is <c>+</c> or <c>-</c> and the name by
    /// which they are tracked.
    /// </summary>
    QuorumState = 6,
}
