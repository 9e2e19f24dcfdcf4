using System.Runtime.InteropServices;
using System.Text;
using Keepalived.Netlink;
using Keepalived.Netlink.Generic;
using Keepalived.Netlink.Testing;
using Keepalived.Netlink.Wire;

namespace Keepalived.Ipvs.Tests.Support;

/// <summary>
/// The kernel's IPVS in miniature, behind a <see cref="ScriptedKernel"/>: its table, its checks in their order and its error numbers. It
/// reads and writes attributes by their numbers in linux/ip_vs.h, not by the library's code.
/// </summary>
internal sealed class KernelModel : IAsyncDisposable
{
    private const ushort Family = 0x21;
    private const uint HashedFlag = 0x2;
    private static readonly HashSet<string> Schedulers =
        ["rr", "wrr", "lc", "wlc", "lblc", "lblcr", "dh", "sh", "mh", "sed", "nq", "fo", "ovf", "twos"];

    private readonly ScriptedKernel _kernel;
    private readonly SortedDictionary<string, Service> _services = new(StringComparer.Ordinal);
    private readonly SortedDictionary<uint, Dictionary<ushort, byte[]>> _daemons = [];
    private readonly uint[] _timeouts = [900, 120, 300];

    public KernelModel()
    {
        _kernel = new ScriptedKernel(Answer);
        Client = new IpvsClient(new GenericNetlinkClient(_kernel.Connect()));
    }

    public IpvsClient Client { get; }

    /// <summary>The commands that came, without those that only read.</summary>
    public List<IpvsCommand> Changes { get; } = [];

    /// <summary>How many commands came that only read.</summary>
    public int Reads { get; private set; }

    /// <summary>The payload of the last request of IPVS, in hexadecimal.</summary>
    public string LastPayload { get; private set; } = "";

    public bool HasIpvs { get; set; } = true;

    /// <summary>Whether services are sent without their scheduler.</summary>
    public bool IsGarbled { get; set; }

    /// <summary>How often the family was asked for.</summary>
    public int FamilyRequests { get; private set; }

    public bool HasStatistics64 { get; set; } = true;

    /// <summary>What every destination is said to have of connections.</summary>
    public uint ActiveConnections { get; set; }

    /// <summary>Called before a command is carried out; an error number refuses it, null leaves it to the model.</summary>
    public Func<IpvsCommand, Errno?>? Fault { get; set; }

