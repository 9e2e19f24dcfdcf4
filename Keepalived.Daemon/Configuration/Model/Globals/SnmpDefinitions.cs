namespace Keepalived.Daemon.Configuration.Model.Globals;

/// <summary>What is served to SNMP.</summary>
public sealed record SnmpDefinitions
{
    /// <summary><c>snmp_socket</c>: where the master agent listens.</summary>
    public string Socket { get; init; } = "unix:/var/agentx/master";

    /// <summary><c>enable_traps</c></summary>
    public bool Traps { get; init; }

    /// <summary><c>enable_snmp_vrrp</c>: the VRRP part of KEEPALIVED-MIB.</summary>
    public bool Vrrp { get; init; }

    /// <summary><c>enable_snmp_checker</c>: the IPVS part of KEEPALIVED-MIB.</summary>
    public bool Checker { get; init; }

    /// <summary><c>enable_snmp_rfcv2</c>, <c>enable_snmp_rfc</c>: the MIB of RFC 2787.</summary>
    public bool Rfc2787 { get; init; }

    /// <summary><c>enable_snmp_rfcv3</c>, <c>enable_snmp_rfc</c>: the MIB of RFC 6527.</summary>
    public bool Rfc6527 { get; init; }

    /// <summary><c>snmp_vs_stats_update_interval</c>, 1 ms to 30 s.</summary>
    public TimeSpan VirtualServerInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary><c>snmp_rs_stats_update_interval</c>, 1 ms to 30 s; that of virtual servers where nothing is said.</summary>
    public TimeSpan RealServerInterval { get; init; } = TimeSpan.FromSeconds(5);
}
