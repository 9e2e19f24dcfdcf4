using System.Globalization;
using System.Runtime.InteropServices;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Route;

/// <summary>A network interface (struct ifinfomsg and IFLA_* of linux/if_link.h).</summary>
public sealed partial record Link
{
    /// <summary>The longest name of a link, in bytes (IFNAMSIZ without the terminating zero).</summary>
    public const int MaxNameLength = 15;

    internal const int FixedLength = 16;

    /// <summary>The interface index. It is not used again while the system runs.</summary>
    public required int Index { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Other names (IFLA_ALT_IFNAME).</summary>
    public ValueList<string> AlternativeNames { get; init; }

    /// <summary>The flags.</summary>
    public LinkFlags Flags { get; init; }

    /// <summary>The hardware type (ARPHRD_* of linux/if_arp.h): 1 Ethernet, 772 loopback.</summary>
    public ushort HardwareType { get; init; }

    /// <summary>The link-layer address.</summary>
    public LinkLayerAddress Address { get; init; }

    /// <summary>The link-layer broadcast address.</summary>
    public LinkLayerAddress Broadcast { get; init; }

    /// <summary>The longest packet, in bytes.</summary>
    public int Mtu { get; init; }

    /// <summary>The state by RFC 2863.</summary>
    public OperationalState OperationalState { get; init; }

    /// <summary>Whether the driver signals carrier; null if the kernel did not say.</summary>
    public bool? Carrier { get; init; }

    /// <summary>What kind of virtual link it is: "veth", "macvlan", "bridge", "vrf" ...; null for hardware and loopback.</summary>
    public string? Kind { get; init; }

    /// <summary>The bridge, bond or VRF that it is enslaved to; 0 for none.</summary>
    public int MasterIndex { get; init; }

    /// <summary>
    /// The link that it is built on (IFLA_LINK: the parent of a macvlan or VLAN, the other end of a veth); 0 for none. See
    /// <see cref="ParentNamespaceId"/>.
    /// </summary>
    public int ParentIndex { get; init; }

    /// <summary>
    /// The namespace of the parent, by the local namespace's number for it; null if it is this one. <see cref="ParentIndex"/> is an index
    /// there.
    /// </summary>
    public int? ParentNamespaceId { get; init; }

    /// <summary>What the administrator calls it.</summary>
    public string? Alias { get; init; }

    /// <summary>The group of links that it belongs to; 0 is the default group.</summary>
    public uint Group { get; init; }

    /// <summary>How many users want all its frames.</summary>
    public uint Promiscuity { get; init; }

    /// <summary>How it makes its IPv6 link-local address; null if IPv6 is off.</summary>
    public AddressGenerationMode? AddressGenerationMode { get; init; }

    /// <summary>A macvlan's mode.</summary>
    public MacvlanMode MacvlanMode { get; init; }

    /// <summary>An ipvlan's mode; null if it is none.</summary>
    public IpvlanMode? IpvlanMode { get; init; }

    /// <summary>An ipvlan's flags.</summary>
    public IpvlanFlags IpvlanFlags { get; init; }

    /// <summary>A VLAN's number; null if it is none.</summary>
    public int? VlanId { get; init; }

    /// <summary>A VRF's routing table; null if it is none.</summary>
    public uint? VrfTable { get; init; }

    /// <summary>Administratively up.</summary>
    public bool IsUp => (Flags & LinkFlags.Up) != 0;

    /// <summary>Up and operational: what IFF_UP and IFF_RUNNING say together, and what a router on it needs.</summary>
    public bool IsRunning => (Flags & (LinkFlags.Up | LinkFlags.Running)) == (LinkFlags.Up | LinkFlags.Running);

    /// <summary>Name and index.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} ({Index})");

    internal static void EncodeIndex(
        ref NetlinkMessageWriter writer, int index, LinkFlags flags = LinkFlags.None, LinkFlags changed = LinkFlags.None)
    {
        var header = writer.WriteFixedHeader(FixedLength);
        MemoryMarshal.Write(header[4..], index);
        MemoryMarshal.Write(header[8..], (uint)flags);
        MemoryMarshal.Write(header[12..], (uint)changed);
    }
}
