using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Keepalived.Netlink.Generic;
using Keepalived.Netlink.Wire;

namespace Keepalived.Ipvs.Wire;

/// <summary>
/// The SERVICE attribute: AF and FWMARK, or AF, PROTOCOL, ADDR and PORT, say which; SCHED_NAME, PE_NAME, FLAGS, TIMEOUT and NETMASK say
/// what.
/// </summary>
internal static class ServiceCodec
{
    public const IpvsServiceFlags KnownFlags =
        IpvsServiceFlags.OnePacket | IpvsServiceFlags.Scheduler1 | IpvsServiceFlags.Scheduler2 | IpvsServiceFlags.Scheduler3;

    private const uint PersistentFlag = 0x1;
    private const int FlagsLength = 2 * sizeof(uint);

    public static void WriteKey(ref NetlinkMessageWriter writer, in IpvsServiceKey key)
    {
        var nest = writer.BeginNested(CommandAttribute.Service);
        WriteIdentity(ref writer, key);
        writer.EndNested(nest);
    }

    public static void Write(ref NetlinkMessageWriter writer, IpvsService service)
    {
        var nest = writer.BeginNested(CommandAttribute.Service);
        WriteIdentity(ref writer, service.Key);
        writer.WriteString(ServiceAttribute.Scheduler, service.Scheduler);
        if (service.Persistence?.Engine is { } engine)
            writer.WriteString(ServiceAttribute.Engine, engine);
        WriteFlags(ref writer, (uint)service.Flags | (service.Persistence is null ? 0 : PersistentFlag));
        writer.WriteUInt32(ServiceAttribute.Timeout, service.Persistence is { } persistence ? WireTime.ToSeconds(persistence.Timeout) : 0);
        var netmask = (service.Persistence?.Granularity ?? IpvsGranularity.Host).ToKernel(service.Key.Family);
        if (service.Key.Family == AddressFamily.InterNetworkV6)
            writer.WriteUInt32(ServiceAttribute.Netmask, netmask);
        else
            writer.WriteUInt32BigEndian(ServiceAttribute.Netmask, netmask);
        writer.EndNested(nest);
    }

    public static NetlinkDecodeError TryParse(in NetlinkMessage message, out IpvsServiceEntry? entry)
    {
        entry = null;
        if (message.Payload.Length < GenericNetlinkClient.HeaderLength)
            return NetlinkDecodeError.TruncatedPayload;
        if (message.Payload[0] != (byte)IpvsCommand.NewService)
            return NetlinkDecodeError.WrongType;
        if (!message.Attributes(GenericNetlinkClient.HeaderLength).TryFind(CommandAttribute.Service, out var service))
            return NetlinkDecodeError.MissingAttribute;
        var fields = default(Fields);
        var attributes = service.Nested;
        while (attributes.TryRead(out var attribute))
        {
            if (!fields.TrySet(attribute))
                return NetlinkDecodeError.MalformedAttribute;
        }

        return attributes.IsMalformed ? NetlinkDecodeError.MalformedAttribute : fields.TryBuild(out entry);
    }

    private static void WriteIdentity(ref NetlinkMessageWriter writer, in IpvsServiceKey key)
    {
        writer.WriteUInt16(ServiceAttribute.Family, WireAddress.ToKernel(key.Family));
        if (key.IsMark)
        {
            writer.WriteUInt32(ServiceAttribute.Mark, key.Mark);
            return;
        }

        writer.WriteUInt16(ServiceAttribute.Protocol, (ushort)key.Protocol);
        WireAddress.Write(ref writer, ServiceAttribute.Address, key.Address);
        writer.WriteUInt16BigEndian(ServiceAttribute.Port, key.Port);
    }

    /// <summary>struct ip_vs_flags: flags, and which of them are meant.</summary>
    private static void WriteFlags(ref NetlinkMessageWriter writer, uint flags)
    {
        Span<byte> value = stackalloc byte[FlagsLength];
        MemoryMarshal.Write(value, flags);
        MemoryMarshal.Write(value[sizeof(uint)..], uint.MaxValue);
        writer.WriteBytes(ServiceAttribute.Flags, value);
    }

