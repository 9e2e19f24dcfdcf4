using System.Diagnostics;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Route;

namespace Keepalived.Netlink.Tests.Route;

public sealed class RouteMonitorKernelTests : KernelFixture
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Test]
    public async Task Monitor_FirstSnapshotThenEventsInOrder()
    {
        await using var monitor = Open(NetworkObjects.Links | NetworkObjects.Addresses);
        await using var events = monitor.WatchAsync().GetAsyncEnumerator();
        var snapshot = (NetworkSnapshot)await NextAsync(events);
        Assert.That(snapshot.FindLink("lo")!.IsUp);
        Assert.That(snapshot.Addresses.Select(a => a.Local), Does.Contain(InetAddress.Parse("127.0.0.1")));

        var index = await CreateVethAsync();
        var address = Address.Create(index, InetPrefix.Parse("192.0.2.1/24"));
        await Client.AddAddressAsync(address);
        await Client.DeleteAddressAsync(address);
        await Client.DeleteLinkAsync(index);

        var seen = new List<NetworkEvent>();
        while (!seen.OfType<LinkEvent>().Any(e => e.Change == NetworkChange.Removed && e.Link.Index == index))
            seen.Add(await NextAsync(events));
        var own = seen.Where(e => e is LinkEvent l ? l.Link.Index == index : e is AddressEvent { Address.Local.IsIPv4: true }).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(own[0], Is.InstanceOf<LinkEvent>().With.Property("Change").EqualTo(NetworkChange.Added));
            Assert.That(own.OfType<LinkEvent>().Any(e => e.Change == NetworkChange.Changed && e.Link.IsUp && !e.Previous!.IsUp));
            Assert.That(own.OfType<AddressEvent>().Select(e => e.Change), Is.EqualTo(new[] { NetworkChange.Added, NetworkChange.Removed }));
            Assert.That(own[^1], Is.InstanceOf<LinkEvent>().With.Property("Change").EqualTo(NetworkChange.Removed));
        }
    }

    [Test]
    public async Task Observer_IsCalledOnTheLoop()
    {
        var observer = new Recorder(Loop);
        await using var monitor = Open(NetworkObjects.IPv4Addresses);
        using var subscription = monitor.Subscribe(observer);
        await observer.WaitForAsync(e => e is NetworkSnapshot);
        var index = await CreateVethAsync();
        await Client.AddAddressAsync(Address.Create(index, InetPrefix.Parse("192.0.2.1/24")));
        await observer.WaitForAsync(e => e is AddressEvent);
        Assert.That(observer.WasOffLoop, Is.False);
        await monitor.DisposeAsync();
        // Told on whatever thread ends the monitor, which need not be the one that waited for it.
        Assert.That(() => observer.Stopped, Is.True.After(5000, 10));
    }

    [Test]
    public async Task Monitor_OfRoutesRulesAndNeighbours_SeesThem()
    {
        var index = await CreateVethAsync();
        await Client.AddAddressAsync(Address.Create(index, InetPrefix.Parse("192.0.2.1/24")));
        await using var monitor = Open(NetworkObjects.Routes | NetworkObjects.Rules | NetworkObjects.Neighbours);
        await using var events = monitor.WatchAsync().GetAsyncEnumerator();
        var snapshot = (NetworkSnapshot)await NextAsync(events);
        Assert.That(snapshot.Links, Is.Empty, "links are watched for the routes' sake only");
        Assert.That(snapshot.Rules, Has.Count.GreaterThanOrEqualTo(5));

        var route = new Netlink.Route.Route { Destination = InetPrefix.Parse("198.51.100.0/24"), Gateway = InetAddress.Parse("192.0.2.2"), OutputInterface = index };
        await Client.AddRouteAsync(route);
        await Client.ReplaceRouteAsync(route with { Gateway = InetAddress.Parse("192.0.2.3") });
        await Client.AddRuleAsync(new Rule { Family = System.Net.Sockets.AddressFamily.InterNetwork, Priority = 100, Table = 77 });
        await Client.AddNeighbourAsync(new Neighbour { InterfaceIndex = index, Destination = InetAddress.Parse("192.0.2.9"), LinkLayerAddress = LinkLayerAddress.VirtualRouterIPv4(9) });

        Assert.That((await NextRouteAsync(events, route.Destination)).Change, Is.EqualTo(NetworkChange.Added));
        var replaced = await NextRouteAsync(events, route.Destination);
        Assert.That((replaced.Change, replaced.Route.Gateway), Is.EqualTo((NetworkChange.Changed, InetAddress.Parse("192.0.2.3"))));
        Assert.That((await NextAsync<RuleEvent>(events)).Rule.Table, Is.EqualTo(77));
        Assert.That(
            (await NextAsync<NeighbourEvent>(events)).Neighbour.LinkLayerAddress, Is.EqualTo(LinkLayerAddress.VirtualRouterIPv4(9)));
    }

    [Test]
    public async Task Monitor_OfRoutes_SeesThoseThatALinkTakesAlongInSilence()
    {
        var index = await CreateVethAsync();
        await Client.AddAddressAsync(Address.Create(index, InetPrefix.Parse("192.0.2.1/24")));
        await Client.AddRouteAsync(new Netlink.Route.Route { Destination = InetPrefix.Parse("198.51.100.0/24"), OutputInterface = index, Scope = RouteScope.Link });
        await using var monitor = Open(NetworkObjects.IPv4Routes);
        await using var events = monitor.WatchAsync().GetAsyncEnumerator();
        await NextAsync(events);
        await Client.SetLinkAsync(index, new LinkSettings { IsUp = false });
        Assert.That((await NextRouteAsync(events, InetPrefix.Parse("198.51.100.0/24"))).Change, Is.EqualTo(NetworkChange.Removed));
    }

    [Test]
    public async Task Monitor_WhoseBufferOverflows_ReadsEverythingAgain()
    {
        var index = await CreateVethAsync();
        await using var monitor = Open(NetworkObjects.IPv4Addresses, receiveBufferSize: 4096);
        await using var events = monitor.WatchAsync().GetAsyncEnumerator();
        await NextAsync(events);
        var batch = new RouteBatch();
        for (var i = 0; i < 500; i++)
            batch.AddAddress(Address.Create(index, InetPrefix.Host(InetAddress.FromIPv4(0x0a010000 + (uint)i))));
        // On the loop's own thread, so that the monitor cannot read meanwhile.
        var result = await OnLoopAsync(() => Client.SendAsync(batch));
        Assert.That(result.Succeeded);
        var known = new HashSet<InetAddress>();
        var wasResynchronized = false;
        while (known.Count < 500)
        {
            var networkEvent = await NextAsync(events);
            wasResynchronized |= networkEvent is ResynchronizedEvent { Reason: Errno.ENOBUFS };
            if (networkEvent is AddressEvent { Change: NetworkChange.Added } added)
                Assert.That(known.Add(added.Address.Local), $"{added.Address} twice");
        }

        Assert.That(wasResynchronized);
        Assert.That(monitor.Connection.Statistics.DataLosses, Is.GreaterThan(0));
    }

    [Test]
    public async Task Monitor_OpenedDuringChanges_MissesNone()
    {
        var index = await CreateVethAsync();
        using var stop = new CancellationTokenSource();
        var changing = Task.Run(async () =>
        {
            var i = 0u;
            while (!stop.IsCancellationRequested)
            {
                var address = Address.Create(index, InetPrefix.Host(InetAddress.FromIPv4(0x0a020000 + (i % 64))));
                if ((i++ / 64) % 2 == 0)
                    await Client.AddAddressAsync(address);
                else
                    await Client.DeleteAddressAsync(address);
            }
        });
        for (var round = 0; round < 10; round++)
        {
            await using var monitor = Open(NetworkObjects.IPv4Addresses);
            var observer = new Recorder(Loop);
            using var subscription = monitor.Subscribe(observer);
            await observer.WaitForAsync(e => e is NetworkSnapshot);
            await observer.WaitForAsync(_ => observer.Count > 50);
            if (round == 9)
            {
                await stop.CancelAsync();
                await changing;
                var truth = (await Client.GetAddressesAsync(interfaceIndex: index)).Where(a => a.Local.IsIPv4).Select(a => a.Local).Order().ToList();
                await observer.WaitForAsync(_ => observer.Addresses.Order().SequenceEqual(truth));
            }

            Assert.That(observer.Contradictions, Is.Empty);
        }
    }

    private RouteMonitor Open(NetworkObjects objects, int receiveBufferSize = 1 << 20) => RouteMonitor.Open(
        Loop, new RouteMonitorOptions { Objects = objects, NetworkNamespace = Inside.NetworkNamespace, ReceiveBufferSize = receiveBufferSize });

    private static async Task<NetworkEvent> NextAsync(IAsyncEnumerator<NetworkEvent> events)
    {
        Assert.That(await events.MoveNextAsync().AsTask().WaitAsync(Patience));
        return events.Current;
    }

    private static async Task<T> NextAsync<T>(IAsyncEnumerator<NetworkEvent> events)
    {
        while (true)
        {
            if (await NextAsync(events) is T wanted)
                return wanted;
        }
    }

    /// <summary>Skips the routes that the kernel makes by itself when duplicate address detection ends.</summary>
    private static async Task<RouteEvent> NextRouteAsync(IAsyncEnumerator<NetworkEvent> events, InetPrefix destination)
    {
        while (true)
        {
            var next = await NextAsync<RouteEvent>(events);
            if (next.Route.Destination == destination)
                return next;
        }
    }

    private sealed class Recorder(EventLoop loop) : IRouteObserver
    {
        private readonly Lock _gate = new();
        private readonly List<NetworkEvent> _events = [];
        private readonly HashSet<InetAddress> _addresses = [];

        public bool WasOffLoop { get; private set; }

        public bool Stopped { get; private set; }

        public List<string> Contradictions { get; } = [];

        public int Count
        {
            get
            {
                lock (_gate)
                    return _events.Count;
            }
        }

        public IReadOnlyList<InetAddress> Addresses
        {
            get
            {
                lock (_gate)
                    return [.. _addresses];
            }
        }

        public void OnSnapshot(NetworkSnapshot snapshot)
        {
            lock (_gate)
            {
                WasOffLoop |= !loop.IsInLoop;
                _events.Add(snapshot);
                _addresses.UnionWith(snapshot.Addresses.Select(a => a.Local).Where(a => a.IsIPv4 && !a.IsLoopback));
            }
        }

        public void OnEvent(NetworkEvent networkEvent)
        {
            lock (_gate)
            {
                WasOffLoop |= !loop.IsInLoop;
                _events.Add(networkEvent);
                if (networkEvent is AddressEvent { Change: NetworkChange.Added } added && !_addresses.Add(added.Address.Local))
                    Contradictions.Add($"{added} is known");
                if (networkEvent is AddressEvent { Change: NetworkChange.Removed } removed && !_addresses.Remove(removed.Address.Local))
                    Contradictions.Add($"{removed} is not known");
            }
        }

        public void OnStopped(Exception? failure) => Stopped = true;

        public async Task WaitForAsync(Func<NetworkEvent, bool> condition)
        {
            var waited = Stopwatch.StartNew();
            while (waited.Elapsed < Patience)
            {
                lock (_gate)
                {
                    if (_events.Any(condition))
                        return;
                }

                await Task.Delay(5);
            }

            Assert.Fail("what was waited for did not happen");
        }
    }
}
