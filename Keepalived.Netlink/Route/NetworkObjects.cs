namespace Keepalived.Netlink.Route;

/// <summary>What a <see cref="RouteMonitor"/> watches.</summary>
[Flags]
public enum NetworkObjects
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Links.</summary>
    Links = 0x01,

    /// <summary>IPv4 addresses.</summary>
    IPv4Addresses = 0x02,

    /// <summary>IPv6 addresses.</summary>
    IPv6Addresses = 0x04,

    /// <summary>IPv4 routes.</summary>
    IPv4Routes = 0x08,

    /// <summary>IPv6 routes.</summary>
    IPv6Routes = 0x10,

    /// <summary>IPv4 rules.</summary>
    IPv4Rules = 0x20,

    /// <summary>IPv6 rules.</summary>
    IPv6Rules = 0x40,

    /// <summary>Neighbours of both families.</summary>
    Neighbours = 0x80,

    /// <summary>Addresses of both families.</summary>
    Addresses = IPv4Addresses | IPv6Addresses,

    /// <summary>Routes of both families.</summary>
    Routes = IPv4Routes | IPv6Routes,

    /// <summary>Rules of both families.</summary>
    Rules = IPv4Rules | IPv6Rules,
}
