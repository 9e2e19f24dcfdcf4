namespace Keepalived.Daemon.Processes;

/// <summary>What a process of the daemon is.</summary>
internal enum DaemonRole
{
    /// <summary>Reads the configuration, starts the children and watches them.</summary>
    Supervisor,

    /// <summary>Speaks VRRP.</summary>
    Vrrp,

    /// <summary>Checks real servers and keeps IPVS.</summary>
    Checker,

    /// <summary>Speaks BFD.</summary>
    Bfd,
}
