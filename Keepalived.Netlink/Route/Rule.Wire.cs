using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Route;

/// <content>From and to bytes.</content>
public sealed partial record Rule
{
    private const ushort FraDestination = 1;
    private const ushort FraSource = 2;
    private const ushort FraInputInterface = 3;
    private const ushort FraGoto = 4;
    private const ushort FraPriority = 6;
    private const ushort FraMark = 10;
    private const ushort FraFlow = 11;
    private const ushort FraTunnelId = 12;
    private const ushort FraSuppressGroup = 13;
    private const ushort FraSuppressPrefixLength = 14;
    private const ushort FraTable = 15;
    private const ushort FraMarkMask = 16;
    private const ushort FraOutputInterface = 17;
    private const ushort FraLayer3MasterDevice = 19;
    private const ushort FraUserRange = 20;
    private const ushort FraProtocol = 21;
    private const ushort FraIpProtocol = 22;
    private const ushort FraSourcePorts = 23;
    private const ushort FraDestinationPorts = 24;
    private const uint InvertFlag = 2;

    /// <summary>Decodes RTM_NEWRULE or RTM_DELRULE of IPv4 or IPv6. Attributes that are not known are left out.</summary>
    public static NetlinkDecodeError TryParse(in NetlinkMessage message, out Rule? rule)
    {
        rule = null;
        if (message.Type is not (RouteMessageType.NewRule or RouteMessageType.DeleteRule))
            return NetlinkDecodeError.WrongType;
        var bytes = message.Payload;
        if (bytes.Length < FixedLength)
            return NetlinkDecodeError.TruncatedPayload;
        var family = KernelFamily.FromKernel(bytes[0]);
        if (family == AddressFamily.Unspecified)
            return NetlinkDecodeError.WrongType;
        var values = new Values { Table = bytes[4] };
        var attributes = message.Attributes(FixedLength);
        while (attributes.TryRead(out var attribute))
        {
            if (!values.TrySet(attribute))
                return NetlinkDecodeError.MalformedAttribute;
        }

        if (attributes.IsMalformed || !values.TryMakePrefixes(family, bytes[1], bytes[2], out var destination, out var source))
            return NetlinkDecodeError.MalformedAttribute;
        rule = new Rule
        {
            Family = family,
            Priority = values.Priority,
            Action = (RuleAction)bytes[7],
            Table = values.Table,
            Goto = values.Goto,
            IsInverted = (MemoryMarshal.Read<uint>(bytes[8..]) & InvertFlag) != 0,
            Source = source,
            Destination = destination,
            TypeOfService = bytes[3],
            InputInterface = values.InputInterface,
            OutputInterface = values.OutputInterface,
            Mark = values.Mark,
            MarkMask = values.MarkMask,
            SuppressPrefixLength = values.SuppressPrefixLength,
            SuppressInterfaceGroup = values.SuppressInterfaceGroup,
            UseLayer3MasterDevice = values.UseLayer3MasterDevice != 0,
            Users = values.Users,
            IpProtocol = values.IpProtocol,
            SourcePorts = values.SourcePorts,
            DestinationPorts = values.DestinationPorts,
            Realms = values.Realms,
            TunnelId = values.TunnelId,
            Protocol = values.Protocol,
        };
        return NetlinkDecodeError.None;
    }

    /// <summary>Writes what follows the header of RTM_NEWRULE or RTM_DELRULE.</summary>
    /// <exception cref="ArgumentException">A prefix is of another family, or the family is neither IPv4 nor IPv6.</exception>
    public void Encode(ref NetlinkMessageWriter writer)
    {
        if (Family is not (AddressFamily.InterNetwork or AddressFamily.InterNetworkV6))
            throw new ArgumentException("A rule is of IPv4 or IPv6.");
        if ((Source is { } from && from.Address.Family != Family) || (Destination is { } to && to.Address.Family != Family))
            throw new ArgumentException("The prefixes of a rule are of its family.");
        var header = writer.WriteFixedHeader(FixedLength);
        header[0] = Family.ToKernel();
        header[1] = (byte)(Destination?.Length ?? 0);
        header[2] = (byte)(Source?.Length ?? 0);
        header[3] = TypeOfService;
        var table = Action == RuleAction.Table && !UseLayer3MasterDevice ? Table : RouteTable.Unspecified;
        header[4] = (byte)(table > byte.MaxValue ? RouteTable.Unspecified : table);
        header[7] = (byte)Action;
        MemoryMarshal.Write(header[8..], IsInverted ? InvertFlag : 0);
        if (Destination is { Length: > 0 } destination)
            writer.WriteAddress(FraDestination, destination.Address);
        if (Source is { Length: > 0 } source)
            writer.WriteAddress(FraSource, source.Address);
        if (Priority is { } priority)
            writer.WriteUInt32(FraPriority, priority);
        if (table > byte.MaxValue)
            writer.WriteUInt32(FraTable, table);
        EncodeMatches(ref writer);
        EncodeAction(ref writer);
    }

