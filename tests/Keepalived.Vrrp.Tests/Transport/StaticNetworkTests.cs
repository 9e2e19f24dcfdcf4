using Keepalived.Netlink;
using Keepalived.Netlink.Route;
using static Keepalived.Vrrp.Tests.Transport.TestLink;

namespace Keepalived.Vrrp.Tests.Transport;

/// <summary>What stands as long as the engine runs.</summary>
[NonParallelizable]
public sealed class StaticNetworkTests
{
    private static readonly StaticNetwork Network = new()
    {
        Addresses = [VirtualAddress.Parse("10.96.0.1/24") with { Device = Interface }],
        Routes = [VirtualRoute.Via(InetPrefix.Parse("192.0.2.0/24"), InetAddress.Parse("10.96.0.7"))],
        Rules = [VirtualRule.From(InetPrefix.Parse("192.0.2.0/24"), 1000, 100)],
    };

    private static readonly string[] Expected =
        ["192.0.2.0/24 via 10.96.0.7 dev eth0", "100: from 192.0.2.0/24 lookup 1000"];

    private TestLink _link = null!;

    [SetUp]
    public void MakeLink() => _link = new TestLink();

    [TearDown]
    public void RemoveLink() => _link?.Dispose();

    [Test]
    public async Task Engine_WithoutRouters_BringsItAndTakesItAlong()
    {
        var a = await StartAsync(Network);
        Assert.That(_link.Ours('a'), Is.EqualTo(Expected));
        await a.StopAsync();
        Assert.That(_link.Holds('a', "10.96.0.1"), Is.False);
        Assert.That(_link.Ours('a'), Is.Empty);
    }

    [Test]
    public async Task Start_LeftoversOfKilledRun_AreTakenOver()
    {
        _link.Ip('a', "address add 10.96.0.1/24 dev eth0", "route add 192.0.2.0/24 via 10.96.0.7 proto 18",
            "rule add from 192.0.2.0/24 table 1000 pref 100 protocol 18");
        var a = await StartAsync(Network);
        Assert.That(_link.Ours('a'), Is.EqualTo(Expected), "each once");
        await a.StopAsync();
        Assert.That(_link.Ours('a'), Is.Empty);
    }

    [Test]
    public async Task Change_KeepsWhatStays()
    {
        var a = await StartAsync(Network);
        using var events = new RouteEvents(_link.Namespace('a'));
        await events.Ready;
        await a.SetStaticNetworkAsync(Network with
        {
            Routes = [.. Network.Routes, VirtualRoute.Via(InetPrefix.Parse("203.0.113.0/24"), InetAddress.Parse("10.96.0.7"))],
            Rules = [],
        });
        Assert.That(_link.Ours('a'), Is.EqualTo([Expected[0], "203.0.113.0/24 via 10.96.0.7 dev eth0"]));
        await Expect(() => events.Changes.Count > 0, "the new route is notified");
        Assert.That(events.Changes, Is.EqualTo([NetworkChange.Added]));
    }

    [TestCase("address delete 10.96.0.1/24 dev eth0")]
    [TestCase("route delete 192.0.2.0/24")]
    [TestCase("rule delete pref 100")]
    public async Task Deleted_IsPutBack(string deletion)
    {
        _ = await StartAsync(Network);
        for (var i = 0; i < 3; i++)
        {
            _link.Ip('a', deletion);
            await Expect(() => _link.Holds('a', "10.96.0.1") && _link.Ours('a').SequenceEqual(Expected), $"'{deletion}' is undone");
        }
    }

    [Test]
    public async Task Interface_DownAndUp_RoutesReturn()
    {
        _ = await StartAsync(Network with
        {
            Addresses = [.. Network.Addresses, VirtualAddress.Parse("2001:db8:96::1/64") with { Device = Interface }],
        });
        _link.Ip('a', "link set eth0 down");
        await Expect(() => _link.Ours('a').Length == 1, "the kernel drops the route");
        _link.Ip('a', "link set eth0 up");
        await Expect(() => _link.Ours('a').SequenceEqual(Expected) && _link.Holds('a', "2001:db8:96::1"), "all is back", 12);
    }

    [Test]
    public async Task Address_WithoutInterfaceYet_ComesWithIt()
    {
        var engine = new VrrpEngineOptions { DynamicInterfaces = true };
        _ = await _link.StartAsync('a', engine, new StaticNetwork { Addresses = [VirtualAddress.Parse("10.97.0.1/24") with { Device = "late0" }] });
        _link.Ip('a', "link add late0 type veth peer name late1", "link set late0 up");
        await Expect(() => _link.Holds('a', "10.97.0.1", "late0"), "the address is there");
    }

    [Test]
    public void Validate_AddressWithoutDevice_SaysSo() => Assert.That(
        () => new StaticNetwork { Addresses = [VirtualAddress.Parse("10.96.0.1")] }.Validate(),
        Throws.ArgumentException.With.Message.Contains("device"));

    private async Task<VrrpEngine> StartAsync(StaticNetwork network)
    {
        var engine = await _link.StartAsync('a', new VrrpEngineOptions(), network);
        await Expect(() => _link.Holds('a', "10.96.0.1") && _link.Ours('a').Length == 2, "the static network is there");
        return engine;
    }
}
