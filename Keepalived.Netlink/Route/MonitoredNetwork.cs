using System.Net.Sockets;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Route;

/// <summary>Everything a monitor knows.</summary>
internal sealed class MonitoredNetwork
{
    private readonly KeyedTable<int, Link> _links = new(
        static link => link.Index,
        static (left, right) => left == right,
        static (change, link, previous) => new LinkEvent(change, link, previous));

    private readonly KeyedTable<(int, InetAddress, int, InetAddress), Address> _addresses = new(
        Identify, IsSame, static (change, address, previous) => new AddressEvent(change, address, previous));

    private readonly KeyedTable<Rule, Rule> _rules = new(
        static rule => rule, static (_, _) => true, static (change, rule, previous) => new RuleEvent(change, rule, previous));

    private readonly KeyedTable<(int, InetAddress, NeighbourFlags), Neighbour> _neighbours = new(
        static neighbour => (neighbour.InterfaceIndex, neighbour.Destination, neighbour.Flags & NeighbourFlags.Proxy),
        static (left, right) => left == right,
        static (change, neighbour, previous) => new NeighbourEvent(change, neighbour, previous));

    private readonly MonitoredRoutes _routes = new();

    public NetworkSnapshot ToSnapshot() => new()
    {
        Links = [.. _links.Items.OrderBy(static link => link.Index)],
        Addresses = [.. _addresses.Items],
        Routes = [.. _routes.Items],
        Rules = [.. _rules.Items.OrderBy(static rule => rule.Priority)],
        Neighbours = [.. _neighbours.Items],
    };

    /// <summary>The object that a message is about; null for a message of other families, or one that cannot be read.</summary>
    public static NetlinkDecodeError Decode(in NetlinkMessage message, out object? value)
    {
        NetlinkDecodeError error;
        switch (message.Type)
        {
            case RouteMessageType.NewLink or RouteMessageType.DeleteLink:
                error = Link.TryParse(message, out var link);
                value = link;
                return error;
            case RouteMessageType.NewAddress or RouteMessageType.DeleteAddress:
                error = Address.TryParse(message, out var address);
                value = address;
                return error;
            case RouteMessageType.NewRoute or RouteMessageType.DeleteRoute:
                error = Route.TryParse(message, out var route);
                value = route;
                return error;
            case RouteMessageType.NewRule or RouteMessageType.DeleteRule:
                error = Rule.TryParse(message, out var rule);
                value = rule;
                return error;
            case RouteMessageType.NewNeighbour or RouteMessageType.DeleteNeighbour:
                error = Neighbour.TryParse(message, out var neighbour);
                value = neighbour;
                return error;
            default:
                value = null;
                return NetlinkDecodeError.WrongType;
        }
    }

    public void Apply(in MonitoredChange change, List<NetworkEvent> events)
    {
        switch (change.Value)
        {
            case Link link:
                _links.Apply(link, change.IsRemoval, change.IsReplacement, events);
                break;
            case Address address:
                _addresses.Apply(address, change.IsRemoval, change.IsReplacement, events);
                break;
            case Route route:
                _routes.Apply(route, change.IsRemoval, change.IsReplacement, events);
                break;
            case Rule rule:
                _rules.Apply(rule, change.IsRemoval, change.IsReplacement, events);
                break;
            case Neighbour neighbour:
                _neighbours.Apply(neighbour, change.IsRemoval, change.IsReplacement, events);
                break;
        }
    }

    /// <summary>Copies the objects of kinds that were not read again, so that a fresh network has them too.</summary>
    public void CopyTo(MonitoredNetwork fresh, NetworkObjects except)
    {
        var ignored = new List<NetworkEvent>();
        IEnumerable<object> kept = [.. _links.Items, .. _addresses.Items, .. _routes.Items, .. _rules.Items, .. _neighbours.Items];
        foreach (var value in kept)
        {
            if ((KindOf(value) & except) == 0)
                fresh.Apply(new MonitoredChange(value, IsRemoval: false, IsReplacement: false), ignored);
        }
    }

    /// <summary>
    /// Takes over what a fresh network has, and tells of the differences: what is gone first of those that stand on others.
    /// </summary>
    public void Adopt(MonitoredNetwork fresh, List<NetworkEvent> events)
    {
        _links.Adopt(fresh._links, events);
        _addresses.Adopt(fresh._addresses, events);
        _routes.Adopt(fresh._routes, events);
        _rules.Adopt(fresh._rules, events);
        _neighbours.Adopt(fresh._neighbours, events);
    }

    public static NetworkObjects KindOf(object value) => value switch
    {
        Link => NetworkObjects.Links,
        Address address => address.Local.IsIPv4 ? NetworkObjects.IPv4Addresses : NetworkObjects.IPv6Addresses,
        Route route => route.Family == AddressFamily.InterNetwork ? NetworkObjects.IPv4Routes : NetworkObjects.IPv6Routes,
        Rule rule => rule.Family == AddressFamily.InterNetwork ? NetworkObjects.IPv4Rules : NetworkObjects.IPv6Rules,
        _ => NetworkObjects.Neighbours,
    };

    private static (int, InetAddress, int, InetAddress) Identify(Address address) => address.Local.IsIPv4
        ? (address.InterfaceIndex, address.Local, address.PrefixLength, address.Peer)
        : (address.InterfaceIndex, address.Local, 0, InetAddress.None);

    /// <summary>Lifetimes count down; that is no change.</summary>
    private static bool IsSame(Address left, Address right) =>
        (left.PreferredLifetime == Address.Forever) == (right.PreferredLifetime == Address.Forever)
        && (left.ValidLifetime == Address.Forever) == (right.ValidLifetime == Address.Forever)
        && left with { PreferredLifetime = 0, ValidLifetime = 0 } == right with { PreferredLifetime = 0, ValidLifetime = 0 };
}
