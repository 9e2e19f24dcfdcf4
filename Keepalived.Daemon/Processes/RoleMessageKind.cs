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
}
