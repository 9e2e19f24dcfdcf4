using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Route;

/// <summary>
/// Changes of links, addresses, routes, rules and neighbours that go to the kernel in as few system calls as possible:
/// <see cref="RouteClient.SendAsync"/>. Each method adds one and returns its index in the result. The kernel carries them out in order
/// and does not stop at a failure.
/// </summary>
public sealed class RouteBatch
{
    private const NetlinkMessageFlags AddFlags = NetlinkMessageFlags.Create | NetlinkMessageFlags.Exclusive;
    private const NetlinkMessageFlags ReplaceFlags = NetlinkMessageFlags.Create | NetlinkMessageFlags.Replace;
    private const NetlinkMessageFlags AppendFlags = NetlinkMessageFlags.Create | NetlinkMessageFlags.Append;

    internal NetlinkBatch Requests { get; } = new();

    /// <summary>How many changes it holds.</summary>
    public int Count => Requests.Count;

    /// <summary>Forgets the changes and keeps the memory.</summary>
    /// <exception cref="InvalidOperationException">The batch is being sent.</exception>
    public void Clear() => Requests.Clear();

    /// <summary>Adds an address: EEXIST if the interface carries it.</summary>
    public int AddAddress(Address address) => NewAddress(AddFlags, "add address", address);

    /// <summary>Adds an address, or changes flags, lifetimes, metric and protocol of one that exists.</summary>
    public int ReplaceAddress(Address address) => NewAddress(ReplaceFlags, "replace address", address);

    /// <summary>Deletes an address: EADDRNOTAVAIL if the interface does not carry it, ENODEV if there is no such interface.</summary>
    public int DeleteAddress(Address address) => Requests.Add(
        RouteMessageType.DeleteAddress, NetlinkMessageFlags.None, "delete address", NotNull(address),
        static (ref NetlinkMessageWriter writer, Address address) => address.EncodeIdentity(ref writer));

    /// <summary>Adds a route: EEXIST if there is one for the destination, table, metric and type of service.</summary>
    public int AddRoute(Route route) => NewRoute(AddFlags, "add route", route);

    /// <summary>Adds a route, in place of the one for the same destination, table, metric and type of service if there is one.</summary>
    public int ReplaceRoute(Route route) => NewRoute(ReplaceFlags, "replace route", route);

    /// <summary>Adds a route after those for the same destination. To IPv6 it is another way of the same route.</summary>
    public int AppendRoute(Route route) => NewRoute(AppendFlags, "append route", route);

    /// <summary>Adds a route before those for the same destination. IPv4.</summary>
    public int PrependRoute(Route route) => NewRoute(NetlinkMessageFlags.Create, "prepend route", route);

    /// <summary>Deletes the first route that has what is given: ESRCH if none has.</summary>
    /// <remarks>
    /// A scope of <see cref="RouteScope.Nowhere"/>, a type of <see cref="RouteType.Unspecified"/> and a protocol of 0 mean any.
    /// </remarks>
    public int DeleteRoute(Route route) => Requests.Add(
        RouteMessageType.DeleteRoute, NetlinkMessageFlags.None, "delete route", NotNull(route),
        static (ref NetlinkMessageWriter writer, Route route) => route.Encode(ref writer));

    /// <summary>Adds a rule: EEXIST if there is an equal one.</summary>
    public int AddRule(Rule rule) => Requests.Add(
        RouteMessageType.NewRule, AddFlags, "add rule", NotNull(rule),
        static (ref NetlinkMessageWriter writer, Rule rule) => rule.Encode(ref writer));

    /// <summary>Deletes the first rule that has what is given: ENOENT if none has.</summary>
    public int DeleteRule(Rule rule) => Requests.Add(
        RouteMessageType.DeleteRule, NetlinkMessageFlags.None, "delete rule", NotNull(rule),
        static (ref NetlinkMessageWriter writer, Rule rule) => rule.Encode(ref writer));

    /// <summary>Adds a neighbour: EEXIST if there is one with this address.</summary>
    public int AddNeighbour(Neighbour neighbour) => NewNeighbour(AddFlags, "add neighbour", neighbour);

    /// <summary>Adds a neighbour or changes the one with this address.</summary>
    public int ReplaceNeighbour(Neighbour neighbour) => NewNeighbour(ReplaceFlags, "replace neighbour", neighbour);

    /// <summary>Deletes a neighbour: ENOENT if there is none with this address.</summary>
    public int DeleteNeighbour(Neighbour neighbour) => Requests.Add(
        RouteMessageType.DeleteNeighbour, NetlinkMessageFlags.None, "delete neighbour", NotNull(neighbour),
        static (ref NetlinkMessageWriter writer, Neighbour neighbour) => neighbour.Encode(ref writer));

    /// <summary>Makes a link: EEXIST if the name is taken, EOPNOTSUPP if the kernel has no such kind.</summary>
    public int CreateLink(LinkCreation link) => Requests.Add(
        RouteMessageType.NewLink, AddFlags, "create", NotNull(link),
        static (ref NetlinkMessageWriter writer, LinkCreation link) => link.Encode(ref writer));

    /// <summary>Deletes a virtual link: ENODEV if there is none, EOPNOTSUPP if it is hardware.</summary>
    public int DeleteLink(int index) => Requests.Add(
        RouteMessageType.DeleteLink, NetlinkMessageFlags.None, "delete link", index,
        static (ref NetlinkMessageWriter writer, int index) => Link.EncodeIndex(ref writer, index));

    /// <summary>
    /// Deletes all links of a group at once: ENODEV if there is none, EOPNOTSUPP, and nothing is deleted, if one of them is hardware. The
    /// kernel waits for its readers a few times in all, not a few times for each link.
    /// </summary>
    public int DeleteLinks(uint group) => Requests.Add(
        RouteMessageType.DeleteLink, NetlinkMessageFlags.None, "delete links of group", group,
        static (ref NetlinkMessageWriter writer, uint group) =>
        {
            Link.EncodeIndex(ref writer, 0);
            writer.WriteUInt32(LinkAttribute.Group, group);
        });

    /// <summary>Changes a link: ENODEV if there is none.</summary>
    public int SetLink(int index, LinkSettings settings) => Requests.Add(
        RouteMessageType.NewLink, NetlinkMessageFlags.None, "set link", (Index: index, Settings: NotNull(settings)),
        static (ref NetlinkMessageWriter writer, (int Index, LinkSettings Settings) change) =>
            change.Settings.Encode(ref writer, change.Index));

    private int NewAddress(NetlinkMessageFlags flags, string verb, Address address) => Requests.Add(
        RouteMessageType.NewAddress, flags, verb, NotNull(address),
        static (ref NetlinkMessageWriter writer, Address address) => address.Encode(ref writer));

    private int NewRoute(NetlinkMessageFlags flags, string verb, Route route) => Requests.Add(
        RouteMessageType.NewRoute, flags, verb, NotNull(route),
        static (ref NetlinkMessageWriter writer, Route route) => route.Encode(ref writer));

    private int NewNeighbour(NetlinkMessageFlags flags, string verb, Neighbour neighbour) => Requests.Add(
        RouteMessageType.NewNeighbour, flags, verb, NotNull(neighbour),
        static (ref NetlinkMessageWriter writer, Neighbour neighbour) => neighbour.Encode(ref writer));

    private static T NotNull<T>(T value)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        return value;
    }
}
