namespace Keepalived.Netlink.Generic;

/// <summary>A family of generic netlink, as the kernel numbers it since it was loaded.</summary>
public sealed record GenericNetlinkFamily
{
    /// <summary>Its name: "IPVS", "nl80211", "ethtool" ...</summary>
    public required string Name { get; init; }

    /// <summary>Its number: the message type of its messages.</summary>
    public required ushort Id { get; init; }

    /// <summary>Its version.</summary>
    public uint Version { get; init; }

    /// <summary>The size of its own header after the generic one, in bytes.</summary>
    public int HeaderLength { get; init; }

    /// <summary>The numbers of its multicast groups by name.</summary>
    public IReadOnlyDictionary<string, uint> MulticastGroups { get; init; } = new Dictionary<string, uint>();
}
