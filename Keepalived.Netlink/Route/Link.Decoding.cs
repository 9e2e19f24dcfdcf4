using System.Runtime.InteropServices;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Route;

/// <content>From bytes.</content>
public sealed partial record Link
{
    /// <summary>
    /// Decodes RTM_NEWLINK or RTM_DELLINK. Those of bridges about their ports are of the wrong type. Attributes that are not known are
    /// left out.
    /// </summary>
    public static NetlinkDecodeError TryParse(in NetlinkMessage message, out Link? link)
    {
        link = null;
        if (message.Type is not (RouteMessageType.NewLink or RouteMessageType.DeleteLink))
            return NetlinkDecodeError.WrongType;
        var bytes = message.Payload;
        if (bytes.Length < FixedLength)
            return NetlinkDecodeError.TruncatedPayload;
        // A bridge tells of its ports by the same message with its own family, and by RTM_DELLINK that one left it.
        if (bytes[0] != KernelFamily.Unspecified)
            return NetlinkDecodeError.WrongType;
        var values = default(Values);
        var attributes = message.Attributes(FixedLength);
        while (attributes.TryRead(out var attribute))
        {
            if (!values.TrySet(attribute))
                return NetlinkDecodeError.MalformedAttribute;
        }

        if (attributes.IsMalformed)
            return NetlinkDecodeError.MalformedAttribute;
        if (values.Name is null)
            return NetlinkDecodeError.MissingAttribute;
        link = new Link
        {
            Index = MemoryMarshal.Read<int>(bytes[4..]),
            Name = values.Name,
            AlternativeNames = values.AlternativeNames is { } names ? [.. names] : default,
            Flags = (LinkFlags)MemoryMarshal.Read<uint>(bytes[8..]),
            HardwareType = MemoryMarshal.Read<ushort>(bytes[2..]),
            Address = values.Address,
            Broadcast = values.Broadcast,
            Mtu = values.Mtu,
            OperationalState = (OperationalState)values.OperationalState,
            Carrier = values.Carrier,
            Kind = values.Kind,
            MasterIndex = values.Master,
            ParentIndex = values.Parent,
            ParentNamespaceId = values.ParentNamespaceId,
            Alias = values.Alias,
            Group = values.Group,
            Promiscuity = values.Promiscuity,
            AddressGenerationMode = values.AddressGenerationMode,
            MacvlanMode = values.MacvlanMode,
            IpvlanMode = values.IpvlanMode,
            IpvlanFlags = values.IpvlanFlags,
            VlanId = values.VlanId,
            VrfTable = values.VrfTable,
        };
        return NetlinkDecodeError.None;
    }

    private struct Values
    {
        public string? Name;
        public List<string>? AlternativeNames;
        public LinkLayerAddress Address;
        public LinkLayerAddress Broadcast;
        public int Mtu;
        public byte OperationalState;
        public bool? Carrier;
        public string? Kind;
        public int Master;
        public int Parent;
        public int? ParentNamespaceId;
        public string? Alias;
        public uint Group;
        public uint Promiscuity;
        public AddressGenerationMode? AddressGenerationMode;
        public MacvlanMode MacvlanMode;
        public IpvlanMode? IpvlanMode;
        public IpvlanFlags IpvlanFlags;
        public int? VlanId;
        public uint? VrfTable;

        public bool TrySet(in NetlinkAttribute attribute)
        {
            switch (attribute.Type)
            {
                case LinkAttribute.Name:
                    Name = attribute.GetString();
                    return true;
                case LinkAttribute.Address:
                    return attribute.TryGetLinkLayerAddress(out Address);
                case LinkAttribute.Broadcast:
                    return attribute.TryGetLinkLayerAddress(out Broadcast);
                case LinkAttribute.Mtu:
                    return attribute.TryGetInt32(out Mtu);
                case LinkAttribute.OperationalState:
                    return attribute.TryGetByte(out OperationalState);
                case LinkAttribute.Carrier:
                    Carrier = attribute.TryGetByte(out var carrier) ? carrier != 0 : null;
                    return Carrier is not null;
                case LinkAttribute.Master:
                    return attribute.TryGetInt32(out Master);
                case LinkAttribute.Link:
                    return attribute.TryGetInt32(out Parent);
                case LinkAttribute.LinkNamespaceId:
                    ParentNamespaceId = attribute.TryGetInt32(out var id) ? id : null;
                    return ParentNamespaceId is not null;
                case LinkAttribute.Alias:
                    Alias = attribute.GetString();
                    return true;
                case LinkAttribute.Group:
                    return attribute.TryGetUInt32(out Group);
                case LinkAttribute.Promiscuity:
                    return attribute.TryGetUInt32(out Promiscuity);
                case LinkAttribute.LinkInfo:
                    ReadLinkInfo(attribute.Nested);
                    return true;
                case LinkAttribute.AddressFamilies:
                    if (attribute.Nested.TryFind(KernelFamily.IPv6, out var inet6)
                        && inet6.Nested.TryFind(LinkAttribute.Inet6AddressGenerationMode, out var mode) && mode.TryGetByte(out var value))
                        AddressGenerationMode = (AddressGenerationMode)value;
                    return true;
                case LinkAttribute.PropertyList:
                    foreach (var property in attribute.Nested)
                    {
                        if (property.Type == LinkAttribute.AlternativeName)
                            (AlternativeNames ??= []).Add(property.GetString());
                    }

                    return true;
                default:
                    return true;
            }
        }

        private void ReadLinkInfo(NetlinkAttributeReader info)
        {
            if (!info.TryFind(LinkAttribute.InfoKind, out var kind))
                return;
            Kind = kind.GetString();
            if (!info.TryFind(LinkAttribute.InfoData, out var data))
                return;
            // The first attribute of the kinds that have something to tell has the same number.
            if (!data.Nested.TryFind(LinkAttribute.MacvlanMode, out var first))
                return;
            switch (Kind)
            {
                case "macvlan" or "macvtap" when first.TryGetUInt32(out var mode):
                    MacvlanMode = (MacvlanMode)mode;
                    break;
                case "ipvlan" when first.TryGetUInt16(out var mode):
                    IpvlanMode = (IpvlanMode)mode;
                    if (data.Nested.TryFind(LinkAttribute.IpvlanFlags, out var second) && second.TryGetUInt16(out var flags))
                        IpvlanFlags = (IpvlanFlags)flags;
                    break;
                case "vlan" when first.TryGetUInt16(out var id):
                    VlanId = id;
                    break;
                case "vrf" when first.TryGetUInt32(out var table):
                    VrfTable = table;
                    break;
            }
        }
    }
}
