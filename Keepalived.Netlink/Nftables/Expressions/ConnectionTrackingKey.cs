namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>What connection tracking knows about a packet's connection (enum nft_ct_keys).</summary>
public enum ConnectionTrackingKey : uint
{
    /// <summary>The state of the packet, bits in host order: 1 invalid, 2 established, 4 related, 8 new, 64 untracked.</summary>
    State = 0,

    /// <summary>Its direction, one byte: 0 original, 1 reply.</summary>
    Direction = 1,

    /// <summary>The status bits (IPS_*), in host order.</summary>
    Status = 2,

    /// <summary>The connection's mark, in host order.</summary>
    Mark = 3,

    /// <summary>Milliseconds until it is forgotten, in host order.</summary>
    Expiration = 5,

    /// <summary>The name of its helper.</summary>
    Helper = 6,

    /// <summary>Its network protocol, one byte.</summary>
    NetworkProtocol = 7,

    /// <summary>Its source address.</summary>
    Source = 8,

    /// <summary>Its destination address.</summary>
    Destination = 9,

    /// <summary>Its transport protocol, one byte.</summary>
    TransportProtocol = 10,

    /// <summary>Its source port.</summary>
    SourcePort = 11,

    /// <summary>Its destination port.</summary>
    DestinationPort = 12,

    /// <summary>Its packets, in host order.</summary>
    Packets = 14,

    /// <summary>Its bytes, in host order.</summary>
    Bytes = 15,

    /// <summary>Its zone.</summary>
    Zone = 17,
}
