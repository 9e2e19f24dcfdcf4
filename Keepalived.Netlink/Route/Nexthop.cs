using System.Globalization;
using System.Runtime.InteropServices;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Route;

/// <summary>One of several ways of a route (struct rtnexthop of linux/rtnetlink.h).</summary>
public sealed record Nexthop
{
    internal const int FixedLength = 8;

    /// <summary>
    /// The gateway; <see cref="InetAddress.None"/> for a destination on the link. It may be of another family than the route.
    /// </summary>
    public InetAddress Gateway { get; init; }

    /// <summary>The link; 0 to let the kernel choose by the gateway.</summary>
    public int OutputInterface { get; init; }

    /// <summary>Its share of the flows: 1 to 256.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Its flags; the lower 8 bits are sent.</summary>
    public RouteFlags Flags { get; init; }

    /// <summary>The realms, source in the upper 16 bits; 0 for none.</summary>
    public uint Realms { get; init; }

    /// <summary>The kind of encapsulation (LWTUNNEL_ENCAP_*); 0 for none.</summary>
    public ushort EncapsulationType { get; init; }

    /// <summary>The attributes of the encapsulation, as they are on the wire.</summary>
    public ValueList<byte> Encapsulation { get; init; }

    /// <summary>As the ip command writes it.</summary>
    public override string ToString()
    {
        var gateway = Gateway.IsNone ? "" : $" via {Gateway}";
        return string.Create(CultureInfo.InvariantCulture, $"nexthop{gateway} dev {OutputInterface} weight {Weight}");
    }

    internal static bool TryRead(ref ReadOnlySpan<byte> bytes, out Nexthop? nexthop)
    {
        nexthop = null;
        if (bytes.Length < FixedLength)
            return false;
        int length = MemoryMarshal.Read<ushort>(bytes);
        if (length < FixedLength || length > bytes.Length)
            return false;
        var values = default(RouteValues);
        if (!values.TryRead(new NetlinkAttributeReader(bytes[FixedLength..length])))
            return false;
        nexthop = new Nexthop
        {
            Gateway = values.Gateway,
            OutputInterface = MemoryMarshal.Read<int>(bytes[4..]),
            Weight = bytes[3] + 1,
            Flags = (RouteFlags)bytes[2],
            Realms = values.Realms,
            EncapsulationType = values.EncapsulationType,
            Encapsulation = values.Encapsulation,
        };
        bytes = bytes[Math.Min(NetlinkHeader.Align(length), bytes.Length)..];
        return true;
    }

    internal void Write(ref NetlinkMessageWriter writer, InetAddress destination)
    {
        if (Weight is < 1 or > 256)
            throw new ArgumentException($"The weight of a next hop is 1 to 256, not {Weight}.");
        var block = writer.BeginBlock(FixedLength);
        var header = writer.From(block);
        header[2] = (byte)((uint)Flags & 0xff);
        header[3] = (byte)(Weight - 1);
        MemoryMarshal.Write(header[4..], OutputInterface);
        RouteValues.WriteGateway(ref writer, Gateway, destination);
        if (Realms != 0)
            writer.WriteUInt32(RouteAttribute.Flow, Realms);
        RouteValues.WriteEncapsulation(ref writer, EncapsulationType, Encapsulation);
        writer.EndNested(block);
    }
}
