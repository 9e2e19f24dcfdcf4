using System.Net.Sockets;
using Keepalived.Netlink.Route;

namespace Keepalived.Netlink.Tests.Route;

public sealed class RouteKernelTests : KernelFixture
{
    private static readonly InetPrefix Somewhere = InetPrefix.Parse("198.51.100.0/24");
    private static readonly InetPrefix Somewhere6 = InetPrefix.Parse("2001:db8:1::/48");

    [Test]
    public async Task Route_WithMetricsInAnotherTable_RoundTrips()
    {
        var index = await AddressedVethAsync();
        var route = new Netlink.Route.Route
        {
            Destination = Somewhere,
            Gateway = InetAddress.Parse("192.0.2.2"),
            OutputInterface = index,
            PreferredSource = InetAddress.Parse("192.0.2.1"),
            Table = 1000,
            Metric = 42,
            Protocol = RouteProtocol.Keepalived,
            TypeOfService = 0x10,
            Flags = RouteFlags.OnLink,
            Metrics = new RouteMetrics
            {
                Values = [new(RouteMetric.Mtu, 1400, IsLocked: true), new(RouteMetric.AdvertisedSegmentSize, 1300), new(
                    RouteMetric.InitialCongestionWindow, 20)],
            },
        };
        await Client.AddRouteAsync(route);
        var listed = (await Client.GetRoutesAsync(AddressFamily.InterNetwork, 1000)).Single();
        Assert.That(listed, Is.EqualTo(route));
        await Client.DeleteRouteAsync(listed);
        Assert.That(await Client.GetRoutesAsync(AddressFamily.InterNetwork, 1000), Is.Empty);
        Assert.That((await Assert.ThrowsAsync<NetlinkException>(() => Client.DeleteRouteAsync(route)))!.IsNotFound);
    }

    [Test]
    public async Task Route_OfATableThatDoesNotExist_IsNone() => Assert.That(await Client.GetRoutesAsync(table: 123456), Is.Empty);

    [Test]
    public async Task Multipath_WithWeights_RoundTrips()
    {
        var index = await AddressedVethAsync();
        var route = new Netlink.Route.Route
        {
            Destination = Somewhere,
            Nexthops =
            [
                new Nexthop { Gateway = InetAddress.Parse("192.0.2.2"), OutputInterface = index, Weight = 1 },
                new Nexthop { Gateway = InetAddress.Parse("192.0.2.3"), OutputInterface = index, Weight = 256 },
            ],
        };
        await Client.AddRouteAsync(route);
        Assert.That((await Client.GetRoutesAsync(AddressFamily.InterNetwork, RouteTable.Main)).Single(r => r.Destination == Somewhere), Is.EqualTo(route));
    }

    [Test]
    public async Task IPv4Route_ByAnIPv6Gateway_RoundTrips()
    {
        var index = await AddressedVethAsync();
        var route = new Netlink.Route.Route { Destination = Somewhere, Gateway = InetAddress.Parse("fe80::1"), OutputInterface = index };
        await Client.AddRouteAsync(route);
        Assert.That((await Client.GetRoutesAsync(AddressFamily.InterNetwork, RouteTable.Main)).Single(r => r.Destination == Somewhere), Is.EqualTo(route));
    }

    [Test]
    public async Task IPv6Route_WithPreferenceAndExpiry_RoundTrips()
    {
        var index = await AddressedVethAsync();
        var route = new Netlink.Route.Route
        {
            Destination = Somewhere6,
            OutputInterface = index,
            Gateway = InetAddress.Parse("2001:db8::2"),
            Metric = 77,
            Preference = 1,
            Expires = 3600,
        };
        await Client.AddRouteAsync(route);
        var listed = (await Client.GetRoutesAsync(AddressFamily.InterNetworkV6, RouteTable.Main)).Single(r => r.Destination == Somewhere6);
        Assert.That(listed.Expires, Is.InRange(3500, 3600));
        Assert.That(listed with { Expires = 3600 }, Is.EqualTo(route));
    }

    [Test]
    public async Task BlackholeAndDefaultRoute_AreWhatTheyAre()
    {
        var index = await AddressedVethAsync();
        await Client.AddRouteAsync(new Netlink.Route.Route { Destination = Somewhere, Type = RouteType.Blackhole });
        await Client.AddRouteAsync(new Netlink.Route.Route { Destination = InetPrefix.Parse("0.0.0.0/0"), Gateway = InetAddress.Parse("192.0.2.2"), OutputInterface = index });
        var routes = await Client.GetRoutesAsync(AddressFamily.InterNetwork, RouteTable.Main);
        Assert.That(routes.Single(r => r.Destination == Somewhere).Type, Is.EqualTo(RouteType.Blackhole));
        Assert.That(routes.Single(r => r.Destination.Length == 0).ToString(), Is.EqualTo($"default via 192.0.2.2 dev {index}"));
    }

