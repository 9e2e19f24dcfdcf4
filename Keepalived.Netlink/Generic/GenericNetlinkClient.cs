using System.Collections.Concurrent;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Generic;

/// <summary>
/// Commands to families of generic netlink (linux/genetlink.h). A family's number is asked for by its name once, and kept: the kernel
/// gives a new one only when the family's module is loaded again, and <see cref="Forget"/> is for that.
/// </summary>
public sealed class GenericNetlinkClient : IAsyncDisposable
{
    /// <summary>The size of struct genlmsghdr, which comes before the attributes of every message.</summary>
    public const int HeaderLength = 4;

    private const ushort ControlFamily = 16;
    private const byte ControlGetFamily = 3;
    private const ushort FamilyIdAttribute = 1;
    private const ushort FamilyNameAttribute = 2;
    private const ushort VersionAttribute = 3;
    private const ushort HeaderSizeAttribute = 4;
    private const ushort MulticastGroupsAttribute = 7;
    private const ushort GroupNameAttribute = 1;
    private const ushort GroupIdAttribute = 2;

    private readonly ConcurrentDictionary<string, GenericNetlinkFamily> _families = new();

    /// <summary>A client over a connection, which it owns from now on.</summary>
    public GenericNetlinkClient(NetlinkConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        Connection = connection;
    }

    /// <summary>The connection.</summary>
    public NetlinkConnection Connection { get; }

    /// <summary>Opens a socket on a loop and a client over it.</summary>
    /// <exception cref="SystemCallException">The kernel refused.</exception>
    public static GenericNetlinkClient Open(
        EventLoop loop, NetlinkSocketOptions? socketOptions = null, NetlinkConnectionOptions? options = null) =>
        new(NetlinkConnection.Open(loop, NetlinkProtocol.Generic, socketOptions, options));

    /// <summary>A family by its name. The kernel loads its module if it can.</summary>
    /// <exception cref="NetlinkException">ENOENT: the kernel has no such family. Its message names the family.</exception>
    public async ValueTask<GenericNetlinkFamily> GetFamilyAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (_families.TryGetValue(name, out var known))
            return known;
        var request = NetlinkRequest.Create(
            ControlFamily, NetlinkMessageFlags.None, $"find generic netlink family {name}", name,
            static (ref NetlinkMessageWriter writer, string name) =>
            {
                WriteHeader(ref writer, ControlGetFamily, 1);
                writer.WriteString(FamilyNameAttribute, name);
            });
        var families = await Connection.GetAsync<GenericNetlinkFamily>(request, TryDecode, cancellationToken).ConfigureAwait(false);
        if (families.Count == 0)
            throw new NetlinkException(Errno.ENOENT, request.Description);
        return _families.GetOrAdd(name, families[0]);
    }

    /// <summary>Forgets the number of a family, for when its module was loaded again.</summary>
    public void Forget(string name) => _families.TryRemove(name, out _);

    /// <summary>
    /// A command of a family, for <see cref="NetlinkConnection.GetAsync"/> and <see cref="NetlinkConnection.DumpAsync"/>.
    /// </summary>
    /// <param name="family">The family.</param>
    /// <param name="command">The command.</param>
    /// <param name="description">What it asks, in words, for errors.</param>
    /// <param name="state">What the body is written from.</param>
    /// <param name="body">Writes the attributes, after the header of the family if it has one.</param>
    public static NetlinkRequest CreateRequest<TState>(
        GenericNetlinkFamily family, byte command, string description, TState state, NetlinkMessageBody<TState> body)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(body);
        return NetlinkRequest.Create(
            family.Id, NetlinkMessageFlags.None, description, new Command<TState>(family, command, state, body),
            static (ref NetlinkMessageWriter writer, Command<TState> request) =>
            {
                WriteHeader(ref writer, request.Number, (byte)request.Family.Version);
                request.Body(ref writer, request.State);
            });
    }

    /// <summary>Sends a command that has no answer but whether it was carried out.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public async Task SendAsync<TState>(
        GenericNetlinkFamily family,
        byte command,
        string description,
        TState state,
        NetlinkMessageBody<TState> body,
        CancellationToken cancellationToken = default)
    {
        var batch = new NetlinkBatch();
        AddTo(batch, family, command, description, state, body);
        (await Connection.SendAsync(batch, cancellationToken).ConfigureAwait(false)).ThrowIfFailed();
    }

    /// <summary>Adds a command to a batch for <see cref="NetlinkConnection.SendAsync"/>.</summary>
    /// <returns>The index of the command.</returns>
    public static int AddTo<TState>(
        NetlinkBatch batch, GenericNetlinkFamily family, byte command, string verb, TState state, NetlinkMessageBody<TState> body)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(body);
        return batch.Add(
            family.Id, NetlinkMessageFlags.None, verb, new Command<TState>(family, command, state, body),
            static (ref NetlinkMessageWriter writer, Command<TState> request) =>
            {
                WriteHeader(ref writer, request.Number, (byte)request.Family.Version);
                request.Body(ref writer, request.State);
            });
    }

    /// <summary>Ends the connection. What is outstanding fails with <see cref="ObjectDisposedException"/>.</summary>
    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private static void WriteHeader(ref NetlinkMessageWriter writer, byte command, byte version)
    {
        var header = writer.WriteFixedHeader(HeaderLength);
        header[0] = command;
        header[1] = version;
    }

    private static bool TryDecode(in NetlinkMessage message, out GenericNetlinkFamily family)
    {
        family = null!;
        var attributes = message.Attributes(HeaderLength);
        if (!attributes.TryFind(FamilyNameAttribute, out var name) || !attributes.TryFind(FamilyIdAttribute, out var id)
            || !id.TryGetUInt16(out var number))
            return false;
        var groups = new Dictionary<string, uint>();
        if (attributes.TryFind(MulticastGroupsAttribute, out var list))
        {
            foreach (var group in list.Nested)
            {
                if (group.Nested.TryFind(GroupNameAttribute, out var groupName) && group.Nested.TryFind(GroupIdAttribute, out var groupId)
                    && groupId.TryGetUInt32(out var groupNumber))
                    groups[groupName.GetString()] = groupNumber;
            }
        }

        family = new GenericNetlinkFamily
        {
            Name = name.GetString(),
            Id = number,
            Version = attributes.TryFind(VersionAttribute, out var version) && version.TryGetUInt32(out var value) ? value : 0,
            HeaderLength = attributes.TryFind(HeaderSizeAttribute, out var size) && size.TryGetInt32(out var length) ? length : 0,
            MulticastGroups = groups,
        };
        return true;
    }

    private sealed record Command<TState>(GenericNetlinkFamily Family, byte Number, TState State, NetlinkMessageBody<TState> Body)
    {
        public override string ToString() => $"{Family.Name} {State}";
    }
}
