using System.Text;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Route;

/// <summary>What to change about a link. What is null stays as it is.</summary>
public sealed record LinkSettings
{
    /// <summary>Administratively up or down.</summary>
    public bool? IsUp { get; init; }

    /// <summary>A new name, 1 to 15 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>A new link-layer address.</summary>
    public LinkLayerAddress? Address { get; init; }

    /// <summary>A new MTU in bytes.</summary>
    public int? Mtu { get; init; }

    /// <summary>The bridge, bond or VRF to enslave it to; 0 to release it.</summary>
    public int? MasterIndex { get; init; }

    /// <summary>A new alias; empty to remove it.</summary>
    public string? Alias { get; init; }

    /// <summary>A new group of links.</summary>
    public uint? Group { get; init; }

    /// <summary>A macvlan's new mode.</summary>
    public MacvlanMode? MacvlanMode { get; init; }

    /// <summary>How it makes its IPv6 link-local address.</summary>
    public AddressGenerationMode? AddressGenerationMode { get; init; }

    /// <summary>The namespace to move it to. Its addresses and routes go away.</summary>
    public NetworkNamespace? Namespace { get; init; }

    /// <summary>
    /// IPv4 settings of the interface (/proc/sys/net/ipv4/conf/NAME), by number: those of <see cref="IPv4Setting"/>, or any other
    /// IPV4_DEVCONF_* of linux/ip.h.
    /// </summary>
    public IReadOnlyDictionary<int, int>? IPv4Configuration { get; init; }

    internal void Encode(ref NetlinkMessageWriter writer, int index)
    {
        var changed = IsUp is null ? LinkFlags.None : LinkFlags.Up;
        Link.EncodeIndex(ref writer, index, IsUp == true ? LinkFlags.Up : LinkFlags.None, changed);
        if (Name is not null)
        {
            if (Encoding.UTF8.GetByteCount(Name) is 0 or > Link.MaxNameLength)
                throw new ArgumentException($"'{Name}' is not the name of a link: 1 to {Link.MaxNameLength} bytes.");
            writer.WriteString(LinkAttribute.Name, Name);
        }

        if (Address is { } address)
            writer.WriteBytes(LinkAttribute.Address, address.Bytes);
        if (Mtu is { } mtu)
            writer.WriteInt32(LinkAttribute.Mtu, mtu);
        if (MasterIndex is { } master)
            writer.WriteInt32(LinkAttribute.Master, master);
        if (Alias is not null)
            writer.WriteString(LinkAttribute.Alias, Alias);
        if (Group is { } group)
            writer.WriteUInt32(LinkAttribute.Group, group);
        if (Namespace is { } networkNamespace)
            writer.WriteInt32(LinkAttribute.NamespaceDescriptor, networkNamespace.Descriptor);
        if (MacvlanMode is { } macvlanMode)
            EncodeMacvlan(ref writer, macvlanMode);
        if (AddressGenerationMode is not null || IPv4Configuration is { Count: > 0 })
            EncodeFamilies(ref writer);
    }

    private static void EncodeMacvlan(ref NetlinkMessageWriter writer, MacvlanMode mode)
    {
        var info = writer.BeginNested(LinkAttribute.LinkInfo);
        writer.WriteString(LinkAttribute.InfoKind, "macvlan");
        var data = writer.BeginNested(LinkAttribute.InfoData);
        writer.WriteUInt32(LinkAttribute.MacvlanMode, (uint)mode);
        writer.EndNested(data);
        writer.EndNested(info);
    }

    private void EncodeFamilies(ref NetlinkMessageWriter writer)
    {
        var families = writer.BeginNested(LinkAttribute.AddressFamilies);
        if (AddressGenerationMode is { } mode)
        {
            var inet6 = writer.BeginNested(KernelFamily.IPv6);
            writer.WriteByte(LinkAttribute.Inet6AddressGenerationMode, (byte)mode);
            writer.EndNested(inet6);
        }

        if (IPv4Configuration is { Count: > 0 } configuration)
        {
            var inet = writer.BeginNested(KernelFamily.IPv4);
            var settings = writer.BeginNested(LinkAttribute.InetConfiguration);
            foreach (var (number, value) in configuration)
                writer.WriteInt32((ushort)number, value);
            writer.EndNested(settings);
            writer.EndNested(inet);
        }

        writer.EndNested(families);
    }
}
