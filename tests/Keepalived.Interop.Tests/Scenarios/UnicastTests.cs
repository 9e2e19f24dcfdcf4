using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>Adverts to named peers instead of the group.</summary>
internal sealed class UnicastTests : ScenarioFixture
{
    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("unicast-v2")]
    public void Version2_UnicastPeers_ElectAndFailOver(Build first, Build second) =>
        ElectAndFailOver(first, second, new VrrpInstance { Version = 2, Interval = 1 }, Lan.Address, Lan.Vip, ttl: 255);

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("unicast-v3")]
    public void Version3_UnicastPeers_ElectAndFailOver(Build first, Build second) =>
        ElectAndFailOver(first, second, new VrrpInstance(), Lan.Address, Lan.Vip, ttl: 255);

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("unicast-v3-ipv6")]
    public void IPv6_UnicastPeers_ElectAndFailOver(Build first, Build second) =>
        ElectAndFailOver(first, second, new VrrpInstance { Addresses = ["fe80::100/64", "2001:db8:90::100/64"] }, Lan.Global,
            "2001:db8:90::100", ttl: 64);

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("unicast-check-source")]
    public void CheckUnicastSource_AdvertOfAStranger_ChangesNothing(Build first, Build second)
    {
        var link = Link("a", "b");
        var (a, b) = Start(link, first, second, new VrrpInstance { Lines = ["check_unicast_src"] }, Lan.Address);
        a.ExpectHolding(Lan.Vip, 5);

        // A unicast receiver binds to its own address: a multicast advert of a better router is not its business.
        using var stranger = new Injector(link);
        var advert = Wire.AdvertBuilder.Version3(priority: 250, centiseconds: 20, addresses: [Lan.Vip]);
        using var master = new Repeater(() => stranger.Send(advert), TimeSpan.FromMilliseconds(50));

        Expect.Throughout(TimeSpan.FromSeconds(1.5), () => a.Holds(Lan.Vip) && !b.Holds(Lan.Vip), $"{a} stays master");
    }

    private static (Router A, Router B) Start(Lan link, Build first, Build second, VrrpInstance instance, Func<string, string> address)
    {
        VrrpInstance Peer(string self, string other, int priority) => instance with
        {
            Priority = priority,
            Peers = [address(other)],
            Lines = [.. instance.Lines, $"unicast_src_ip {address(self)}"],
        };
        var a = link.Start(first, "a", Peer("a", "b", 200));
        a.ExpectLog("Startup complete", 10);
        return (a, link.Start(second, "b", Peer("b", "a", 100)));
    }

    private void ElectAndFailOver(
        Build first, Build second, VrrpInstance instance, Func<string, string> address, string vip, int ttl)
    {
        var link = Link("a", "b");
        var (a, b) = Start(link, first, second, instance, address);

        a.ExpectHolding(vip, 8);
        var advert = link.Wire.Advert("a", TimeSpan.FromSeconds(2)).Advert!;
        Assert.Multiple(() =>
        {
            Assert.That(advert.Source.ToString(), Is.EqualTo(address("a")));
            Assert.That(advert.Destination.ToString(), Is.EqualTo(address("b")));
            Assert.That(advert.Ttl, Is.EqualTo(ttl));
            Assert.That(b.Holds(vip), Is.False);
            Assert.That(link.Wire.Adverts("b"), Is.Empty);
        });

        Assert.That(a.Stop(), Is.Zero);
        b.ExpectHolding(vip, 3);
        Assert.That(link.Pings(vip), Is.True);
    }
}
