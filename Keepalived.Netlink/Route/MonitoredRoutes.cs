namespace Keepalived.Netlink.Route;

/// <summary>
/// Routes. Several may share destination, table, metric and type of service: IPv4 ones that were appended, IPv6 ones over several links.
/// IPv6 routes with gateways, on the other hand, are ways of one route: each notification shows all ways, but a removal may show the one
/// that goes.
/// </summary>
internal sealed class MonitoredRoutes() : MonitoredTable<Route>(static (change, route, previous) => new RouteEvent(change, route, previous))
{
    private Dictionary<Key, List<Route>> _routes = [];

    public override IEnumerable<Route> Items => _routes.Values.SelectMany(static routes => routes);

    public override void Apply(Route value, bool isRemoval, bool isReplacement, List<NetworkEvent> events)
    {
        if ((value.Flags & RouteFlags.Cloned) != 0)
            return;
        var key = new Key(value);
        if (!_routes.TryGetValue(key, out var routes))
            _routes.Add(key, routes = []);
        if (isRemoval)
            Remove(routes, value, events);
        else
            Add(routes, value, isReplacement, events);
        if (routes.Count == 0)
            _routes.Remove(key);
    }

    public override void Adopt(MonitoredTable<Route> fresh, List<NetworkEvent> events)
    {
        var routes = ((MonitoredRoutes)fresh)._routes;
        foreach (var (key, old) in _routes)
        {
            var now = routes.GetValueOrDefault(key);
            foreach (var route in old.Where(route => now?.Exists(other => IsSameWay(route, other)) != true))
                Report(events, NetworkChange.Removed, route);
        }

        foreach (var (key, now) in routes)
        {
            var old = _routes.GetValueOrDefault(key);
            foreach (var route in now)
            {
                var previous = old?.Find(other => IsSameWay(route, other));
                if (previous is null)
                    Report(events, NetworkChange.Added, route);
                else if (previous with { Expires = null } != route with { Expires = null })
                    Report(events, NetworkChange.Changed, route, previous);
            }
        }

        _routes = routes;
    }

    private void Add(List<Route> routes, Route value, bool isReplacement, List<NetworkEvent> events)
    {
        var index = routes.FindIndex(route => IsSameWay(route, value));
        if (index < 0 && isReplacement && routes.Count > 0)
            index = 0;
        if (index < 0 && HasGateways(value))
            index = routes.FindIndex(HasGateways);
        if (index < 0)
        {
            routes.Add(value);
            Report(events, NetworkChange.Added, value);
            return;
        }

        var previous = routes[index];
        routes[index] = value;
        if (previous != value)
            Report(events, NetworkChange.Changed, value, previous);
    }

    private void Remove(List<Route> routes, Route value, List<NetworkEvent> events)
    {
        var index = routes.FindIndex(route => IsSameWay(route, value));
        if (index >= 0)
        {
            Report(events, NetworkChange.Removed, routes[index]);
            routes.RemoveAt(index);
            return;
        }

        index = HasGateways(value) ? routes.FindIndex(HasGateways) : -1;
        if (index < 0)
            return;
        var previous = routes[index];
        Nexthop[] rest = [.. Ways(previous).Where(way => !Ways(value).Any(gone => IsSameWay(way, gone)))];
        if (rest.Length == Ways(previous).Count)
            return;
        if (rest.Length == 0)
        {
            Report(events, NetworkChange.Removed, previous);
            routes.RemoveAt(index);
            return;
        }

        routes[index] = rest.Length == 1
            ? previous with { Nexthops = [], Gateway = rest[0].Gateway, OutputInterface = rest[0].OutputInterface }
            : previous with { Nexthops = [.. rest] };
        Report(events, NetworkChange.Changed, routes[index], previous);
    }

    private static bool HasGateways(Route route) =>
        route.Destination.Address.IsIPv6 && route.Type == RouteType.Unicast && (!route.Gateway.IsNone || !route.Nexthops.IsEmpty);

    /// <summary>Whether two notifications are about the same route. The kernel changes flags of next hops without saying so.</summary>
    private static bool IsSameWay(Route route, Route other) =>
        route.Type == other.Type && route.PreferredSource == other.PreferredSource && route.NexthopId == other.NexthopId
        && route.Protocol == other.Protocol && Ways(route).SequenceEqual(Ways(other), WayComparer.Instance);

    private static bool IsSameWay(Nexthop way, Nexthop other) =>
        way.Gateway == other.Gateway && way.OutputInterface == other.OutputInterface;

    private static ValueList<Nexthop> Ways(Route route) =>
        route.Nexthops.IsEmpty ? [new Nexthop { Gateway = route.Gateway, OutputInterface = route.OutputInterface }] : route.Nexthops;

    private readonly record struct Key(InetPrefix Destination, InetPrefix? Source, uint Table, uint Metric, byte TypeOfService)
    {
        public Key(Route route)
            : this(route.Destination, route.Source, route.Table, route.Metric ?? 0, route.TypeOfService)
        {
        }
    }

    private sealed class WayComparer : IEqualityComparer<Nexthop>
    {
        public static WayComparer Instance { get; } = new();

        public bool Equals(Nexthop? x, Nexthop? y) => x is not null && y is not null && IsSameWay(x, y);

        public int GetHashCode(Nexthop obj) => HashCode.Combine(obj.Gateway, obj.OutputInterface);
    }
}
