namespace Keepalived.Netlink.Route;

/// <summary>How a link makes its IPv6 link-local address (IN6_ADDR_GEN_MODE_* of linux/if_link.h).</summary>
public enum AddressGenerationMode : byte
{
    /// <summary>From its MAC address.</summary>
    Eui64,

    /// <summary>It makes none.</summary>
    None,

    /// <summary>From a secret of the host (RFC 7217).</summary>
    StablePrivacy,

    /// <summary>From a secret made at random.</summary>
    Random,
}
