using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>Other groups than the assigned ones.</summary>
internal sealed class MulticastGroupTests : ScenarioFixture
{
    private const string Global = "global_defs {\n    vrrp_mcast_group4 224.0.0.50\n    vrrp_mcast_group6 ff02::77\n}";
    private static readonly VrrpInstance Own = new() { Lines = ["mcast_dst_ip 224.0.0.77"] };
    private static readonly VrrpInstance IPv4 = new() { Name = "VI_2", VirtualRouterId = 52, Addresses = ["10.90.0.102/24"] };
    private static readonly VrrpInstance IPv6 = new() { Name = "VI_3", VirtualRouterId = 53, Addresses = ["fe80::100/64"] };

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("multicast-groups")]
    public void Groups_OfTheConfiguration_CarryTheAdverts(Build first, Build second)
    {
        var link = Link("a", "b");
        var a = link.Start(first, "a", Blocks(200));
        var b = link.Start(second, "b", Blocks(100));
        foreach (var address in (string[])[Lan.Vip, "10.90.0.102", "fe80::100"])
            a.ExpectHolding(address, 8);
        foreach (var (router, group) in ((int, string)[])[(51, "224.0.0.77"), (52, "224.0.0.50"), (53, "ff02::77")])
        {
            var advert = link.Wire.Advert("a", TimeSpan.FromSeconds(2), 0, advert => advert.VirtualRouterId == router && advert.Priority == 200).Advert!;
            Assert.That((advert.Destination.ToString(), advert.Ttl), Is.EqualTo((group, 255)));
        }

        var since = WallClock.Now;
        Expect.Throughout(TimeSpan.FromSeconds(1.5), () => !b.Holds(Lan.Vip) && !b.Holds("10.90.0.102") && !b.Holds("fe80::100"), $"{b} hears all of them");
        Assert.That(link.Wire.Adverts("b", since), Is.Empty);
    }

    private static object[] Blocks(int priority) =>
        [Global, Own with { Priority = priority }, IPv4 with { Priority = priority }, IPv6 with { Priority = priority }];
}
