namespace Keepalived.Netlink.Route;

/// <summary>Flags of an address (IFA_F_* of linux/if_addr.h).</summary>
[Flags]
public enum AddressFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>IPv4: in the subnet of another address of the interface (secondary). IPv6: a temporary address.</summary>
    Secondary = 0x01,

    /// <summary>IPv6: no duplicate address detection.</summary>
    NoDuplicateDetection = 0x02,

    /// <summary>IPv6: usable while duplicate address detection still runs.</summary>
    Optimistic = 0x04,

    /// <summary>IPv6: duplicate address detection found another owner.</summary>
    DuplicateDetectionFailed = 0x08,

    /// <summary>IPv6: a mobile node's home address.</summary>
    Home = 0x10,

    /// <summary>Not to be used for new connections: the preferred lifetime is over.</summary>
    Deprecated = 0x20,

    /// <summary>IPv6: duplicate address detection runs.</summary>
    Tentative = 0x40,

    /// <summary>Without an end.</summary>
    Permanent = 0x80,

    /// <summary>IPv6: a template for temporary addresses (mngtmpaddr).</summary>
    ManageTemporary = 0x100,

    /// <summary>No route to the prefix of the address is made.</summary>
    NoPrefixRoute = 0x200,

    /// <summary>A multicast address that the kernel joins (autojoin).</summary>
    MulticastAutoJoin = 0x400,

    /// <summary>IPv6: made with a stable, private interface identifier.</summary>
    StablePrivacy = 0x800,
}