    [Test]
    public async Task Route_ToAnUnreachableGateway_IsRefusedWithWords()
    {
        var index = await AddressedVethAsync();
        var route = new Netlink.Route.Route { Destination = Somewhere, Gateway = InetAddress.Parse("203.0.113.1"), OutputInterface = index };
        var error = (await Assert.ThrowsAsync<NetlinkException>(() => Client.AddRouteAsync(route)))!;
        Assert.That(error.Errno, Is.EqualTo(Errno.ENETUNREACH));
        Assert.That(
            error.Message, Does.StartWith("add route 198.51.100.0/24 via 203.0.113.1 dev ").And.Contain("Nexthop has invalid gateway"));
    }

    [Test]
    public async Task Rule_WithEverything_RoundTrips()
    {
        var rule = new Rule
        {
            Family = AddressFamily.InterNetwork,
            Priority = 100,
            Table = 1000,
            IsInverted = true,
            Source = InetPrefix.Parse("192.0.2.0/24"),
            Destination = Somewhere,
            TypeOfService = 0x10,
            InputInterface = "lo",
            Mark = 0x42,
            MarkMask = 0xff,
            SuppressPrefixLength = 0,
            Users = new UserRange(1000, 2000),
            IpProtocol = 6,
            SourcePorts = new PortRange(1, 100),
            DestinationPorts = new PortRange(80, 80),
            Protocol = RouteProtocol.Keepalived,
        };
        await Client.AddRuleAsync(rule);
        Assert.That((await Client.GetRulesAsync(AddressFamily.InterNetwork)).Single(r => r.Priority == 100), Is.EqualTo(rule));
        Assert.That((await Assert.ThrowsAsync<NetlinkException>(() => Client.AddRuleAsync(rule)))!.IsExists);
        await Client.DeleteRuleAsync(rule);
        Assert.That((await Client.GetRulesAsync(AddressFamily.InterNetwork)).Where(r => r.Priority == 100), Is.Empty);
        Assert.That((await Assert.ThrowsAsync<NetlinkException>(() => Client.DeleteRuleAsync(rule)))!.IsNotFound);
    }

    [TestCase(RuleAction.Blackhole)]
    [TestCase(RuleAction.Unreachable)]
    [TestCase(RuleAction.Prohibit)]
    [TestCase(RuleAction.Nop)]
    public async Task IPv6Rule_OfEachAction_RoundTrips(RuleAction action)
    {
        var rule = new Rule { Family = AddressFamily.InterNetworkV6, Priority = 100, Action = action, Table = 0, Source = InetPrefix.Parse("2001:db8::/32") };
        await Client.AddRuleAsync(rule);
        Assert.That((await Client.GetRulesAsync(AddressFamily.InterNetworkV6)).Single(r => r.Priority == 100), Is.EqualTo(rule));
    }

    [Test]
    public async Task Neighbour_AddedReplacedAndDeleted()
    {
        var index = await AddressedVethAsync();
        var neighbour = new Neighbour
        {
            InterfaceIndex = index,
            Destination = InetAddress.Parse("192.0.2.9"),
            LinkLayerAddress = LinkLayerAddress.VirtualRouterIPv4(1),
            Protocol = RouteProtocol.Keepalived,
        };
        await Client.AddNeighbourAsync(neighbour);
        Assert.That((await Assert.ThrowsAsync<NetlinkException>(() => Client.AddNeighbourAsync(neighbour)))!.IsExists);
        await Client.ReplaceNeighbourAsync(neighbour with { LinkLayerAddress = LinkLayerAddress.VirtualRouterIPv4(2) });
        var listed = (await Client.GetNeighboursAsync(AddressFamily.InterNetwork, index)).Single();
        Assert.That(listed, Is.EqualTo(neighbour with { LinkLayerAddress = LinkLayerAddress.VirtualRouterIPv4(2) }));
        await Client.DeleteNeighbourAsync(neighbour);
        Assert.That(
            (await Client.GetNeighboursAsync(AddressFamily.InterNetwork, index)).Where(n => n.State == NeighbourState.Permanent), Is.Empty);
    }

    private async Task<int> AddressedVethAsync()
    {
        var index = await CreateVethAsync();
        await Client.AddAddressAsync(Address.Create(index, InetPrefix.Parse("192.0.2.1/24")));
        await Client.AddAddressAsync(Address.Create(index, InetPrefix.Parse("2001:db8::1/64"), AddressFlags.NoDuplicateDetection));
        return index;
    }
}
