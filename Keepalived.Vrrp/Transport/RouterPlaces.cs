using System.Net.Sockets;
using Keepalived.Netlink;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// Which multicast router has a virtual router id on which wire. Interfaces built on one another are one wire, and what they are built on
/// may change while we run. Lives on the loop.
/// </summary>
internal sealed class RouterPlaces
{
    private readonly Dictionary<Place, RouterDriver> _taken = [];

    /// <summary>The place of a multicast router on an interface.</summary>
    public static Place Of(VirtualRouterOptions options, NetworkInterface link, TransportContext context) => new(
        options.EffectiveFamily, options.VirtualRouterId, options.EffectiveGroup, context.Interfaces.FindWire(link, context.Virtual).Index);

    /// <summary>Takes a place for a router, which gives its former one back.</summary>
    /// <returns>The router that has the place; the given one if it was free.</returns>
    public RouterDriver Take(RouterDriver driver, Place place)
    {
        if (driver.Place is { } former && former != place)
            Leave(driver);
        if (!_taken.TryGetValue(place, out var owner))
            _taken.Add(place, owner = driver);
        if (owner == driver)
            driver.Place = place;
        return owner;
    }

    /// <summary>Gives the place back that a router has, if it has one.</summary>
    public bool Leave(RouterDriver driver)
    {
        if (driver.Place is not { } place)
            return false;
        driver.Place = null;
        return _taken.Remove(place);
    }

    /// <summary>A virtual router id on a wire.</summary>
    internal readonly record struct Place(AddressFamily Family, byte VirtualRouterId, InetAddress Group, int WireIndex);
}
