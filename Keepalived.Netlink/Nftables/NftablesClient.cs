using Keepalived.Netlink.Io;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables;

/// <summary>
/// The kernel's packet filter, nf_tables, listed and changed by netlink, without the nft program. Changes go in transactions, which the
/// kernel carries out as a whole or not at all. Any number of calls may be under way, from any thread; they are carried out in order. A
/// kernel without nf_tables refuses with EOPNOTSUPP or EPROTONOSUPPORT.
/// </summary>
public sealed class NftablesClient : IAsyncDisposable
{
    /// <summary>The notifications of every change of the packet filter (NFNLGRP_NFTABLES): a group for a socket to join.</summary>
    public const uint NotificationGroup = 7;

    private const byte Subsystem = 10;
    private const ushort SetTableAttribute = 1;
    private const ushort SetNameAttribute = 2;
    private const int SendBufferSize = 8 * 1024 * 1024;

    /// <summary>A client over a connection, which it owns from now on.</summary>
    public NftablesClient(NetlinkConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        Connection = connection;
    }

    /// <summary>The connection.</summary>
    public NetlinkConnection Connection { get; }

    /// <summary>
    /// Opens a socket on a loop and a client over it. Without options of its own the socket takes transactions of up to 8 MiB if the
    /// process may raise the limit.
    /// </summary>
    /// <exception cref="SystemCallException">The kernel refused.</exception>
    public static NftablesClient Open(EventLoop loop, NetlinkSocketOptions? socketOptions = null, NetlinkConnectionOptions? options = null)
    {
        socketOptions ??= new NetlinkSocketOptions();
        if (socketOptions.SendBufferSize == 0)
            socketOptions = socketOptions with { SendBufferSize = SendBufferSize };
        return new NftablesClient(NetlinkConnection.Open(loop, NetlinkProtocol.Netfilter, socketOptions, options));
    }

    /// <summary>Carries out a transaction. An empty one does nothing.</summary>
    /// <param name="transaction">The changes. Not to be altered until the task completes.</param>
    /// <param name="cancellationToken">Stops waiting. What was sent already is carried out.</param>
    /// <exception cref="NetlinkException">
    /// The kernel refused, and nothing was changed. It tells the first request that was refused, and how many others were.
    /// </exception>
    /// <exception cref="SystemCallException">It is longer than the socket's send buffer.</exception>
    /// <exception cref="InvalidOperationException">The transaction is being committed already.</exception>
    /// <exception cref="ObjectDisposedException">The client is, or was while waiting, disposed of.</exception>
    public async Task<NftCommit> CommitAsync(NftTransaction transaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var handles = new Dictionary<int, ulong>();
        if (transaction.Count == 0)
            return new NftCommit(handles);
        var refusal = await Connection.CommitAsync(transaction.Requests, Subsystem, Take, cancellationToken).ConfigureAwait(false);
        return refusal is null ? new NftCommit(handles) : throw refusal;

        void Take(int index, in NetlinkMessage message)
        {
            if (NftRule.TryParse(message, out var rule) == NetlinkDecodeError.None)
                handles[index] = rule!.Handle;
        }
    }

