using Keepalived.Netlink.Io;

namespace Keepalived.Netlink.Route;

/// <summary>
/// Links, addresses, routes, rules and neighbours of a network namespace, listed and changed by rtnetlink. A change that the kernel
/// refuses is a <see cref="NetlinkException"/>; that something exists already, or not any more, is one too:
/// <see cref="NetlinkException.IsExists"/>, <see cref="NetlinkException.IsNotFound"/>. Any number of calls may be under way, from any
/// thread; they are carried out in order.
/// </summary>
public sealed partial class RouteClient : IAsyncDisposable
{
    /// <summary>A client over a connection, which it owns from now on.</summary>
    public RouteClient(NetlinkConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        Connection = connection;
    }

    /// <summary>The connection.</summary>
    public NetlinkConnection Connection { get; }

    /// <summary>Opens a socket on a loop and a client over it.</summary>
    /// <exception cref="SystemCallException">The kernel refused.</exception>
    public static RouteClient Open(EventLoop loop, NetlinkSocketOptions? socketOptions = null, NetlinkConnectionOptions? options = null) =>
        new(NetlinkConnection.Open(loop, NetlinkProtocol.Route, socketOptions, options));

    /// <summary>
    /// Sends a batch and waits for the outcome of every change. A change that the kernel refuses is an error in the result, not an
    /// exception.
    /// </summary>
    /// <param name="batch">The changes. Not to be altered until the task completes.</param>
    /// <param name="cancellationToken">Stops waiting and sending. What was sent already is carried out.</param>
    /// <exception cref="InvalidOperationException">The batch is being sent already.</exception>
    /// <exception cref="ObjectDisposedException">The client is, or was while waiting, disposed of.</exception>
    public Task<NetlinkBatchResult> SendAsync(RouteBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Connection.SendAsync(batch.Requests, cancellationToken);
    }

    /// <inheritdoc cref="RouteBatch.AddAddress"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task AddAddressAsync(Address address, CancellationToken cancellationToken = default) =>
        SendOneAsync(static (batch, address) => batch.AddAddress(address), address, cancellationToken);

    /// <inheritdoc cref="RouteBatch.ReplaceAddress"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task ReplaceAddressAsync(Address address, CancellationToken cancellationToken = default) =>
        SendOneAsync(static (batch, address) => batch.ReplaceAddress(address), address, cancellationToken);

    /// <inheritdoc cref="RouteBatch.DeleteAddress"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task DeleteAddressAsync(Address address, CancellationToken cancellationToken = default) =>
        SendOneAsync(static (batch, address) => batch.DeleteAddress(address), address, cancellationToken);

    /// <inheritdoc cref="RouteBatch.AddRoute"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task AddRouteAsync(Route route, CancellationToken cancellationToken = default) =>
        SendOneAsync(static (batch, route) => batch.AddRoute(route), route, cancellationToken);

    /// <inheritdoc cref="RouteBatch.ReplaceRoute"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task ReplaceRouteAsync(Route route, CancellationToken cancellationToken = default) =>
        SendOneAsync(static (batch, route) => batch.ReplaceRoute(route), route, cancellationToken);

    /// <inheritdoc cref="RouteBatch.AppendRoute"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task AppendRouteAsync(Route route, CancellationToken cancellationToken = default) =>
        SendOneAsync(static (batch, route) => batch.AppendRoute(route), route, cancellationToken);

    /// <inheritdoc cref="RouteBatch.DeleteRoute"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task DeleteRouteAsync(Route route, CancellationToken cancellationToken = default) =>
        SendOneAsync(static (batch, route) => batch.DeleteRoute(route), route, cancellationToken);

    /// <inheritdoc cref="RouteBatch.AddRule"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task AddRuleAsync(Rule rule, CancellationToken cancellationToken = default) =>
        SendOneAsync(static (batch, rule) => batch.AddRule(rule), rule, cancellationToken);

    /// <inheritdoc cref="RouteBatch.DeleteRule"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task DeleteRuleAsync(Rule rule, CancellationToken cancellationToken = default) =>
        SendOneAsync(static (batch, rule) => batch.DeleteRule(rule), rule, cancellationToken);

    /// <inheritdoc cref="RouteBatch.AddNeighbour"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task AddNeighbourAsync(Neighbour neighbour, CancellationToken cancellationToken = default) =>
        SendOneAsync(static (batch, neighbour) => batch.AddNeighbour(neighbour), neighbour, cancellationToken);

    /// <inheritdoc cref="RouteBatch.ReplaceNeighbour"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task ReplaceNeighbourAsync(Neighbour neighbour, CancellationToken cancellationToken = default) =>
        SendOneAsync(static (batch, neighbour) => batch.ReplaceNeighbour(neighbour), neighbour, cancellationToken);

    /// <inheritdoc cref="RouteBatch.DeleteNeighbour"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task DeleteNeighbourAsync(Neighbour neighbour, CancellationToken cancellationToken = default) =>
        SendOneAsync(static (batch, neighbour) => batch.DeleteNeighbour(neighbour), neighbour, cancellationToken);

    /// <summary>
    /// Makes a link: EEXIST if the name is taken, EOPNOTSUPP if the kernel has no such kind. It is down unless told otherwise.
    /// </summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task CreateLinkAsync(LinkCreation link, CancellationToken cancellationToken = default) =>
        SendOneAsync(static (batch, link) => batch.CreateLink(link), link, cancellationToken);

    /// <inheritdoc cref="RouteBatch.DeleteLink"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task DeleteLinkAsync(int index, CancellationToken cancellationToken = default) =>
        SendOneAsync(static (batch, index) => batch.DeleteLink(index), index, cancellationToken);

    /// <inheritdoc cref="RouteBatch.DeleteLinks"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task DeleteLinksAsync(uint group, CancellationToken cancellationToken = default) =>
        SendOneAsync(static (batch, group) => batch.DeleteLinks(group), group, cancellationToken);

    /// <inheritdoc cref="RouteBatch.SetLink"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task SetLinkAsync(int index, LinkSettings settings, CancellationToken cancellationToken = default) =>
        SendOneAsync(static (batch, change) => batch.SetLink(change.index, change.settings), (index, settings), cancellationToken);

    /// <summary>Ends the connection. What is outstanding fails with <see cref="ObjectDisposedException"/>.</summary>
    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private async Task SendOneAsync<T>(Func<RouteBatch, T, int> add, T subject, CancellationToken cancellationToken)
    {
        var batch = new RouteBatch();
        add(batch, subject);
        (await Connection.SendAsync(batch.Requests, cancellationToken).ConfigureAwait(false)).ThrowIfFailed();
    }
}
