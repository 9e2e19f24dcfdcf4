using Keepalived.Netlink.Io;

namespace Keepalived.Daemon.Processes;

/// <summary>A child role in the supervisor's books: its process, its channel, and what it still owes us.</summary>
internal sealed class ManagedChild(DaemonRole role, RespawnPolicy policy, LoopTimer respawnTimer)
{
    /// <summary>What it is.</summary>
    public DaemonRole Role { get; } = role;

    /// <summary>When it is started again.</summary>
    public RespawnPolicy Policy { get; } = policy;

    /// <summary>Runs between its death and its next start.</summary>
    public LoopTimer RespawnTimer { get; } = respawnTimer;

    /// <summary>Its process, or null while there is none.</summary>
    public ChildProcess? Process { get; set; }

    /// <summary>The connection to it, or null while there is none.</summary>
    public RoleChannel? Channel { get; set; }

    /// <summary>The last process died; the next one finds what it left in the kernel.</summary>
    public bool HasDied { get; set; }

    /// <summary>It has yet to report that it started.</summary>
    public bool OwesStart { get; set; }

    /// <summary>It has yet to report the end of a reload.</summary>
    public bool OwesReload { get; set; }
}