    /// <summary>Loses the answers of commands that it says true for, after they were carried out.</summary>
    public Func<IpvsCommand, bool>? LosesAnswerOf { get; set; }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _kernel.DisposeAsync();
    }

    private void Answer(in NetlinkMessage request, ScriptedReply reply)
    {
        if (request.Type == 16)
        {
            FamilyRequests++;
            AnswerFamily(reply);
            return;
        }

        LastPayload = Convert.ToHexString(request.Payload);
        var command = (IpvsCommand)request.Payload[0];
        if (command is not (IpvsCommand.GetService or IpvsCommand.GetDestination or IpvsCommand.GetDaemon or IpvsCommand.GetConfig
            or IpvsCommand.GetInfo))
            Changes.Add(command);
        else
            Reads++;
        var attributes = Read(request.Attributes(4));
        var error = Fault?.Invoke(command) ?? Carry(command, attributes, reply, (request.Header.Flags & NetlinkMessageFlags.Dump) != 0);
        if (LosesAnswerOf?.Invoke(command) == true)
            _kernel.Lose();
        else if (error is { } number and not Errno.None)
            reply.Fail(number);
        else if (error is not null)
            reply.Acknowledge();
    }

    private void AnswerFamily(ScriptedReply reply)
    {
        if (!HasIpvs)
        {
            reply.Fail(Errno.ENOENT);
            return;
        }

        reply.Message(16, NetlinkMessageFlags.None, 0, static (ref NetlinkMessageWriter writer, int _) =>
        {
            writer.WriteFixedHeader(4)[0] = 1;
            writer.WriteString(2, "IPVS");
            writer.WriteUInt16(1, Family);
            writer.WriteUInt32(3, 1);
        });
        reply.Acknowledge();
    }

    /// <returns>The outcome; null if a dump was answered, whose end is the answer.</returns>
    private Errno? Carry(IpvsCommand command, Dictionary<ushort, byte[]> attributes, ScriptedReply reply, bool isDump)
    {
        switch (command)
        {
            case IpvsCommand.Flush:
                _services.Clear();
                return Errno.None;
            case IpvsCommand.SetConfig:
                for (var i = 0; i < _timeouts.Length; i++)
                {
                    if (MemoryMarshal.Read<uint>(attributes[(ushort)(4 + i)]) is > 0 and var seconds)
                        _timeouts[i] = seconds;
                }

                return Errno.None;
            case IpvsCommand.GetConfig:
                Reply(reply, IpvsCommand.SetConfig, _timeouts, static (ref NetlinkMessageWriter writer, uint[] timeouts) =>
                {
                    for (var i = 0; i < timeouts.Length; i++)
                        writer.WriteUInt32((ushort)(4 + i), timeouts[i]);
                });
                return Errno.None;
            case IpvsCommand.GetInfo:
                Reply(reply, IpvsCommand.SetInfo, 0, static (ref NetlinkMessageWriter writer, int _) =>
                {
                    writer.WriteUInt32(1, 0x010201);
                    writer.WriteUInt32(2, 4096);
                });
                return Errno.None;
            case IpvsCommand.NewDaemon or IpvsCommand.DeleteDaemon:
                return ChangeDaemon(command, Read(attributes[3]));
            case IpvsCommand.GetDaemon:
                foreach (var daemon in _daemons.Values)
                    Reply(reply, IpvsCommand.NewDaemon, daemon, WriteDaemon, NetlinkMessageFlags.Multi);
                reply.Done();
                return null;
            case IpvsCommand.GetService when isDump:
                foreach (var service in _services.Values)
                    Reply(reply, IpvsCommand.NewService, service, WriteService, NetlinkMessageFlags.Multi);
                reply.Done();
                return null;
            case IpvsCommand.Zero when attributes.Count == 0:
                return Errno.None;
            case IpvsCommand.GetDestination when !attributes.ContainsKey(1):
                reply.Done();
                return null;
        }

        return attributes.TryGetValue(1, out var nest) ? CarryOut(command, Read(nest), attributes, reply) : Errno.EINVAL;
    }

    private Errno? CarryOut(
        IpvsCommand command, Dictionary<ushort, byte[]> service, Dictionary<ushort, byte[]> attributes, ScriptedReply reply)
    {
        if (!TryIdentify(service, out var id))
            return Errno.EINVAL;
        _services.TryGetValue(id, out var present);
        switch (command)
        {
            case IpvsCommand.NewService or IpvsCommand.SetService:
                if (!new ushort[] { 6, 7, 8, 9 }.All(service.ContainsKey))
                    return Errno.EINVAL;
                if (command == IpvsCommand.NewService ? present is not null : present is null)
                    return present is null ? Errno.ESRCH : Errno.EEXIST;
                if (!Schedulers.Contains(Text(service[6])) || (service.TryGetValue(11, out var engine) && Text(engine) != "sip"))
                    return Errno.ENOENT;
                if (service[1][0] == 10 && MemoryMarshal.Read<uint>(service[9]) is < 1 or > 128)
                    return Errno.EINVAL;
                _services[id] = new Service(service, present?.Destinations ?? new(StringComparer.Ordinal));
                return Errno.None;
            case IpvsCommand.GetDestination:
                foreach (var destination in present?.Destinations.Values ?? Enumerable.Empty<Dictionary<ushort, byte[]>>())
                    Reply(reply, IpvsCommand.NewDestination, destination, WriteDestination, NetlinkMessageFlags.Multi);
                reply.Done();
                return null;
        }

        if (present is null)
            return Errno.ESRCH;
        switch (command)
        {
            case IpvsCommand.DeleteService:
                _services.Remove(id);
                return Errno.None;
            case IpvsCommand.GetService:
                Reply(reply, IpvsCommand.NewService, present, WriteService);
                return Errno.None;
            case IpvsCommand.Zero:
                return Errno.None;
            default:
                return attributes.TryGetValue(2, out var nest) ? ChangeDestination(command, present, Read(nest)) : Errno.EINVAL;
        }
    }

    private static Errno ChangeDestination(IpvsCommand command, Service service, Dictionary<ushort, byte[]> destination)
    {
        if (!destination.TryGetValue(1, out var address) || !destination.TryGetValue(2, out var port))
            return Errno.EINVAL;
        var family = destination.TryGetValue(11, out var number) ? number[0] : service.Attributes[1][0];
        var id = $"{family} {Convert.ToHexString(address)} {Convert.ToHexString(port)}";
        var exists = service.Destinations.ContainsKey(id);
        if (command == IpvsCommand.DeleteDestination)
            return service.Destinations.Remove(id) ? Errno.None : Errno.ENOENT;
        if (!new ushort[] { 3, 4, 5, 6 }.All(destination.ContainsKey))
            return Errno.EINVAL;
        var method = MemoryMarshal.Read<uint>(destination[3]) & 7;
        if (family != service.Attributes[1][0] && method != 2)
            return Errno.EINVAL;
        if (destination.TryGetValue(13, out var tunnel) && tunnel[0] == 1 && !destination.ContainsKey(14))
            return Errno.EINVAL;
        if (MemoryMarshal.Read<int>(destination[4]) < 0
            || MemoryMarshal.Read<uint>(destination[6]) > MemoryMarshal.Read<uint>(destination[5]))
            return Errno.ERANGE;
        if (command == IpvsCommand.NewDestination ? exists : !exists)
            return exists ? Errno.EEXIST : Errno.ENOENT;
        service.Destinations[id] = destination;
        return Errno.None;
    }

    private Errno ChangeDaemon(IpvsCommand command, Dictionary<ushort, byte[]> daemon)
    {
        if (!daemon.TryGetValue(1, out var state) || !daemon.ContainsKey(3))
            return Errno.EINVAL;
        var role = MemoryMarshal.Read<uint>(state);
        if (command == IpvsCommand.DeleteDaemon)
            return _daemons.Remove(role) ? Errno.None : Errno.ESRCH;
        if (!daemon.TryGetValue(2, out var name))
            return Errno.EINVAL;
        if (Text(name) == "none0")
            return Errno.ENODEV;
        return _daemons.TryAdd(role, daemon) ? Errno.None : Errno.EEXIST;
    }

    private static bool TryIdentify(Dictionary<ushort, byte[]> service, out string id)
    {
        id = "";
        if (!service.TryGetValue(1, out var family))
            return false;
        var parts = service.ContainsKey(5) ? new ushort[] { 5 } : [2, 3, 4];
        if (!parts.All(service.ContainsKey))
            return false;
        id = string.Join(' ', parts.Select(part => Convert.ToHexString(service[part])).Prepend($"{family[0]} {parts.Length}"));
        return true;
    }

    private void WriteService(ref NetlinkMessageWriter writer, Service service)
    {
        var nest = writer.BeginNested(1, flagged: false);
        foreach (var (type, value) in service.Attributes.OrderBy(attribute => attribute.Key))
        {
            if (type == 6 && IsGarbled)
                continue;
            var bytes = (byte[])value.Clone();
            if (type == 7)
                MemoryMarshal.Write(bytes, MemoryMarshal.Read<uint>(bytes) | HashedFlag);
            writer.WriteBytes(type, bytes);
        }

        WriteStatistics(ref writer);
        writer.EndNested(nest);
    }

    private void WriteDestination(ref NetlinkMessageWriter writer, Dictionary<ushort, byte[]> destination)
    {
        var nest = writer.BeginNested(2, flagged: false);
        foreach (var (type, value) in destination.OrderBy(attribute => attribute.Key))
            writer.WriteBytes(type, value);
        writer.WriteUInt32(7, ActiveConnections);
        writer.WriteUInt32(8, 0);
        writer.WriteUInt32(9, 0);
        // A kernel that knows tunnels says their kind for destinations without one too.
        if (!destination.ContainsKey(13))
            writer.WriteByte(13, 0);
        WriteStatistics(ref writer);
        writer.EndNested(nest);
    }

    private void WriteStatistics(ref NetlinkMessageWriter writer)
    {
        var nest = writer.BeginNested(10, flagged: false);
        for (ushort i = 1; i <= 10; i++)
        {
            if (i is 4 or 5)
                writer.WriteUInt64(i, i);
            else
                writer.WriteUInt32(i, i);
        }

        writer.EndNested(nest);
        if (!HasStatistics64)
            return;
        nest = writer.BeginNested(12, flagged: false);
        for (ushort i = 1; i <= 10; i++)
            writer.WriteUInt64(i, i | 1UL << 40);
        writer.WriteFlag(11);
        writer.EndNested(nest);
    }

    private static void WriteDaemon(ref NetlinkMessageWriter writer, Dictionary<ushort, byte[]> daemon)
    {
        var nest = writer.BeginNested(3);
        foreach (var (type, value) in daemon)
            writer.WriteBytes(type, value);
        writer.EndNested(nest);
    }

    private static void Reply<TState>(
        ScriptedReply reply, IpvsCommand command, TState state, NetlinkMessageBody<TState> body, NetlinkMessageFlags flags = default) =>
        reply.Message(Family, flags, state, (ref NetlinkMessageWriter writer, TState state) =>
        {
            var header = writer.WriteFixedHeader(4);
            header[0] = (byte)command;
            header[1] = 1;
            body(ref writer, state);
        });

    private static Dictionary<ushort, byte[]> Read(ReadOnlySpan<byte> nest) => Read(new NetlinkAttributeReader(nest));

    private static Dictionary<ushort, byte[]> Read(NetlinkAttributeReader reader)
    {
        var attributes = new Dictionary<ushort, byte[]>();
        foreach (var attribute in reader)
            attributes.Add(attribute.Type, attribute.Value.ToArray());
        return attributes;
    }

    private static string Text(byte[] value) => Encoding.ASCII.GetString(value).TrimEnd('\0');

    private sealed record Service(Dictionary<ushort, byte[]> Attributes, SortedDictionary<string, Dictionary<ushort, byte[]>> Destinations);
}