    /// <summary>The tables, of one family or of all.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task<IReadOnlyList<NftTable>> GetTablesAsync(
        NftFamily family = NftFamily.Unspecified, CancellationToken cancellationToken = default) =>
        DumpAsync<NftTable>(NftMessageType.GetTable, "list tables", family, NftTable.TryParse, null, cancellationToken);

    /// <summary>The chains of a table, of a family, or all.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task<IReadOnlyList<NftChain>> GetChainsAsync(
        NftFamily family = NftFamily.Unspecified, string? table = null, CancellationToken cancellationToken = default) =>
        DumpAsync<NftChain>(
            NftMessageType.GetChain, "list chains", family, NftChain.TryParse, Filter<NftChain>(table, static x => x.Table),
            cancellationToken);

    /// <summary>The rules of a chain, of a table, of a family, or all; those of a chain in their order.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task<IReadOnlyList<NftRule>> GetRulesAsync(
        NftFamily family = NftFamily.Unspecified, string? table = null, string? chain = null, CancellationToken cancellationToken = default) =>
        DumpAsync<NftRule>(
            NftMessageType.GetRule, "list rules", family, NftRule.TryParse,
            rule => (table is null || rule.Table == table) && (chain is null || rule.Chain == chain), cancellationToken);

    /// <summary>The sets and maps of a table, of a family, or all.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task<IReadOnlyList<NftSet>> GetSetsAsync(
        NftFamily family = NftFamily.Unspecified, string? table = null, CancellationToken cancellationToken = default) =>
        DumpAsync<NftSet>(
            NftMessageType.GetSet, "list sets", family, NftSet.TryParse, Filter<NftSet>(table, static x => x.Table), cancellationToken);

    /// <summary>The named counters, quotas, limits and other objects of a table, of a family, or all.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task<IReadOnlyList<NftObject>> GetObjectsAsync(
        NftFamily family = NftFamily.Unspecified, string? table = null, CancellationToken cancellationToken = default) =>
        DumpAsync<NftObject>(
            NftMessageType.GetObject, "list objects", family, NftObject.TryParse, Filter<NftObject>(table, static x => x.Table),
            cancellationToken);

    /// <summary>The elements of a set or map.</summary>
    /// <exception cref="NetlinkException">ENOENT: there is no such set.</exception>
    public async Task<IReadOnlyList<NftElement>> GetElementsAsync(
        NftFamily family, string table, string set, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        ArgumentException.ThrowIfNullOrEmpty(set);
        var request = NetlinkRequest.Create(
            NftMessageType.GetElements, NetlinkMessageFlags.None, $"list elements of {NftName.Of(family)} {table} {set}",
            (family, table, set),
            static (ref NetlinkMessageWriter writer, (NftFamily Family, string Table, string Set) place) =>
            {
                NftHeader.Write(ref writer, place.Family);
                writer.WriteString(SetTableAttribute, place.Table);
                writer.WriteString(SetNameAttribute, place.Set);
            });
        var portions = await Connection.DumpAsync<List<NftElement>>(
            request,
            (in NetlinkMessage message, out List<NftElement> elements) => Check(message, NftElementList.TryParse(message, out elements)),
            cancellationToken).ConfigureAwait(false);
        return [.. portions.SelectMany(static portion => portion)];
    }

    /// <summary>Ends the connection. What is outstanding fails with <see cref="ObjectDisposedException"/>.</summary>
    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private delegate NetlinkDecodeError Parser<T>(in NetlinkMessage message, out T? value);

    private static Func<T, bool>? Filter<T>(string? table, Func<T, string> tableOf) =>
        table is null ? null : value => tableOf(value) == table;

    private Task<IReadOnlyList<T>> DumpAsync<T>(
        ushort type, string description, NftFamily family, Parser<T> parser, Func<T, bool>? filter, CancellationToken cancellationToken)
        where T : class
    {
        var request = NetlinkRequest.Create(
            type, NetlinkMessageFlags.None, description, family,
            static (ref NetlinkMessageWriter writer, NftFamily family) => NftHeader.Write(ref writer, family));
        return Connection.DumpAsync<T>(
            request,
            (in NetlinkMessage message, out T value) =>
            {
                var isGood = Check(message, parser(message, out var parsed));
                value = parsed!;
                return isGood && filter?.Invoke(value) != false;
            },
            cancellationToken);
    }

    private bool Check(in NetlinkMessage message, NetlinkDecodeError error)
    {
        if (error is not (NetlinkDecodeError.None or NetlinkDecodeError.WrongType))
            Connection.CountMalformed(message.Type, error);
        return error == NetlinkDecodeError.None;
    }
}
