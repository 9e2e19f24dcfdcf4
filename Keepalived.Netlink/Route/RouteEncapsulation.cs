using System.Buffers.Binary;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Route;

/// <summary>
/// What a route wraps packets in (lightweight tunnels, linux/lwtunnel.h): for <see cref="Route.EncapsulationType"/> and
/// <see cref="Route.Encapsulation"/>, or those of a <see cref="Nexthop"/>.
/// </summary>
/// <param name="Type">LWTUNNEL_ENCAP_*.</param>
/// <param name="Attributes">The attributes of the encapsulation, as they are on the wire.</param>
public readonly record struct RouteEncapsulation(ushort Type, ValueList<byte> Attributes)
{
    /// <summary>The largest MPLS label (20 bits, RFC 3032).</summary>
    public const uint MaxMplsLabel = 0xfffff;

    /// <summary>The most labels of a stack (MAX_NEW_LABELS of net/mpls/internal.h).</summary>
    public const int MaxMplsLabels = 30;

    private const ushort TypeMpls = 1;
    private const ushort TypeIPv4 = 2;
    private const ushort TypeIla = 3;
    private const ushort TypeIPv6 = 4;
    private const uint BottomOfStack = 1 << 8;
    private const int MaxLength = 256;

    /// <summary>A stack of MPLS labels, the outermost first (MPLS_IPTUNNEL_DST of linux/mpls_iptunnel.h).</summary>
    /// <exception cref="ArgumentException">
    /// There is none, there are more than <see cref="MaxMplsLabels"/>, or one is larger than <see cref="MaxMplsLabel"/>.
    /// </exception>
    public static RouteEncapsulation Mpls(params ReadOnlySpan<uint> labels)
    {
        const ushort Destination = 1;
        if (labels.IsEmpty || labels.Length > MaxMplsLabels)
            throw new ArgumentException($"MPLS encapsulation has 1 to {MaxMplsLabels} labels.", nameof(labels));
        Span<byte> stack = stackalloc byte[MaxMplsLabels * sizeof(uint)];
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] > MaxMplsLabel)
                throw new ArgumentException($"{labels[i]} is no MPLS label: they have 20 bits.", nameof(labels));
            var entry = (labels[i] << 12) | (i == labels.Length - 1 ? BottomOfStack : 0);
            BinaryPrimitives.WriteUInt32BigEndian(stack[(i * sizeof(uint))..], entry);
        }

        Span<byte> buffer = stackalloc byte[MaxLength];
        var writer = new NetlinkMessageWriter(buffer, 0, NetlinkMessageFlags.None);
        writer.WriteBytes(Destination, stack[..(labels.Length * sizeof(uint))]);
        return Finish(TypeMpls, ref writer, buffer);
    }

    /// <summary>A tunnel over IPv4 or IPv6 (LWTUNNEL_IP_* and LWTUNNEL_IP6_*); what is null is left to the tunnel.</summary>
    /// <param name="isIPv6">Whether the outer header is IPv6.</param>
    /// <param name="id">The tunnel id.</param>
    /// <param name="destination">Where the tunnel ends; <see cref="InetAddress.None"/> to leave it out.</param>
    /// <param name="source">Where it begins; <see cref="InetAddress.None"/> to leave it out.</param>
    /// <param name="trafficClass">Type of service or traffic class of the outer header.</param>
    /// <param name="hopLimit">TTL or hop limit of the outer header.</param>
    /// <param name="flags">TUNNEL_* of linux/if_tunnel.h.</param>
    /// <exception cref="ArgumentException">An address is of the other family.</exception>
    public static RouteEncapsulation Tunnel(
        bool isIPv6,
        ulong? id = null,
        InetAddress destination = default,
        InetAddress source = default,
        byte? trafficClass = null,
        byte? hopLimit = null,
        ushort? flags = null)
    {
        // The numbers are the same for both.
        const ushort Id = 1, Destination = 2, Source = 3, HopLimit = 4, TrafficClass = 5, Flags = 6;
        if ((!destination.IsNone && destination.IsIPv6 != isIPv6) || (!source.IsNone && source.IsIPv6 != isIPv6))
            throw new ArgumentException("The ends of a tunnel are of the family of its header.");
        Span<byte> buffer = stackalloc byte[MaxLength];
        var writer = new NetlinkMessageWriter(buffer, 0, NetlinkMessageFlags.None);
        if (id is { } number)
            writer.WriteUInt64BigEndian(Id, number);
        writer.WriteAddress(Destination, destination);
        writer.WriteAddress(Source, source);
        if (hopLimit is { } limit)
            writer.WriteByte(HopLimit, limit);
        if (trafficClass is { } tos)
            writer.WriteByte(TrafficClass, tos);
        if (flags is { } bits)
            writer.WriteUInt16BigEndian(Flags, bits);
        return Finish(isIPv6 ? TypeIPv6 : TypeIPv4, ref writer, buffer);
    }

    /// <summary>Identifier-locator addressing: the upper half of IPv6 destinations is replaced (ILA_ATTR_LOCATOR of linux/ila.h).</summary>
    /// <param name="locator">The locator; its text form 1:2:3:4 is 0x0001000200030004.</param>
    public static RouteEncapsulation Ila(ulong locator)
    {
        const ushort Locator = 1;
        Span<byte> buffer = stackalloc byte[MaxLength];
        var writer = new NetlinkMessageWriter(buffer, 0, NetlinkMessageFlags.None);
        writer.WriteUInt64BigEndian(Locator, locator);
        return Finish(TypeIla, ref writer, buffer);
    }

    private static RouteEncapsulation Finish(ushort type, ref NetlinkMessageWriter writer, ReadOnlySpan<byte> buffer) =>
        new(type, [.. buffer[NetlinkHeader.Size..writer.Complete()]]);
}
