using Keepalived.Netlink;
using Keepalived.Netlink.Route;
using static Keepalived.Vrrp.Tests.Transport.TestLink;

namespace Keepalived.Vrrp.Tests.Transport;

/// <summary>Routes and rules of a master in the kernel.</summary>
[NonParallelizable]
public sealed class RouteTests
{
    private const string Vip = "10.91.0.100";
    private static readonly InetAddress Gateway = InetAddress.Parse("10.91.0.7");

    private static readonly VirtualRouterOptions Options = new()
    {
        Name = "web",
        VirtualRouterId = 51,
        Interface = Interface,
        Priority = 200,
        AdvertisementInterval = TimeSpan.FromMilliseconds(50),
        Addresses = [VirtualAddress.Parse(Vip + "/24")],
        Routes =
        [
            VirtualRoute.Via(InetPrefix.Parse("192.0.2.0/24"), Gateway, Interface) with { Track = true },
            new VirtualRoute(new Route { Destination = InetPrefix.Parse("198.51.100.0/24"), PreferredSource = InetAddress.Parse(Vip), Table = 1000 })
            {
                Device = Interface,
            },
        ],
        Rules = [VirtualRule.From(InetPrefix.Parse("192.0.2.0/24"), 1000, 100)],
    };

    private static readonly string[] Expected =
    [
        "198.51.100.0/24 dev eth0 table 1000 src 10.91.0.100",
        "192.0.2.0/24 via 10.91.0.7 dev eth0",
        "100: from 192.0.2.0/24 lookup 1000",
    ];

    private TestLink _link = null!;

    [SetUp]
    public void MakeLink() => _link = new TestLink();

    [TearDown]
    public void RemoveLink() => _link?.Dispose();

    [Test]
    public async Task Master_HasRoutesAndRules_AndTakesThemAlong()
    {
        var a = await _link.StartAsync('a', Options);
        await ExpectOurs(Expected);
        a.Routers[0].SetFault(1, true);
        await ExpectOurs();
        Assert.That(_link.Holds('a', Vip), Is.False);
        a.Routers[0].SetFault(1, false);
        await ExpectOurs(Expected);
        await a.StopAsync();
        Assert.That(_link.Ours('a'), Is.Empty);
    }

    [Test]
    public async Task Backup_HasNone()
    {
        _ = await _link.StartAsync('a', Options);
        await ExpectOurs(Expected);
        var b = await _link.StartAsync('b', Options with { Priority = 100 });
        await Expect(() => b.Routers[0].Statistics.AdvertisementsReceived > 2, "the backup hears the master");
        Assert.That(_link.Ours('b'), Is.Empty);
    }

    [Test]
    public async Task Master_AllKindsOfRoutes_ReachTheKernel()
    {
        var ipv6 = InetAddress.Parse("fe80::7");
        await StartWithRoutes(
            VirtualRoute.Via(InetPrefix.Parse("192.0.2.0/24"), ipv6, Interface),
            VirtualRoute.Via(InetPrefix.Parse("2001:db8:1::/48"), ipv6, Interface) with { Track = false },
            new VirtualRoute(new Route { Destination = InetPrefix.Parse("192.0.3.0/24"), Type = RouteType.Blackhole }),
            new VirtualRoute(new Route { Destination = InetPrefix.Parse("192.0.4.0/24") })
            {
                Nexthops =
                [
                    new VirtualNexthop(new Nexthop { Gateway = Gateway, Weight = 2 }, Interface),
                    new VirtualNexthop(new Nexthop { Gateway = InetAddress.Parse("10.91.0.8") }),
                ],
            },
            new VirtualRoute(new Route { Destination = InetPrefix.Parse("192.0.5.0/24"), Gateway = Gateway, Metric = 5 })
            {
                Insertion = RouteInsertion.Append,
            });
        await ExpectOurs(
            "192.0.2.0/24 via inet6 fe80::7 dev eth0",
            "blackhole 192.0.3.0/24",
            "192.0.4.0/24",
            "nexthop via 10.91.0.7 dev eth0 weight 2",
            "nexthop via 10.91.0.8 dev eth0 weight 1",
            "192.0.5.0/24 via 10.91.0.7 dev eth0 metric 5",
            "2001:db8:1::/48 via fe80::7 dev eth0 metric 1024 pref medium");
    }

    [Test]
    public async Task Exclusive_RouteThere_StaysTheOtherOnes()
    {
        _link.Ip('a', "route add 192.0.2.0/24 via 10.91.0.9");
        var a = await StartWithRoutes(
            VirtualRoute.Via(InetPrefix.Parse("192.0.2.0/24"), Gateway) with { Insertion = RouteInsertion.Exclusive });
        await Expect(() => _link.Holds('a', Vip), "the master is set up");
        await a.StopAsync();
        Assert.That(_link.Lines('a', "route show 192.0.2.0/24"), Is.EqualTo(["192.0.2.0/24 via 10.91.0.9 dev eth0"]));
    }

