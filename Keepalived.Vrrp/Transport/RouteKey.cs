using System.Globalization;
using Keepalived.Netlink;
using Keepalived.Netlink.Route;

namespace Keepalived.Vrrp.Transport;

/// <summary>What the kernel tells routes apart by.</summary>
internal readonly record struct RouteKey(InetPrefix Destination, InetPrefix? Source, uint Table, uint Metric, byte TypeOfService)
{
    /// <summary>IP6_RT_PRIO_USER of net/ip6_route.h.</summary>
    public const uint DefaultIPv6Metric = 1024;

    public static RouteKey Of(Route route)
    {
        var isIPv6 = route.Destination.Address.IsIPv6;
        return new RouteKey(
            Network(route.Destination),
            route.Source is { Length: > 0 } source ? Network(source) : null,
            route.Table,
            route.Metric is { } metric and not 0 ? metric : isIPv6 ? DefaultIPv6Metric : 0,
            isIPv6 ? (byte)0 : route.TypeOfService);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Destination} from {Source} table {Table} metric {Metric} tos {TypeOfService}");

    private static InetPrefix Network(InetPrefix prefix) => new(prefix.Address.Mask(prefix.Length), prefix.Length);
}
