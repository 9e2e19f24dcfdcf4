namespace Keepalived.Netlink.Route;

/// <summary>IFLA_* of linux/if_link.h.</summary>
internal static class LinkAttribute
{
    public const ushort Address = 1;
    public const ushort Broadcast = 2;
    public const ushort Name = 3;
    public const ushort Mtu = 4;
    public const ushort Link = 5;
    public const ushort Master = 10;
    public const ushort TransmitQueueLength = 13;
    public const ushort OperationalState = 16;
    public const ushort LinkInfo = 18;
    public const ushort Alias = 20;
    public const ushort AddressFamilies = 26;
    public const ushort Group = 27;
    public const ushort NamespaceDescriptor = 28;
    public const ushort ExtendedMask = 29;
    public const ushort Promiscuity = 30;
    public const ushort Carrier = 33;
    public const ushort LinkNamespaceId = 37;
    public const ushort PropertyList = 52;
    public const ushort AlternativeName = 53;

    // Inside LinkInfo.
    public const ushort InfoKind = 1;
    public const ushort InfoData = 2;

    // Inside InfoData, by kind.
    public const ushort MacvlanMode = 1;
    public const ushort VlanId = 1;
    public const ushort VrfTable = 1;
    public const ushort VethPeer = 1;
    public const ushort IpvlanMode = 1;
    public const ushort IpvlanFlags = 2;

    // Inside AddressFamilies, by family.
    public const ushort InetConfiguration = 1;
    public const ushort Inet6AddressGenerationMode = 8;
}
