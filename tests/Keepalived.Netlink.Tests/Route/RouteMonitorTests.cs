using Keepalived.Netlink.Route;
using Keepalived.Netlink.Testing;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Tests.Route;

public sealed class RouteMonitorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly Address One = Address.Create(2, InetPrefix.Parse("192.0.2.1/24"));
    private static readonly Address Two = Address.Create(2, InetPrefix.Parse("192.0.2.2/24"));
    private static readonly Address Three = Address.Create(2, InetPrefix.Parse("192.0.2.3/24"));

    [Test]
    public async Task Notifications_DuringTheFirstDump_ArePartOfTheSnapshot()
    {
        ScriptedReply? dump = null;
        await using var kernel = new ScriptedKernel((in request, reply) => dump = reply);
        await using var monitor = Open(kernel);
        Notify(kernel, RouteMessageType.DeleteAddress, One);
        Entry(dump!, One);
        Notify(kernel, RouteMessageType.NewAddress, Three);
        Entry(dump!, Two);
        dump!.Done();
        await using var events = monitor.WatchAsync().GetAsyncEnumerator();
        var snapshot = (NetworkSnapshot)await NextAsync(events);
        Assert.That(
            snapshot.Addresses, Is.EquivalentTo(new[] { Two, Three }), "the one deleted while it was read is not there, the one added is");
    }

    [Test]
    public async Task Overflow_IsAnsweredByTheDifferences()
    {
        Address[] known = [One, Two];
        await using var kernel = new ScriptedKernel((in request, reply) =>
        {
            foreach (var address in known)
                Entry(reply, address);
            reply.Done();
        });
        await using var monitor = Open(kernel);
        await using var events = monitor.WatchAsync().GetAsyncEnumerator();
        await NextAsync(events);
        known = [Two with { Label = "eth0:vip" }, Three];
        kernel.Lose();
        Assert.That(await NextAsync(events), Is.EqualTo(new ResynchronizedEvent(Errno.ENOBUFS)));
        NetworkEvent[] differences = [await NextAsync(events), await NextAsync(events), await NextAsync(events)];
        Assert.That(differences, Is.EquivalentTo(new[]
        {
            new AddressEvent(NetworkChange.Removed, One),
            new AddressEvent(NetworkChange.Changed, known[0], Two),
            new AddressEvent(NetworkChange.Added, Three),
        }));
    }

    [Test]
    public async Task Overflow_DuringADump_IsAnsweredByAnother()
    {
        var dumps = new List<ScriptedReply>();
        await using var kernel = new ScriptedKernel((in request, reply) => dumps.Add(reply));
        await using var monitor = Open(kernel);
        Entry(dumps[0], One);
        kernel.Lose();
        dumps[0].Done();
        Assert.That(dumps, Has.Count.EqualTo(2), "the connection reads what was interrupted again");
        Entry(dumps[1], One);
        dumps[1].Done();
        while (dumps.Count < 3)
            await Task.Yield();
        Entry(dumps[2], Two);
        dumps[2].Done();
        await using var events = monitor.WatchAsync().GetAsyncEnumerator();
        Assert.That(((NetworkSnapshot)await NextAsync(events)).Addresses, Is.EqualTo(new[] { Two }));
    }

    [Test]
    public async Task Notification_ThatCannotBeRead_IsCountedAndLeftOut()
    {
        await using var kernel = new ScriptedKernel((in request, reply) => reply.Done());
        await using var monitor = Open(kernel);
        await using var events = monitor.WatchAsync().GetAsyncEnumerator();
        await NextAsync(events);
        kernel.Notify(RouteMessageType.NewAddress, 0, static (ref NetlinkMessageWriter writer, int _) => writer.WriteFixedHeader(4));
        Notify(kernel, RouteMessageType.NewAddress, One);
        Assert.That(await NextAsync(events), Is.EqualTo(new AddressEvent(NetworkChange.Added, One)));
        Assert.That(monitor.Connection.Statistics.Malformed, Is.EqualTo(1));
    }

    [Test]
    public async Task Reader_FarBehind_FailsInsteadOfHoldingEverything()
    {
        await using var kernel = new ScriptedKernel((in request, reply) => reply.Done());
        await using var monitor = Open(kernel, maxBacklog: 10);
        await using var events = monitor.WatchAsync().GetAsyncEnumerator();
        await NextAsync(events);
        for (var i = 0; i < 12; i++)
            Notify(kernel, i % 2 == 0 ? RouteMessageType.NewAddress : RouteMessageType.DeleteAddress, One);
        for (var i = 0; i < 10; i++)
            await NextAsync(events);
        await Assert.ThrowsAsync<InvalidOperationException>(() => events.MoveNextAsync().AsTask().WaitAsync(Patience));
    }

    [Test]
    public async Task Refusal_OfTheDump_EndsTheMonitorWithIt()
    {
        await using var kernel = new ScriptedKernel((in request, reply) => reply.Fail(Errno.EPERM));
        await using var monitor = Open(kernel);
        var error = (await Assert.ThrowsAsync<NetlinkException>(() => monitor.Completion.WaitAsync(Patience)))!;
        Assert.That(error.Message, Does.StartWith("list addresses: "));
        await using var events = monitor.WatchAsync().GetAsyncEnumerator();
        await Assert.ThrowsAsync<NetlinkException>(() => events.MoveNextAsync().AsTask().WaitAsync(Patience));
    }

    [Test]
    public async Task WaysOfAnIPv6Route_ComeAndGoAsChangesOfOneRoute()
    {
        await using var kernel = new ScriptedKernel((in request, reply) => reply.Done());
        await using var monitor = new RouteMonitor(
            options => kernel.Connect(options), new RouteMonitorOptions { Objects = NetworkObjects.IPv6Routes });
        await using var events = monitor.WatchAsync().GetAsyncEnumerator();
        await NextAsync(events);
        var first = new Netlink.Route.Route { Destination = InetPrefix.Parse("2001:db8::/32"), Gateway = InetAddress.Parse("fe80::1"), OutputInterface = 2, Metric = 1024 };
        var both = first with
        {
            Gateway = InetAddress.None,
            OutputInterface = 0,
            Nexthops = [new Nexthop { Gateway = InetAddress.Parse("fe80::1"), OutputInterface = 2 }, new Nexthop { Gateway = InetAddress.Parse("fe80::2"), OutputInterface = 3 }],
        };
        Notify(kernel, RouteMessageType.NewRoute, first);
        Notify(kernel, RouteMessageType.NewRoute, both);
        Notify(kernel, RouteMessageType.DeleteRoute, first with { Gateway = InetAddress.Parse("fe80::2"), OutputInterface = 3 });
        Assert.That(await NextAsync(events), Is.EqualTo(new RouteEvent(NetworkChange.Added, first)));
        Assert.That(await NextAsync(events), Is.EqualTo(new RouteEvent(NetworkChange.Changed, both, first)));
        Assert.That(await NextAsync(events), Is.EqualTo(new RouteEvent(NetworkChange.Changed, first, both)));
    }

    private static RouteMonitor Open(ScriptedKernel kernel, int maxBacklog = 1000) => new(
        options => kernel.Connect(options), new RouteMonitorOptions { Objects = NetworkObjects.IPv4Addresses, MaxBacklog = maxBacklog });

    private static void Notify(ScriptedKernel kernel, ushort type, Address address) =>
        kernel.Notify(type, address, static (ref NetlinkMessageWriter writer, Address address) => address.Encode(ref writer));

    private static void Notify(ScriptedKernel kernel, ushort type, Netlink.Route.Route route) =>
        kernel.Notify(type, route, static (ref NetlinkMessageWriter writer, Netlink.Route.Route route) => route.Encode(ref writer));

    private static void Entry(ScriptedReply reply, Address address) => reply.Message(
        RouteMessageType.NewAddress, NetlinkMessageFlags.Multi, address, static (ref NetlinkMessageWriter writer, Address address) => address.Encode(ref writer));

    private static async Task<NetworkEvent> NextAsync(IAsyncEnumerator<NetworkEvent> events)
    {
        Assert.That(await events.MoveNextAsync().AsTask().WaitAsync(Patience));
        return events.Current;
    }
}
