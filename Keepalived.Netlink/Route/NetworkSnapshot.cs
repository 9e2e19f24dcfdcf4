namespace Keepalived.Netlink.Route;

/// <summary>All objects of the kinds that a <see cref="RouteMonitor"/> watches, at one place of its stream of events.</summary>
public sealed record NetworkSnapshot : NetworkEvent
{
    /// <summary>The links.</summary>
    public IReadOnlyList<Link> Links { get; init; } = [];

    /// <summary>The addresses.</summary>
    public IReadOnlyList<Address> Addresses { get; init; } = [];

    /// <summary>The routes.</summary>
    public IReadOnlyList<Route> Routes { get; init; } = [];

    /// <summary>The rules.</summary>
    public IReadOnlyList<Rule> Rules { get; init; } = [];

    /// <summary>The neighbours.</summary>
    public IReadOnlyList<Neighbour> Neighbours { get; init; } = [];

    /// <summary>The link with this name or alternative name; null if there is none.</summary>
    public Link? FindLink(string name) => Links.FirstOrDefault(link => link.Name == name || link.AlternativeNames.Contains(name));

    /// <summary>The link with this index; null if there is none.</summary>
    public Link? FindLink(int index) => Links.FirstOrDefault(link => link.Index == index);

    /// <summary>The numbers of objects.</summary>
    public override string ToString() =>
        $"{Links.Count} links, {Addresses.Count} addresses, {Routes.Count} routes, {Rules.Count} rules, {Neighbours.Count} neighbours";
}
