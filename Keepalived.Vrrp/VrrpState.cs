namespace Keepalived.Vrrp;

/// <summary>The state of a virtual router (RFC 9568 section 6.4), with the numbers that keepalived shows in SNMP and JSON.</summary>
public enum VrrpState
{
    /// <summary>Not started, or stopped.</summary>
    Initialize = 0,

    /// <summary>Listening to the master and ready to follow it.</summary>
    Backup = 1,

    /// <summary>Active: advertising, and holding the virtual addresses.</summary>
    Master = 2,

    /// <summary>Unable to take part: an interface is down, no source address, a tracker failed.</summary>
    Fault = 3,
}
