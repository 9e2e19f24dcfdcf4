using System.Runtime.CompilerServices;
using Keepalived.Ipvs.Wire;
using Keepalived.Netlink;
using Keepalived.Netlink.Generic;
using Keepalived.Netlink.Wire;

namespace Keepalived.Ipvs;

/// <content>Reading.</content>
public sealed partial class IpvsClient
{
    private delegate NetlinkDecodeError Parser<T>(in NetlinkMessage message, out T? value);

    private delegate Task<IReadOnlyList<T>> Asker<T>(
        NetlinkRequest request, NetlinkMessageDecoder<T> decoder, CancellationToken cancellationToken);

    /// <summary>The version and the size of the connection table: whether IPVS is there at all.</summary>
    /// <exception cref="NetlinkException">ENOENT: the kernel has no IPVS.</exception>
    public Task<IpvsInfo> GetInfoAsync(CancellationToken cancellationToken = default) =>
        GetOneAsync<IpvsInfo>(IpvsCommand.GetInfo, "get IPVS version", default, SettingsCodec.TryParse, cancellationToken);

    /// <summary>The timeouts.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task<IpvsTimeouts> GetTimeoutsAsync(CancellationToken cancellationToken = default) =>
        GetOneAsync<IpvsTimeouts>(IpvsCommand.GetConfig, "get IPVS timeouts", default, SettingsCodec.TryParse, cancellationToken);

    /// <summary>One service, without its destinations: ESRCH if it is not there.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task<IpvsServiceEntry> GetServiceAsync(IpvsServiceKey key, CancellationToken cancellationToken = default)
    {
        ThrowIfNone(key);
        return GetOneAsync<IpvsServiceEntry>(
            IpvsCommand.GetService, $"get IPVS service {key}", key, IpvsServiceEntry.TryParse, cancellationToken);
    }

    /// <summary>All services, without their destinations.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task<IReadOnlyList<IpvsServiceEntry>> GetServicesAsync(CancellationToken cancellationToken = default) =>
        DumpAsync<IpvsServiceEntry>(IpvsCommand.GetService, "list IPVS services", default, IpvsServiceEntry.TryParse, cancellationToken);

    /// <summary>The destinations of a service. The kernel gives an empty list for a service that is not there.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task<IReadOnlyList<IpvsDestinationEntry>> GetDestinationsAsync(
        IpvsServiceKey service, CancellationToken cancellationToken = default)
    {
        ThrowIfNone(service);
        var family = service.Family;
        return DumpAsync(
            IpvsCommand.GetDestination, $"list IPVS destinations of {service}", service,
            (in NetlinkMessage message, out IpvsDestinationEntry? entry) => IpvsDestinationEntry.TryParse(message, family, out entry),
            cancellationToken);
    }

    /// <summary>
    /// All services with their destinations. One list for each service: what others change meanwhile may be seen in a part only.
    /// </summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public async Task<IReadOnlyList<IpvsServiceEntry>> GetTableAsync(CancellationToken cancellationToken = default)
    {
        var services = await GetServicesAsync(cancellationToken).ConfigureAwait(false);
        var lists = new Task<IReadOnlyList<IpvsDestinationEntry>>[services.Count];
        for (var i = 0; i < lists.Length; i++)
            lists[i] = GetDestinationsAsync(services[i].Service.Key, cancellationToken);
        await Task.WhenAll(lists).ConfigureAwait(false);
        var table = new IpvsServiceEntry[lists.Length];
        for (var i = 0; i < table.Length; i++)
            table[i] = services[i] with { Destinations = [.. await lists[i].ConfigureAwait(false)] };
        return table;
    }

    /// <summary>As <see cref="GetTableAsync"/>, a service at a time, each read when it is asked for.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public async IAsyncEnumerable<IpvsServiceEntry> EnumerateTableAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var entry in await GetServicesAsync(cancellationToken).ConfigureAwait(false))
        {
            var destinations = await GetDestinationsAsync(entry.Service.Key, cancellationToken).ConfigureAwait(false);
            yield return entry with { Destinations = [.. destinations] };
        }
    }

    /// <summary>The sync daemons that run: none, one or both.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task<IReadOnlyList<IpvsSyncDaemon>> GetDaemonsAsync(CancellationToken cancellationToken = default) =>
        DumpAsync<IpvsSyncDaemon>(IpvsCommand.GetDaemon, "list IPVS sync daemons", default, DaemonCodec.TryParse, cancellationToken);

    private async Task<T> GetOneAsync<T>(
        IpvsCommand command, string description, IpvsServiceKey key, Parser<T> parse, CancellationToken cancellationToken)
        where T : class
    {
        var values = await QueryAsync(
            command, description, key, _generic.Connection.GetAsync, parse, cancellationToken).ConfigureAwait(false);
        return values.Count == 1
            ? values[0]
            : throw new NetlinkException(Errno.EBADMSG, description, default, $"the kernel answered with {values.Count} objects");
    }

    private Task<IReadOnlyList<T>> DumpAsync<T>(
        IpvsCommand command, string description, IpvsServiceKey key, Parser<T> parse, CancellationToken cancellationToken)
        where T : class =>
        QueryAsync(command, description, key, _generic.Connection.DumpAsync, parse, cancellationToken);

    private async Task<IReadOnlyList<T>> QueryAsync<T>(
        IpvsCommand command, string description, IpvsServiceKey key, Asker<T> ask, Parser<T> parse, CancellationToken cancellationToken)
        where T : class
    {
        var family = await GetFamilyAsync(cancellationToken).ConfigureAwait(false);
        var request = CreateRequest(family, command, description, key);
        try
        {
            return await ask(request, Decoder(description, parse), cancellationToken).ConfigureAwait(false);
        }
        catch (NetlinkException exception)
        {
            ForgetFamilyAfter(exception);
            throw IpvsError.ExplainQuery(exception);
        }
    }

    private static NetlinkRequest CreateRequest(
        GenericNetlinkFamily family, IpvsCommand command, string description, IpvsServiceKey key) =>
        GenericNetlinkClient.CreateRequest(
            family, (byte)command, description, key,
            static (ref NetlinkMessageWriter writer, IpvsServiceKey key) =>
            {
                if (!key.IsNone)
                    ServiceCodec.WriteKey(ref writer, key);
            });

    /// <summary>A list that lacks what could not be read would be taken for the table: reading fails instead.</summary>
    private static NetlinkMessageDecoder<T> Decoder<T>(string description, Parser<T> parse)
        where T : class =>
        (in NetlinkMessage message, out T value) =>
        {
            var error = parse(message, out var parsed);
            value = parsed!;
            return error == NetlinkDecodeError.None ? true : throw IpvsError.Unreadable(description, error);
        };

    private static void ThrowIfNone(IpvsServiceKey key)
    {
        if (key.IsNone)
            throw new ArgumentException("The default key names no service.", nameof(key));
    }
}
