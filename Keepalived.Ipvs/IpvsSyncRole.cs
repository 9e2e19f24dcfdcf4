namespace Keepalived.Ipvs;

/// <summary>What a sync daemon does (IP_VS_STATE_* of linux/ip_vs.h). A network namespace may have one of each.</summary>
public enum IpvsSyncRole
{
    /// <summary>Tells others of the connections here.</summary>
    Master = 1,

    /// <summary>Learns connections from others.</summary>
    Backup = 2,
}
