using System.Globalization;
using Keepalived.Netlink;
using Keepalived.Netlink.Route;
using Keepalived.Vrrp.Transport;

namespace Keepalived.Vrrp;

/// <summary>
/// A route that a virtual router brings while it is master, or that stands as long as the engine runs (<see cref="StaticNetwork"/>). It is
/// what the kernel knows as a route, with interfaces by name: they may come and go.
/// </summary>
public sealed record VirtualRoute
{
    /// <summary>A route with all that the kernel can do, but for its interfaces: those are <see cref="Device"/> and <see cref="Nexthops"/>.</summary>
    public VirtualRoute(Route route)
    {
        ArgumentNullException.ThrowIfNull(route);
        Route = route.Protocol == RouteProtocol.Boot ? route with { Protocol = RouteProtocol.Keepalived } : route;
    }

    /// <summary>
    /// The route: destination, gateway, metrics and so on. Its protocol is "keepalived" (18) unless another than the default is given; its
    /// output interface and next hops are not set.
    /// </summary>
    public Route Route { get; init; }

    /// <summary>The interface; <see langword="null"/> to let the kernel choose by the gateway.</summary>
    public string? Device { get; init; }

    /// <summary>The ways, if there are several; the route has neither gateway nor <see cref="Device"/> then.</summary>
    public ValueList<VirtualNexthop> Nexthops { get; init; }

    /// <summary>The VRF whose table is meant, in place of the route's; <see langword="null"/> for none.</summary>
    public string? Vrf { get; init; }

    /// <summary>Where it goes among others for the same destination.</summary>
    public RouteInsertion Insertion { get; init; }

    /// <summary>Whether its interface going down, or somebody else deleting it, concerns the virtual router.</summary>
    public bool Track { get; init; } = true;

    /// <summary>A route through a gateway.</summary>
    /// <param name="destination">Such as 192.0.2.0/24, 0.0.0.0/0 or ::/0.</param>
    /// <param name="gateway">Of either family.</param>
    /// <param name="device">The interface; <see langword="null"/> to let the kernel choose.</param>
    public static VirtualRoute Via(InetPrefix destination, InetAddress gateway, string? device = null) =>
        new(new Route { Destination = destination, Gateway = gateway }) { Device = device };

    /// <summary>All interfaces it leads over.</summary>
    internal IEnumerable<string> Devices => Nexthops.Select(nexthop => nexthop.Device).Prepend(Device).OfType<string>().Distinct();

    /// <summary>Says what is wrong with this route, or <see langword="null"/>.</summary>
    internal string? FindError()
    {
        if (Route.Destination.Address.IsNone)
            return "A virtual route needs a destination; the default routes are 0.0.0.0/0 and ::/0.";
        if (Route.OutputInterface != 0 || !Route.Nexthops.IsEmpty)
            return $"The virtual route to {Route.Destination} names its interfaces by Device and Nexthops.";
        if (!Nexthops.IsEmpty && (Device is not null || !Route.Gateway.IsNone))
            return $"The virtual route to {Route.Destination} has both next hops and a gateway or device of its own.";
        if (Route.Source is { } source && source.Address.Family != Route.Family)
            return $"The source of the virtual route to {Route.Destination} is of another family.";
        foreach (var nexthop in Nexthops)
        {
            if (nexthop.Nexthop.Weight is < 1 or > 256)
                return $"The weight of a next hop of {Route.Destination} must be 1 to 256.";
            if (nexthop.Nexthop.OutputInterface != 0)
                return $"The next hops of {Route.Destination} name their interfaces by Device.";
        }

        return Devices.Append(Vrf).Select(InterfaceName.Check).FirstOrDefault(error => error is not null);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var device = Device is null ? string.Empty : $" dev {Device}";
        var nexthops = string.Concat(Nexthops.Select(nexthop => $" nexthop {nexthop}"));
        return string.Create(CultureInfo.InvariantCulture, $"{Route}{device}{nexthops}{(Vrf is null ? string.Empty : $" vrf {Vrf}")}");
    }
}
