using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Route;

/// <content>Reading.</content>
public sealed partial class RouteClient
{
    /// <summary>RTEXT_FILTER_SKIP_STATS: leave statistics out.</summary>
    private const uint WithoutStatistics = 1 << 3;

    private delegate NetlinkDecodeError Parser<T>(in NetlinkMessage message, out T? value);

    /// <summary>All links, by index.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task<IReadOnlyList<Link>> GetLinksAsync(CancellationToken cancellationToken = default) =>
        Connection.DumpAsync(ListLinks, Decode<Link>(Link.TryParse), cancellationToken);

    /// <summary>One link by its index: ENODEV if there is none.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public async Task<Link> GetLinkAsync(int index, CancellationToken cancellationToken = default)
    {
        var request = NetlinkRequest.Create(RouteMessageType.GetLink, NetlinkMessageFlags.None, $"get link {index}", index, EncodeGetLink);
        return Single(await Connection.GetAsync(request, Decode<Link>(Link.TryParse), cancellationToken).ConfigureAwait(false), request);
    }

    /// <summary>One link by its name or one of its alternative names: ENODEV if there is none.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public async Task<Link> GetLinkAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var request = NetlinkRequest.Create(
            RouteMessageType.GetLink, NetlinkMessageFlags.None, $"get link {name}", name, EncodeGetLinkByName);
        return Single(await Connection.GetAsync(request, Decode<Link>(Link.TryParse), cancellationToken).ConfigureAwait(false), request);
    }

    /// <summary>Addresses.</summary>
    /// <param name="family">Their family; <see cref="AddressFamily.Unspecified"/> for both.</param>
    /// <param name="interfaceIndex">The interface that carries them; 0 for all.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="NetlinkException">The kernel refused: ENODEV if there is no such interface.</exception>
    public Task<IReadOnlyList<Address>> GetAddressesAsync(
        AddressFamily family = AddressFamily.Unspecified, int interfaceIndex = 0, CancellationToken cancellationToken = default) =>
        Connection.DumpAsync(
            ListAddresses(family, interfaceIndex),
            Decode<Address>(Address.TryParse, address => interfaceIndex == 0 || address.InterfaceIndex == interfaceIndex),
            cancellationToken);

    /// <summary>Routes. Copies that the kernel caches are left out.</summary>
    /// <param name="family">Their family; <see cref="AddressFamily.Unspecified"/> for both.</param>
    /// <param name="table">Their table; <see cref="RouteTable.Unspecified"/> for all. A table that does not exist has no routes.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public async Task<IReadOnlyList<Route>> GetRoutesAsync(
        AddressFamily family = AddressFamily.Unspecified,
        uint table = RouteTable.Unspecified,
        CancellationToken cancellationToken = default)
    {
        if (family == AddressFamily.Unspecified)
        {
            // The kernel refuses a table without a family, since the families have tables of their own.
            var inet = GetRoutesAsync(AddressFamily.InterNetwork, table, cancellationToken);
            var inet6 = GetRoutesAsync(AddressFamily.InterNetworkV6, table, cancellationToken);
            return [.. await inet.ConfigureAwait(false), .. await inet6.ConfigureAwait(false)];
        }

        try
        {
            return await Connection.DumpAsync(
                ListRoutes(family, table),
                Decode<Route>(Route.TryParse, route => IsOf(table, route)),
                cancellationToken).ConfigureAwait(false);
        }
        catch (NetlinkException exception) when (exception.Errno == Errno.ENOENT && table != RouteTable.Unspecified)
        {
            return [];
        }
    }

    /// <summary>Rules, in order.</summary>
    /// <param name="family">Their family; <see cref="AddressFamily.Unspecified"/> for both.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task<IReadOnlyList<Rule>> GetRulesAsync(
        AddressFamily family = AddressFamily.Unspecified, CancellationToken cancellationToken = default) =>
        Connection.DumpAsync(ListRules(family), Decode<Rule>(Rule.TryParse), cancellationToken);

    /// <summary>Neighbours.</summary>
    /// <param name="family">Their family; <see cref="AddressFamily.Unspecified"/> for both.</param>
    /// <param name="interfaceIndex">The link they are on; 0 for all.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task<IReadOnlyList<Neighbour>> GetNeighboursAsync(
        AddressFamily family = AddressFamily.Unspecified, int interfaceIndex = 0, CancellationToken cancellationToken = default) =>
        Connection.DumpAsync(
            ListNeighbours(family, interfaceIndex),
            Decode<Neighbour>(Neighbour.TryParse, neighbour => interfaceIndex == 0 || neighbour.InterfaceIndex == interfaceIndex),
            cancellationToken);

    internal static NetlinkRequest ListLinks { get; } = NetlinkRequest.Create(
        RouteMessageType.GetLink, NetlinkMessageFlags.None, "list links", 0, static (ref NetlinkMessageWriter writer, int _) =>
        {
            writer.WriteFixedHeader(Link.FixedLength);
            writer.WriteUInt32(LinkAttribute.ExtendedMask, WithoutStatistics);
        });

    internal static NetlinkRequest ListAddresses(AddressFamily family, int interfaceIndex) => NetlinkRequest.Create(
        RouteMessageType.GetAddress, NetlinkMessageFlags.None, "list addresses", (family, interfaceIndex),
        static (ref NetlinkMessageWriter writer, (AddressFamily Family, int InterfaceIndex) filter) =>
        {
            var header = writer.WriteFixedHeader(Address.FixedLength);
            header[0] = filter.Family.ToKernel();
            MemoryMarshal.Write(header[4..], filter.InterfaceIndex);
        });

    internal static NetlinkRequest ListRoutes(AddressFamily family, uint table) => NetlinkRequest.Create(
        RouteMessageType.GetRoute, NetlinkMessageFlags.None, "list routes", (family, table),
        static (ref NetlinkMessageWriter writer, (AddressFamily Family, uint Table) filter) =>
        {
            writer.WriteFixedHeader(Route.FixedLength)[0] = filter.Family.ToKernel();
            if (filter.Table != RouteTable.Unspecified)
                writer.WriteUInt32(RouteAttribute.Table, filter.Table);
        });

    internal static NetlinkRequest ListRules(AddressFamily family) => NetlinkRequest.Create(
        RouteMessageType.GetRule, NetlinkMessageFlags.None, "list rules", family,
        static (ref NetlinkMessageWriter writer, AddressFamily family) => writer.WriteFixedHeader(Rule.FixedLength)[0] = family.ToKernel());

    internal static NetlinkRequest ListNeighbours(AddressFamily family, int interfaceIndex) => NetlinkRequest.Create(
        RouteMessageType.GetNeighbour, NetlinkMessageFlags.None, "list neighbours", (family, interfaceIndex),
        static (ref NetlinkMessageWriter writer, (AddressFamily Family, int InterfaceIndex) filter) =>
            Neighbour.EncodeListRequest(ref writer, filter.Family.ToKernel(), filter.InterfaceIndex));

    /// <summary>A decoder that leaves out other families, what the filter refuses, and what cannot be read, which is counted.</summary>
    private NetlinkMessageDecoder<T> Decode<T>(Parser<T> parse, Func<T, bool>? filter = null)
        where T : class =>
        (in NetlinkMessage message, out T value) =>
        {
            var error = parse(message, out var parsed);
            value = parsed!;
            if (error is not (NetlinkDecodeError.None or NetlinkDecodeError.WrongType))
                Connection.CountMalformed(message.Type, error);
            return error == NetlinkDecodeError.None && (filter is null || filter(value));
        };

    private static bool IsOf(uint table, Route route) =>
        (table == RouteTable.Unspecified || route.Table == table) && (route.Flags & RouteFlags.Cloned) == 0;

    private static void EncodeGetLink(ref NetlinkMessageWriter writer, int index)
    {
        Link.EncodeIndex(ref writer, index);
        writer.WriteUInt32(LinkAttribute.ExtendedMask, WithoutStatistics);
    }

    private static void EncodeGetLinkByName(ref NetlinkMessageWriter writer, string name)
    {
        Link.EncodeIndex(ref writer, 0);
        var isAlternative = Encoding.UTF8.GetByteCount(name) > Link.MaxNameLength;
        writer.WriteString(isAlternative ? LinkAttribute.AlternativeName : LinkAttribute.Name, name);
        writer.WriteUInt32(LinkAttribute.ExtendedMask, WithoutStatistics);
    }

    private static T Single<T>(IReadOnlyList<T> values, NetlinkRequest request) => values.Count == 1
        ? values[0]
        : throw new NetlinkException(Errno.EBADMSG, request.Description, default, $"the kernel answered with {values.Count} objects");
}
