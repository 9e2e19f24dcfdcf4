namespace Keepalived.Ipvs;

/// <summary>The commands of the kernel's generic netlink family IPVS (IPVS_CMD_* of linux/ip_vs.h).</summary>
public enum IpvsCommand
{
    /// <summary>No command.</summary>
    None = 0,

    /// <summary>Adds a service; also the answer to <see cref="GetService"/>.</summary>
    NewService = 1,

    /// <summary>Changes a service.</summary>
    SetService = 2,

    /// <summary>Deletes a service and its destinations.</summary>
    DeleteService = 3,

    /// <summary>Asks for a service, or all.</summary>
    GetService = 4,

    /// <summary>Adds a destination; also the answer to <see cref="GetDestination"/>.</summary>
    NewDestination = 5,

    /// <summary>Changes a destination.</summary>
    SetDestination = 6,

    /// <summary>Deletes a destination.</summary>
    DeleteDestination = 7,

    /// <summary>Asks for the destinations of a service.</summary>
    GetDestination = 8,

    /// <summary>Starts a sync daemon; also the answer to <see cref="GetDaemon"/>.</summary>
    NewDaemon = 9,

    /// <summary>Stops a sync daemon.</summary>
    DeleteDaemon = 10,

    /// <summary>Asks for the sync daemons.</summary>
    GetDaemon = 11,

    /// <summary>Sets the timeouts; also the answer to <see cref="GetConfig"/>.</summary>
    SetConfig = 12,

    /// <summary>Asks for the timeouts.</summary>
    GetConfig = 13,

    /// <summary>The answer to <see cref="GetInfo"/>.</summary>
    SetInfo = 14,

    /// <summary>Asks for the version and the size of the connection table.</summary>
    GetInfo = 15,

    /// <summary>Sets statistics to zero, of a service or all.</summary>
    Zero = 16,

    /// <summary>Deletes all services.</summary>
    Flush = 17,
}