    [Test]
    public async Task Start_RoutesAndRulesOfKilledRun_AreRemoved()
    {
        _link.Ip('a', "route add 192.0.2.0/24 via 10.91.0.7 proto 18", "rule add from 192.0.2.0/24 table 1000 pref 100 protocol 18",
            "route add 192.0.2.0/24 via 10.91.0.9 metric 7", "rule add from 192.0.2.0/24 table 1001 pref 101");
        _ = await _link.StartAsync('a', Options with { AdvertisementInterval = TimeSpan.FromSeconds(30) });
        await ExpectOurs();
        Assert.That(_link.Lines('a', "route show 192.0.2.0/24"), Is.EqualTo(["192.0.2.0/24 via 10.91.0.9 dev eth0 metric 7"]),
            "nobody else's route is touched");
        Assert.That(_link.Lines('a', "rule show pref 101"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Reload_ChangedRoute_IsReplacedWithoutAGap()
    {
        var a = await _link.StartAsync('a', Options);
        await ExpectOurs(Expected);
        using var monitor = new RouteEvents(_link.Namespace('a'));
        await monitor.Ready;
        await a.ApplyAsync([Options with
        {
            Routes = [VirtualRoute.Via(InetPrefix.Parse("192.0.2.0/24"), InetAddress.Parse("10.91.0.8"), Interface), Options.Routes[1]],
        }]);
        await ExpectOurs(Expected[0], "192.0.2.0/24 via 10.91.0.8 dev eth0", Expected[2]);
        Assert.That(a.Routers[0].Statistics.BecameMaster, Is.EqualTo(1));
        await Expect(() => monitor.Changes.Count > 0, "the change is notified");
        Assert.That(monitor.Changes, Is.EqualTo([NetworkChange.Changed]));
    }

    [Test]
    public async Task Reload_OthersRoutesAndRules_AddsAndRemoves()
    {
        var a = await _link.StartAsync('a', Options);
        await ExpectOurs(Expected);
        await a.ApplyAsync([Options with
        {
            Routes = [Options.Routes[0], VirtualRoute.Via(InetPrefix.Parse("203.0.113.0/24"), Gateway)],
            Rules = [VirtualRule.From(InetPrefix.Parse("192.0.2.0/24"), 1001, 90)],
        }]);
        await ExpectOurs(
            "192.0.2.0/24 via 10.91.0.7 dev eth0",
            "203.0.113.0/24 via 10.91.0.7 dev eth0",
            "90: from 192.0.2.0/24 lookup 1001");
        await a.ApplyAsync([Options with { Routes = [], Rules = [] }]);
        await ExpectOurs();
        Assert.That(a.Routers[0].Statistics.ReleasedMaster, Is.Zero);
    }

    [Test]
    public async Task Reload_ObjectsSwapOwners_NoneIsLost()
    {
        var other = Options with
        {
            Name = "other",
            VirtualRouterId = 52,
            Addresses = [VirtualAddress.Parse("10.91.0.101/24")],
            Routes = [VirtualRoute.Via(InetPrefix.Parse("203.0.113.0/24"), Gateway)],
            Rules = [VirtualRule.From(InetPrefix.Parse("203.0.113.0/24"), 1001, 90)],
        };
        var a = await _link.StartAsync('a', Options, other);
        string[] all =
        [
            Expected[0], Expected[1], "203.0.113.0/24 via 10.91.0.7 dev eth0",
            "90: from 203.0.113.0/24 lookup 1001", Expected[2],
        ];
        await ExpectOurs(all);
        for (var i = 0; i < 3; i++)
        {
            var (first, second) = i % 2 == 0 ? (other, Options) : (Options, other);
            await a.ApplyAsync(
            [
                Options with { Addresses = first.Addresses, Routes = first.Routes, Rules = first.Rules },
                other with { Addresses = second.Addresses, Routes = second.Routes, Rules = second.Rules },
            ]);
            await Task.Delay(300);
            await ExpectOurs(all);
            Assert.That(_link.Holds('a', Vip) && _link.Holds('a', "10.91.0.101"), Is.True);
            Assert.That(a.Routers.Select(router => router.Statistics.ReleasedMaster), Is.All.Zero);
        }
    }

    [Test]
    public async Task RouteDevice_GoesDown_IsFault()
    {
        _link.Ip('a', "link add extra0 type veth peer name extra1", "link set extra1 up", "link set extra0 up",
            "address add 10.92.0.1/24 dev extra0");
        var a = await StartWithRoutes(VirtualRoute.Via(InetPrefix.Parse("192.0.2.0/24"), InetAddress.Parse("10.92.0.7"), "extra0"));
        await Expect(a.Routers[0], VrrpState.Master);
        _link.Ip('a', "link set extra0 down");
        await Expect(a.Routers[0], VrrpState.Fault);
        _link.Ip('a', "link set extra0 up");
        await Expect(a.Routers[0], VrrpState.Master);
        await ExpectOurs("192.0.2.0/24 via 10.92.0.7 dev extra0");
    }

    [Test]
    public void Start_MissingRouteDevice_SaysWhich() =>
        Assert.That(
            () => StartWithRoutes(VirtualRoute.Via(InetPrefix.Parse("192.0.2.0/24"), Gateway, "nosuch0")),
            Throws.TypeOf<InterfaceNotFoundException>().With.Message.Contains("nosuch0"));

    private Task<VrrpEngine> StartWithRoutes(params VirtualRoute[] routes) =>
        _link.StartAsync('a', Options with { Routes = [.. routes], Rules = [] });

    private Task ExpectOurs(params string[] lines)
    {
        string[] wanted = [.. lines.Order()];
        return Assert.ThatAsync(LastAsync, Is.EqualTo(wanted));

        async Task<string[]> LastAsync()
        {
            string[] last = [];
            for (var start = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(start).TotalSeconds < 5; await Task.Delay(5))
            {
                last = [.. _link.Ours('a').Order()];
                if (last.SequenceEqual(wanted))
                    break;
            }

            return last;
        }
    }
}
