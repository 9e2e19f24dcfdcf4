using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Route;

/// <summary>A route (struct rtmsg and RTA_* of linux/rtnetlink.h).</summary>
public sealed record Route
{
    internal const int FixedLength = 12;

    /// <summary>Where to; 0.0.0.0/0 and ::/0 are the default routes. Host bits must be zero.</summary>
    public required InetPrefix Destination { get; init; }

    /// <summary>IPv6: only for packets from these sources; null for all.</summary>
    public InetPrefix? Source { get; init; }

    /// <summary>What it does.</summary>
    public RouteType Type { get; init; } = RouteType.Unicast;

    /// <summary>How far the destination is away. IPv4 only.</summary>
    public RouteScope Scope { get; init; }

    /// <summary>Who made it: see <see cref="RouteProtocol"/>.</summary>
    public byte Protocol { get; init; } = RouteProtocol.Boot;

    /// <summary>The table: see <see cref="RouteTable"/>.</summary>
    public uint Table { get; init; } = RouteTable.Main;

    /// <summary>The metric: the lower the better; null for the kernel's default (0, IPv6 1024).</summary>
    public uint? Metric { get; init; }

    /// <summary>The type of service that it is for; 0 for any. IPv4 only.</summary>
    public byte TypeOfService { get; init; }

    /// <summary>The flags. The kernel takes <see cref="RouteFlags.OnLink"/> only.</summary>
    public RouteFlags Flags { get; init; }

    /// <summary>The gateway; <see cref="InetAddress.None"/> for a destination on the link. It may be IPv6 in an IPv4 route.</summary>
    public InetAddress Gateway { get; init; }

    /// <summary>The link; 0 for none or the kernel's choice.</summary>
    public int OutputInterface { get; init; }

    /// <summary>The source address for connections of this host; <see cref="InetAddress.None"/> for the kernel's choice.</summary>
    public InetAddress PreferredSource { get; init; }

    /// <summary>The ways, if there are several; <see cref="Gateway"/> and <see cref="OutputInterface"/> are not set then.</summary>
    public ValueList<Nexthop> Nexthops { get; init; }

    /// <summary>The next-hop object that it uses; 0 for none.</summary>
    public uint NexthopId { get; init; }

    /// <summary>What it tells transport protocols; null for nothing.</summary>
    public RouteMetrics? Metrics { get; init; }

    /// <summary>The realms, source in the upper 16 bits; 0 for none. IPv4 only.</summary>
    public uint Realms { get; init; }

    /// <summary>The preference of an IPv6 router (RFC 4191): 0 medium, 1 high, 3 low; null if not said.</summary>
    public byte? Preference { get; init; }

    /// <summary>How long it stays, in seconds; null for ever. IPv6 only. Counts down.</summary>
    public uint? Expires { get; init; }

    /// <summary>Whether MPLS copies the TTL; null for the system's default.</summary>
    public bool? TtlPropagate { get; init; }

    /// <summary>The kind of encapsulation (LWTUNNEL_ENCAP_*); 0 for none.</summary>
    public ushort EncapsulationType { get; init; }

    /// <summary>The attributes of the encapsulation, as they are on the wire.</summary>
    public ValueList<byte> Encapsulation { get; init; }

    /// <summary>The family, which is that of the destination.</summary>
    public AddressFamily Family => Destination.Address.Family;

    /// <summary>Decodes RTM_NEWROUTE or RTM_DELROUTE of IPv4 or IPv6. Attributes that are not known are left out.</summary>
    public static NetlinkDecodeError TryParse(in NetlinkMessage message, out Route? route)
    {
        route = null;
        if (message.Type is not (RouteMessageType.NewRoute or RouteMessageType.DeleteRoute))
            return NetlinkDecodeError.WrongType;
        var bytes = message.Payload;
        if (bytes.Length < FixedLength)
            return NetlinkDecodeError.TruncatedPayload;
        if (bytes[0] is not (KernelFamily.IPv4 or KernelFamily.IPv6))
            return NetlinkDecodeError.WrongType;
        var values = default(RouteValues);
        if (!values.TryRead(message.Attributes(FixedLength)))
            return NetlinkDecodeError.MalformedAttribute;
        if (!TryMakePrefix(values.Destination, bytes[1], bytes[0], out var destination)
            || !TryMakePrefix(values.Source, bytes[2], bytes[0], out var source))
            return NetlinkDecodeError.MalformedAttribute;
        route = new Route
        {
            Destination = destination,
            Source = source.Length == 0 ? null : source,
            Type = (RouteType)bytes[7],
            Scope = (RouteScope)bytes[6],
            Protocol = bytes[5],
            Table = values.Table ?? bytes[4],
            Metric = values.Metric,
            TypeOfService = bytes[3],
            Flags = (RouteFlags)MemoryMarshal.Read<uint>(bytes[8..]),
            Gateway = values.Gateway,
            OutputInterface = values.OutputInterface,
            PreferredSource = values.PreferredSource,
            Nexthops = values.Nexthops,
            NexthopId = values.NexthopId,
            Metrics = values.Metrics,
            Realms = values.Realms,
            Preference = values.Preference,
            Expires = values.Expires,
            TtlPropagate = values.TtlPropagate,
            EncapsulationType = values.EncapsulationType,
            Encapsulation = values.Encapsulation,
        };
        return NetlinkDecodeError.None;
    }

