using System.Text;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Route;

/// <summary>
/// A link to be made: <see cref="Veth"/>, <see cref="Macvlan"/>, <see cref="Ipvlan"/>, <see cref="Bridge"/>,
/// <see cref="Dummy"/>, <see cref="Vlan"/>, <see cref="Vrf"/>.
/// </summary>
public sealed record LinkCreation
{
    private LinkCreation(string name, string kind) => (Name, Kind) = (name, kind);

    /// <summary>The name, 1 to 15 bytes.</summary>
    public string Name { get; init; }

    /// <summary>The kind, as the kernel calls it.</summary>
    public string Kind { get; }

    /// <summary>The link-layer address; none to let the kernel choose.</summary>
    public LinkLayerAddress Address { get; init; }

    /// <summary>The MTU in bytes; null for the kind's.</summary>
    public int? Mtu { get; init; }

    /// <summary>The group of links; 0 is the default group.</summary>
    public uint Group { get; init; }

    /// <summary>The bridge, bond or VRF to enslave it to; 0 for none.</summary>
    public int MasterIndex { get; init; }

    /// <summary>The namespace to make it in; null for the client's.</summary>
    public NetworkNamespace? Namespace { get; init; }

    /// <summary>Whether it starts up.</summary>
    public bool IsUp { get; init; }

    /// <summary>The link it is built on.</summary>
    public int ParentIndex { get; private init; }

    /// <summary>A macvlan's mode.</summary>
    public MacvlanMode MacvlanMode { get; private init; }

    /// <summary>An ipvlan's mode.</summary>
    public IpvlanMode IpvlanMode { get; private init; }

    /// <summary>An ipvlan's flags.</summary>
    public IpvlanFlags IpvlanFlags { get; private init; }

    /// <summary>A VLAN's number, 0 to 4095.</summary>
    public int VlanId { get; private init; }

    /// <summary>A VRF's routing table.</summary>
    public uint VrfTable { get; private init; }

    /// <summary>A veth's other end.</summary>
    public LinkCreation? VethPeer { get; private init; }

    /// <summary>A pair of links, each the other's wire.</summary>
    /// <param name="name">One end.</param>
    /// <param name="peerName">The other end.</param>
    /// <param name="peerNamespace">Where the other end is made; null for the same namespace.</param>
    public static LinkCreation Veth(string name, string peerName, NetworkNamespace? peerNamespace = null) =>
        new(name, "veth") { VethPeer = new LinkCreation(peerName, "veth") { Namespace = peerNamespace } };

    /// <summary>A link with its own MAC address on top of another.</summary>
    public static LinkCreation Macvlan(string name, int parentIndex, MacvlanMode mode) =>
        new(name, "macvlan") { ParentIndex = parentIndex, MacvlanMode = mode };

    /// <summary>A link that shares the MAC address of another: the two are told apart by their IP addresses.</summary>
    public static LinkCreation Ipvlan(
        string name, int parentIndex, IpvlanMode mode = IpvlanMode.Layer2, IpvlanFlags flags = IpvlanFlags.None) =>
        new(name, "ipvlan") { ParentIndex = parentIndex, IpvlanMode = mode, IpvlanFlags = flags };

    /// <summary>An Ethernet bridge.</summary>
    public static LinkCreation Bridge(string name) => new(name, "bridge");

    /// <summary>A link that drops what it is given.</summary>
    public static LinkCreation Dummy(string name) => new(name, "dummy");

    /// <summary>An IEEE 802.1Q VLAN of another link.</summary>
    public static LinkCreation Vlan(string name, int parentIndex, int vlanId)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(vlanId);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(vlanId, 4095);
        return new(name, "vlan") { ParentIndex = parentIndex, VlanId = vlanId };
    }

    /// <summary>A virtual router domain: links enslaved to it route by its table.</summary>
    public static LinkCreation Vrf(string name, uint table) => new(name, "vrf") { VrfTable = table };

    /// <summary>Kind and name.</summary>
    public override string ToString() => $"{Kind} {Name}";

    internal void Encode(ref NetlinkMessageWriter writer)
    {
        EncodeOwn(ref writer);
        var info = writer.BeginNested(LinkAttribute.LinkInfo);
        writer.WriteString(LinkAttribute.InfoKind, Kind);
        if (VethPeer is not null || MacvlanMode != 0 || Kind is "vlan" or "vrf" or "ipvlan")
        {
            var data = writer.BeginNested(LinkAttribute.InfoData);
            EncodeData(ref writer);
            writer.EndNested(data);
        }

        writer.EndNested(info);
    }

    private void EncodeData(ref NetlinkMessageWriter writer)
    {
        if (VethPeer is not null)
        {
            var peer = writer.BeginNested(LinkAttribute.VethPeer);
            VethPeer.EncodeOwn(ref writer);
            writer.EndNested(peer);
        }
        else if (MacvlanMode != 0)
        {
            writer.WriteUInt32(LinkAttribute.MacvlanMode, (uint)MacvlanMode);
        }
        else if (Kind == "ipvlan")
        {
            writer.WriteUInt16(LinkAttribute.IpvlanMode, (ushort)IpvlanMode);
            writer.WriteUInt16(LinkAttribute.IpvlanFlags, (ushort)IpvlanFlags);
        }
        else if (Kind == "vlan")
        {
            writer.WriteUInt16(LinkAttribute.VlanId, (ushort)VlanId);
        }
        else
        {
            writer.WriteUInt32(LinkAttribute.VrfTable, VrfTable);
        }
    }

    private void EncodeOwn(ref NetlinkMessageWriter writer)
    {
        if (Encoding.UTF8.GetByteCount(Name) is 0 or > Link.MaxNameLength)
            throw new ArgumentException($"'{Name}' is not the name of a link: 1 to {Link.MaxNameLength} bytes.");
        var flags = IsUp ? LinkFlags.Up : LinkFlags.None;
        Link.EncodeIndex(ref writer, 0, flags, flags);
        writer.WriteString(LinkAttribute.Name, Name);
        if (Address.Length > 0)
            writer.WriteBytes(LinkAttribute.Address, Address.Bytes);
        if (Mtu is { } mtu)
            writer.WriteInt32(LinkAttribute.Mtu, mtu);
        if (ParentIndex != 0)
            writer.WriteInt32(LinkAttribute.Link, ParentIndex);
        if (MasterIndex != 0)
            writer.WriteInt32(LinkAttribute.Master, MasterIndex);
        if (Group != 0)
            writer.WriteUInt32(LinkAttribute.Group, Group);
        if (Namespace is { } networkNamespace)
            writer.WriteInt32(LinkAttribute.NamespaceDescriptor, networkNamespace.Descriptor);
    }
}