    private ref struct Fields
    {
        private AddressFamily _family;
        private ushort? _protocol;
        private ReadOnlySpan<byte> _address;
        private ushort? _port;
        private uint _mark;
        private string? _scheduler;
        private string? _engine;
        private uint _flags;
        private uint _timeout;
        private ReadOnlySpan<byte> _netmask;
        private IpvsStatistics _statistics;
        private bool _hasStatistics64;

        public bool TrySet(in NetlinkAttribute attribute)
        {
            switch (attribute.Type)
            {
                case ServiceAttribute.Family:
                    return WireAddress.TryGetFamily(attribute, out _family);
                case ServiceAttribute.Protocol:
                    _protocol = attribute.TryGetUInt16(out var protocol) ? protocol : null;
                    return _protocol is not null;
                case ServiceAttribute.Address:
                    _address = attribute.Value;
                    return true;
                case ServiceAttribute.Port:
                    _port = WireAddress.TryGetPort(attribute, out var port) ? port : null;
                    return _port is not null;
                case ServiceAttribute.Mark:
                    return attribute.TryGetUInt32(out _mark);
                case ServiceAttribute.Scheduler:
                    _scheduler = attribute.GetString();
                    return true;
                case ServiceAttribute.Engine:
                    _engine = attribute.GetString();
                    return true;
                case ServiceAttribute.Flags when attribute.Value.Length == FlagsLength:
                    _flags = MemoryMarshal.Read<uint>(attribute.Value);
                    return true;
                case ServiceAttribute.Flags:
                    return false;
                case ServiceAttribute.Timeout:
                    return attribute.TryGetUInt32(out _timeout);
                case ServiceAttribute.Netmask:
                    _netmask = attribute.Value;
                    return _netmask.Length == sizeof(uint);
                case ServiceAttribute.Statistics when !_hasStatistics64:
                    return StatisticsCodec.TryRead(attribute.Nested, out _statistics);
                case ServiceAttribute.Statistics64:
                    _hasStatistics64 = true;
                    return StatisticsCodec.TryRead(attribute.Nested, out _statistics);
                default:
                    return true;
            }
        }

        public readonly NetlinkDecodeError TryBuild(out IpvsServiceEntry? entry)
        {
            entry = null;
            if (_family == AddressFamily.Unspecified || _scheduler is null)
                return NetlinkDecodeError.MissingAttribute;
            IpvsServiceKey key;
            if (_mark != 0)
            {
                key = IpvsServiceKey.ForMark(_mark, _family);
            }
            else
            {
                if (_protocol is null || _port is null || _address.IsEmpty)
                    return NetlinkDecodeError.MissingAttribute;
                if (!WireAddress.TryRead(_address, _family, out var address))
                    return NetlinkDecodeError.MalformedAttribute;
                key = IpvsServiceKey.FromKernel((IpvsProtocol)_protocol, address, _port.Value);
            }

            entry = new IpvsServiceEntry
            {
                Service = new IpvsService
                {
                    Key = key,
                    Scheduler = _scheduler,
                    Flags = (IpvsServiceFlags)_flags & KnownFlags,
                    Persistence = (_flags & PersistentFlag) == 0 ? null : BuildPersistence(),
                },
                Statistics = _statistics,
            };
            return NetlinkDecodeError.None;
        }

        private readonly IpvsPersistence BuildPersistence() => new()
        {
            Timeout = WireTime.FromSeconds(_timeout),
            Granularity = _netmask.IsEmpty
                ? IpvsGranularity.Host
                : IpvsGranularity.FromKernel(
                    _family,
                    _family == AddressFamily.InterNetworkV6
                        ? MemoryMarshal.Read<uint>(_netmask)
                        : BinaryPrimitives.ReadUInt32BigEndian(_netmask)),
            Engine = string.IsNullOrEmpty(_engine) ? null : _engine,
        };
    }
}