    /// <summary>Writes what follows the header of RTM_NEWROUTE or RTM_DELROUTE.</summary>
    /// <exception cref="ArgumentException">The destination has no family.</exception>
    public void Encode(ref NetlinkMessageWriter writer)
    {
        if (Destination.Address.IsNone)
            throw new ArgumentException("A route needs a destination; the default routes are 0.0.0.0/0 and ::/0.");
        var header = writer.WriteFixedHeader(FixedLength);
        header[0] = Family.ToKernel();
        header[1] = (byte)Destination.Length;
        header[2] = (byte)(Source?.Length ?? 0);
        header[3] = TypeOfService;
        header[4] = (byte)(Table > byte.MaxValue ? RouteTable.Unspecified : Table);
        header[5] = Protocol;
        header[6] = (byte)Scope;
        header[7] = (byte)Type;
        MemoryMarshal.Write(header[8..], (uint)(Flags & RouteFlags.OnLink));
        if (Destination.Length > 0)
            writer.WriteAddress(RouteAttribute.Destination, Destination.Address);
        if (Source is { } source)
            writer.WriteAddress(RouteAttribute.Source, source.Address);
        writer.WriteUInt32(RouteAttribute.Table, Table);
        if (Metric is { } metric)
            writer.WriteUInt32(RouteAttribute.Priority, metric);
        if (OutputInterface != 0)
            writer.WriteInt32(RouteAttribute.OutputInterface, OutputInterface);
        RouteValues.WriteGateway(ref writer, Gateway, Destination.Address);
        writer.WriteAddress(RouteAttribute.PreferredSource, PreferredSource);
        EncodeOptions(ref writer);
    }

    /// <summary>As the ip command writes it.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Type != RouteType.Unicast)
            text.Append(Type.ToString().ToLowerInvariant()).Append(' ');
        text.Append(Destination.Length == 0 ? "default" : Destination.ToString());
        if (!Gateway.IsNone)
            text.Append(" via ").Append(Gateway);
        if (OutputInterface != 0)
            text.Append(CultureInfo.InvariantCulture, $" dev {OutputInterface}");
        foreach (var nexthop in Nexthops)
            text.Append(' ').Append(nexthop);
        if (Table != RouteTable.Main)
            text.Append(CultureInfo.InvariantCulture, $" table {Table}");
        if (Metric is { } metric)
            text.Append(CultureInfo.InvariantCulture, $" metric {metric}");
        return text.ToString();
    }

    private static bool TryMakePrefix(InetAddress address, byte length, byte family, out InetPrefix prefix)
    {
        if (address.IsNone)
            address = KernelFamily.Any(family);
        var ok = address.Family == KernelFamily.FromKernel(family) && length <= address.Length * 8;
        prefix = ok ? new InetPrefix(address, length) : default;
        return ok;
    }

    private void EncodeOptions(ref NetlinkMessageWriter writer)
    {
        if (Metrics is not null)
        {
            var metrics = writer.BeginNested(RouteAttribute.Metrics);
            Metrics.Write(ref writer);
            writer.EndNested(metrics);
        }

        if (!Nexthops.IsEmpty)
        {
            var multipath = writer.BeginNested(RouteAttribute.Multipath);
            foreach (var nexthop in Nexthops)
                nexthop.Write(ref writer, Destination.Address);
            writer.EndNested(multipath);
        }

        if (NexthopId != 0)
            writer.WriteUInt32(RouteAttribute.NexthopId, NexthopId);
        if (Realms != 0)
            writer.WriteUInt32(RouteAttribute.Flow, Realms);
        if (Preference is { } preference)
            writer.WriteByte(RouteAttribute.Preference, preference);
        if (Expires is { } expires)
            writer.WriteUInt32(RouteAttribute.Expires, expires);
        if (TtlPropagate is { } propagate)
            writer.WriteByte(RouteAttribute.TtlPropagate, propagate ? (byte)1 : (byte)0);
        RouteValues.WriteEncapsulation(ref writer, EncapsulationType, Encapsulation);
    }
}
