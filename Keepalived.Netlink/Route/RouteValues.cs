using System.Runtime.InteropServices;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Route;

/// <summary>The attributes of a route or of a next hop while they are read.</summary>
internal struct RouteValues
{
    public InetAddress Destination;
    public InetAddress Source;
    public InetAddress PreferredSource;
    public InetAddress Gateway;
    public int InputInterface;
    public int OutputInterface;
    public uint? Metric;
    public uint? Table;
    public uint Realms;
    public uint Mark;
    public byte? Preference;
    public bool? TtlPropagate;
    public uint? Expires;
    public uint NexthopId;
    public ushort EncapsulationType;
    public ValueList<byte> Encapsulation;
    public RouteMetrics? Metrics;
    public ValueList<Nexthop> Nexthops;

    public bool TryRead(NetlinkAttributeReader attributes)
    {
        while (attributes.TryRead(out var attribute))
        {
            if (!TrySet(attribute))
                return false;
        }

        return !attributes.IsMalformed;
    }

    public static void WriteGateway(ref NetlinkMessageWriter writer, InetAddress gateway, InetAddress destination)
    {
        if (gateway.Family == destination.Family)
        {
            writer.WriteAddress(RouteAttribute.Gateway, gateway);
            return;
        }

        if (gateway.IsNone)
            return;
        // struct rtvia: a gateway of another family.
        Span<byte> via = stackalloc byte[sizeof(ushort) + 16];
        MemoryMarshal.Write(via, (ushort)gateway.Family.ToKernel());
        var length = gateway.WriteTo(via[sizeof(ushort)..]);
        writer.WriteBytes(RouteAttribute.Via, via[..(sizeof(ushort) + length)]);
    }

    public static void WriteEncapsulation(ref NetlinkMessageWriter writer, ushort type, ValueList<byte> value)
    {
        if (type == 0)
            return;
        writer.WriteUInt16(RouteAttribute.EncapsulationType, type);
        writer.WriteBytes(RouteAttribute.Encapsulation | NetlinkAttribute.NestedFlag, value.Span);
    }

    private bool TrySet(in NetlinkAttribute attribute)
    {
        switch (attribute.Type)
        {
            case RouteAttribute.Destination:
                return attribute.TryGetAddress(out Destination);
            case RouteAttribute.Source:
                return attribute.TryGetAddress(out Source);
            case RouteAttribute.PreferredSource:
                return attribute.TryGetAddress(out PreferredSource);
            case RouteAttribute.Gateway:
                return attribute.TryGetAddress(out Gateway);
            case RouteAttribute.Via:
                return TryReadVia(attribute.Value);
            case RouteAttribute.InputInterface:
                return attribute.TryGetInt32(out InputInterface);
            case RouteAttribute.OutputInterface:
                return attribute.TryGetInt32(out OutputInterface);
            case RouteAttribute.Priority:
                Metric = attribute.TryGetUInt32(out var metric) ? metric : null;
                return Metric is not null;
            case RouteAttribute.Table:
                Table = attribute.TryGetUInt32(out var table) ? table : null;
                return Table is not null;
            case RouteAttribute.Flow:
                return attribute.TryGetUInt32(out Realms);
            case RouteAttribute.Mark:
                return attribute.TryGetUInt32(out Mark);
            case RouteAttribute.Preference:
                Preference = attribute.TryGetByte(out var preference) ? preference : null;
                return Preference is not null;
            case RouteAttribute.TtlPropagate:
                TtlPropagate = attribute.TryGetByte(out var propagate) ? propagate != 0 : null;
                return TtlPropagate is not null;
            case RouteAttribute.NexthopId:
                return attribute.TryGetUInt32(out NexthopId);
            case RouteAttribute.CacheInfo when attribute.Value.Length >= 3 * sizeof(int):
                ReadExpiry(attribute.Value);
                return true;
            case RouteAttribute.EncapsulationType:
                return attribute.TryGetUInt16(out EncapsulationType);
            case RouteAttribute.Encapsulation:
                Encapsulation = [.. attribute.Value];
                return true;
            case RouteAttribute.Metrics:
                Metrics = RouteMetrics.Read(attribute.Nested);
                return Metrics is not null;
            case RouteAttribute.Multipath:
                return TryReadNexthops(attribute.Value);
            default:
                return true;
        }
    }

    private bool TryReadVia(ReadOnlySpan<byte> value)
    {
        if (value.Length < sizeof(ushort))
            return false;
        var family = KernelFamily.FromKernel((byte)MemoryMarshal.Read<ushort>(value));
        var address = value[sizeof(ushort)..];
        if (address.Length is not (4 or 16))
            return false;
        Gateway = InetAddress.FromBytes(address);
        return Gateway.Family == family;
    }

    /// <summary>struct rta_cacheinfo, whose third member is the rest of the life in ticks of 1/100 s (USER_HZ).</summary>
    private void ReadExpiry(ReadOnlySpan<byte> value)
    {
        var ticks = MemoryMarshal.Read<int>(value[8..]);
        if (ticks > 0)
            Expires = (uint)ticks / 100;
    }

    private bool TryReadNexthops(ReadOnlySpan<byte> value)
    {
        var nexthops = new List<Nexthop>();
        while (value.Length >= Nexthop.FixedLength)
        {
            if (!Nexthop.TryRead(ref value, out var nexthop))
                return false;
            nexthops.Add(nexthop!);
        }

        Nexthops = [.. nexthops];
        return true;
    }
}