    private void EncodeMatches(ref NetlinkMessageWriter writer)
    {
        if (InputInterface is not null)
            writer.WriteString(FraInputInterface, InputInterface);
        if (OutputInterface is not null)
            writer.WriteString(FraOutputInterface, OutputInterface);
        if (Mark is { } mark)
            writer.WriteUInt32(FraMark, mark);
        if (MarkMask is { } mask)
            writer.WriteUInt32(FraMarkMask, mask);
        if (TunnelId != 0)
            writer.WriteUInt64BigEndian(FraTunnelId, TunnelId);
        if (Users is { } users)
            writer.WriteBytes(FraUserRange, MemoryMarshal.AsBytes<uint>([users.First, users.Last]));
        if (IpProtocol != 0)
            writer.WriteByte(FraIpProtocol, IpProtocol);
        if (SourcePorts is { } sourcePorts)
            writer.WriteBytes(FraSourcePorts, MemoryMarshal.AsBytes<ushort>([sourcePorts.First, sourcePorts.Last]));
        if (DestinationPorts is { } destinationPorts)
            writer.WriteBytes(FraDestinationPorts, MemoryMarshal.AsBytes<ushort>([destinationPorts.First, destinationPorts.Last]));
    }

    private void EncodeAction(ref NetlinkMessageWriter writer)
    {
        if (Action == RuleAction.Goto)
            writer.WriteUInt32(FraGoto, Goto);
        if (UseLayer3MasterDevice)
            writer.WriteByte(FraLayer3MasterDevice, 1);
        if (SuppressPrefixLength is { } length)
            writer.WriteInt32(FraSuppressPrefixLength, length);
        if (SuppressInterfaceGroup is { } group)
            writer.WriteInt32(FraSuppressGroup, group);
        if (Realms != 0)
            writer.WriteUInt32(FraFlow, Realms);
        if (Protocol != 0)
            writer.WriteByte(FraProtocol, Protocol);
    }

    private struct Values
    {
        public InetAddress Destination;
        public InetAddress Source;
        public uint Priority;
        public uint Table;
        public uint Goto;
        public string? InputInterface;
        public string? OutputInterface;
        public uint? Mark;
        public uint? MarkMask;
        public int? SuppressPrefixLength;
        public int? SuppressInterfaceGroup;
        public byte UseLayer3MasterDevice;
        public UserRange? Users;
        public byte IpProtocol;
        public PortRange? SourcePorts;
        public PortRange? DestinationPorts;
        public uint Realms;
        public ulong TunnelId;
        public byte Protocol;

        public bool TrySet(in NetlinkAttribute attribute) => attribute.Type switch
        {
            FraDestination => attribute.TryGetAddress(out Destination),
            FraSource => attribute.TryGetAddress(out Source),
            FraInputInterface => (InputInterface = attribute.GetString()).Length > 0,
            FraOutputInterface => (OutputInterface = attribute.GetString()).Length > 0,
            FraGoto => attribute.TryGetUInt32(out Goto),
            FraPriority => attribute.TryGetUInt32(out Priority),
            FraTable => attribute.TryGetUInt32(out Table),
            FraMark => (Mark = Number(attribute)) is not null,
            FraMarkMask => (MarkMask = Number(attribute)) is not null,
            FraFlow => attribute.TryGetUInt32(out Realms),
            FraTunnelId => TrySetTunnelId(attribute.Value),
            // The kernel sends -1 where nothing is suppressed.
            FraSuppressGroup => TrySetOptional(attribute, ref SuppressInterfaceGroup),
            FraSuppressPrefixLength => TrySetOptional(attribute, ref SuppressPrefixLength),
            FraLayer3MasterDevice => attribute.TryGetByte(out UseLayer3MasterDevice),
            FraUserRange => TrySetUsers(attribute.Value),
            FraProtocol => attribute.TryGetByte(out Protocol),
            FraIpProtocol => attribute.TryGetByte(out IpProtocol),
            FraSourcePorts => (SourcePorts = Ports(attribute.Value)) is not null,
            FraDestinationPorts => (DestinationPorts = Ports(attribute.Value)) is not null,
            _ => true,
        };

        public readonly bool TryMakePrefixes(
            AddressFamily family, byte destinationLength, byte sourceLength, out InetPrefix? destination, out InetPrefix? source)
        {
            source = null;
            return TryMakePrefix(Destination, family, destinationLength, out destination)
                && TryMakePrefix(Source, family, sourceLength, out source);
        }

        private static bool TryMakePrefix(InetAddress address, AddressFamily family, byte length, out InetPrefix? prefix)
        {
            prefix = null;
            if (address.IsNone)
                return length == 0;
            if (address.Family != family || length > address.Length * 8)
                return false;
            prefix = new InetPrefix(address, length);
            return true;
        }

        private static uint? Number(in NetlinkAttribute attribute) => attribute.TryGetUInt32(out var value) ? value : null;

        private static PortRange? Ports(ReadOnlySpan<byte> value) => value.Length == 2 * sizeof(ushort)
            ? new PortRange(MemoryMarshal.Read<ushort>(value), MemoryMarshal.Read<ushort>(value[sizeof(ushort)..]))
            : null;

        private static bool TrySetOptional(in NetlinkAttribute attribute, ref int? field)
        {
            if (!attribute.TryGetInt32(out var value))
                return false;
            field = value < 0 ? null : value;
            return true;
        }

        private bool TrySetTunnelId(ReadOnlySpan<byte> value) => BinaryPrimitives.TryReadUInt64BigEndian(value, out TunnelId);

        private bool TrySetUsers(ReadOnlySpan<byte> value)
        {
            if (value.Length != 2 * sizeof(uint))
                return false;
            Users = new UserRange(MemoryMarshal.Read<uint>(value), MemoryMarshal.Read<uint>(value[sizeof(uint)..]));
            return true;
        }
    }
}
