namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>What the kernel knows about a packet besides its bytes (enum nft_meta_keys). In host order.</summary>
public enum MetaKey : uint
{
    /// <summary>The length in bytes.</summary>
    Length = 0,

    /// <summary>The EtherType, in network order.</summary>
    Protocol = 1,

    /// <summary>The priority for queueing.</summary>
    Priority = 2,

    /// <summary>The mark.</summary>
    Mark = 3,

    /// <summary>The index of the interface it came by.</summary>
    InputInterface = 4,

    /// <summary>The index of the interface it leaves by.</summary>
    OutputInterface = 5,

    /// <summary>The name of the interface it came by, 16 bytes.</summary>
    InputInterfaceName = 6,

    /// <summary>The name of the interface it leaves by, 16 bytes.</summary>
    OutputInterfaceName = 7,

    /// <summary>The type (ARPHRD) of the interface it came by.</summary>
    InputInterfaceType = 8,

    /// <summary>The type (ARPHRD) of the interface it leaves by.</summary>
    OutputInterfaceType = 9,

    /// <summary>The user of its socket.</summary>
    SocketUser = 10,

    /// <summary>The group of its socket.</summary>
    SocketGroup = 11,

    /// <summary>Whether it is traced.</summary>
    Trace = 12,

    /// <summary>The family of the hook, one byte (NFPROTO_*).</summary>
    NetfilterProtocol = 15,

    /// <summary>The transport protocol, one byte; over IPv6 after the extension headers.</summary>
    TransportProtocol = 16,

    /// <summary>Unicast, broadcast or multicast, one byte (PACKET_*).</summary>
    PacketType = 19,

    /// <summary>The processor.</summary>
    Processor = 20,

    /// <summary>The group of the interface it came by.</summary>
    InputInterfaceGroup = 21,

    /// <summary>The group of the interface it leaves by.</summary>
    OutputInterfaceGroup = 22,

    /// <summary>A random number.</summary>
    Random = 24,

    /// <summary>The kind of the link it came by, such as "macvlan", 16 bytes.</summary>
    InputInterfaceKind = 26,

    /// <summary>The kind of the link it leaves by, 16 bytes.</summary>
    OutputInterfaceKind = 27,
}
