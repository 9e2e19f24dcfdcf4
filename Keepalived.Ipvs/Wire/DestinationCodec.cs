using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Netlink.Generic;
using Keepalived.Netlink.Wire;

namespace Keepalived.Ipvs.Wire;

/// <summary>The DEST attribute: ADDR_FAMILY, ADDR and PORT say which, the rest what.</summary>
internal static class DestinationCodec
{
    private const uint ForwardingMask = 7;

    public static void WriteKey(ref NetlinkMessageWriter writer, in IpvsDestinationKey key)
    {
        var nest = writer.BeginNested(CommandAttribute.Destination);
        WriteIdentity(ref writer, key);
        writer.EndNested(nest);
    }

    public static void Write(ref NetlinkMessageWriter writer, IpvsDestination destination)
    {
        var nest = writer.BeginNested(CommandAttribute.Destination);
        WriteIdentity(ref writer, destination.Key);
        writer.WriteUInt32(DestinationAttribute.Forwarding, (uint)destination.Forwarding);
        writer.WriteInt32(DestinationAttribute.Weight, destination.Weight);
        if (destination.Forwarding == IpvsForwarding.Tunnel)
            WriteTunnel(ref writer, destination.Tunnel);
        writer.WriteUInt32(DestinationAttribute.UpperThreshold, destination.UpperThreshold);
        writer.WriteUInt32(DestinationAttribute.LowerThreshold, destination.LowerThreshold);
        writer.EndNested(nest);
    }

    public static NetlinkDecodeError TryParse(in NetlinkMessage message, AddressFamily serviceFamily, out IpvsDestinationEntry? entry)
    {
        entry = null;
        if (message.Payload.Length < GenericNetlinkClient.HeaderLength)
            return NetlinkDecodeError.TruncatedPayload;
        if (message.Payload[0] != (byte)IpvsCommand.NewDestination)
            return NetlinkDecodeError.WrongType;
        if (!message.Attributes(GenericNetlinkClient.HeaderLength).TryFind(CommandAttribute.Destination, out var destination))
            return NetlinkDecodeError.MissingAttribute;
        var fields = default(Fields);
        var attributes = destination.Nested;
        while (attributes.TryRead(out var attribute))
        {
            if (!fields.TrySet(attribute))
                return NetlinkDecodeError.MalformedAttribute;
        }

        return attributes.IsMalformed ? NetlinkDecodeError.MalformedAttribute : fields.TryBuild(serviceFamily, out entry);
    }

    private static void WriteIdentity(ref NetlinkMessageWriter writer, in IpvsDestinationKey key)
    {
        writer.WriteUInt16(DestinationAttribute.Family, WireAddress.ToKernel(key.Address.Family));
        WireAddress.Write(ref writer, DestinationAttribute.Address, key.Address);
        writer.WriteUInt16BigEndian(DestinationAttribute.Port, key.Port);
    }

    private static void WriteTunnel(ref NetlinkMessageWriter writer, IpvsTunnel tunnel)
    {
        writer.WriteByte(DestinationAttribute.TunnelType, (byte)tunnel.Type);
        if (tunnel.Type == IpvsTunnelType.Gue)
            writer.WriteUInt16BigEndian(DestinationAttribute.TunnelPort, tunnel.Port);
        if (tunnel.Type != IpvsTunnelType.Ipip)
            writer.WriteUInt16(DestinationAttribute.TunnelFlags, (ushort)tunnel.Checksum);
    }

    private ref struct Fields
    {
        private AddressFamily _family;
        private ReadOnlySpan<byte> _address;
        private ushort? _port;
        private uint _forwarding;
        private int _weight;
        private byte _tunnelType;
        private ushort _tunnelPort;
        private ushort _tunnelFlags;
        private uint _upper;
        private uint _lower;
        private uint _active;
        private uint _inactive;
        private uint _persistent;
        private IpvsStatistics _statistics;
        private bool _hasStatistics64;

        public bool TrySet(in NetlinkAttribute attribute)
        {
            switch (attribute.Type)
            {
                case DestinationAttribute.Family:
                    return WireAddress.TryGetFamily(attribute, out _family);
                case DestinationAttribute.Address:
                    _address = attribute.Value;
                    return true;
                case DestinationAttribute.Port:
                    _port = WireAddress.TryGetPort(attribute, out var port) ? port : null;
                    return _port is not null;
                case DestinationAttribute.Forwarding:
                    return attribute.TryGetUInt32(out _forwarding);
                case DestinationAttribute.Weight:
                    return attribute.TryGetInt32(out _weight);
                case DestinationAttribute.TunnelType:
                    return attribute.TryGetByte(out _tunnelType);
                case DestinationAttribute.TunnelPort:
                    return WireAddress.TryGetPort(attribute, out _tunnelPort);
                case DestinationAttribute.TunnelFlags:
                    return attribute.TryGetUInt16(out _tunnelFlags);
                case DestinationAttribute.UpperThreshold:
                    return attribute.TryGetUInt32(out _upper);
                case DestinationAttribute.LowerThreshold:
                    return attribute.TryGetUInt32(out _lower);
                case DestinationAttribute.ActiveConnections:
                    return attribute.TryGetUInt32(out _active);
                case DestinationAttribute.InactiveConnections:
                    return attribute.TryGetUInt32(out _inactive);
                case DestinationAttribute.PersistentConnections:
                    return attribute.TryGetUInt32(out _persistent);
                case DestinationAttribute.Statistics when !_hasStatistics64:
                    return StatisticsCodec.TryRead(attribute.Nested, out _statistics);
                case DestinationAttribute.Statistics64:
                    _hasStatistics64 = true;
                    return StatisticsCodec.TryRead(attribute.Nested, out _statistics);
                default:
                    return true;
            }
        }

        public readonly NetlinkDecodeError TryBuild(AddressFamily serviceFamily, out IpvsDestinationEntry? entry)
        {
            entry = null;
            if (_address.IsEmpty || _port is null)
                return NetlinkDecodeError.MissingAttribute;
            var family = _family == AddressFamily.Unspecified ? serviceFamily : _family;
            if (!WireAddress.TryRead(_address, family, out var address))
                return NetlinkDecodeError.MalformedAttribute;
            entry = new IpvsDestinationEntry
            {
                Destination = Build(address),
                ActiveConnections = _active,
                InactiveConnections = _inactive,
                PersistentConnections = _persistent,
                Statistics = _statistics,
            };
            return NetlinkDecodeError.None;
        }

        private readonly IpvsDestination Build(InetAddress address)
        {
            var forwarding = (IpvsForwarding)(_forwarding & ForwardingMask);
            return new IpvsDestination
            {
                Address = address,
                Port = _port!.Value,
                Forwarding = forwarding,
                Tunnel = forwarding == IpvsForwarding.Tunnel
                    ? new IpvsTunnel { Type = (IpvsTunnelType)_tunnelType, Port = _tunnelPort, Checksum = (IpvsTunnelChecksum)_tunnelFlags }
                    : default,
                Weight = _weight,
                UpperThreshold = _upper,
                LowerThreshold = _lower,
            };
        }
    }
}
