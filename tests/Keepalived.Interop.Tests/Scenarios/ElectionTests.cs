using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>Who becomes master when everybody starts.</summary>
internal sealed class ElectionTests : ScenarioFixture
{
    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("v2-elect")]
    public void Version2_HigherPriority_BecomesMasterAfterTheMasterDownTime(Build first, Build second)
    {
        var link = Link("a", "b");
        var instance = new VrrpInstance { Version = 2, Interval = 1 };
        var a = link.Start(first, "a", instance with { Priority = 200 });
        a.ExpectLog("Startup complete", 10);
        var b = link.Start(second, "b", instance with { Priority = 100 });

        a.ExpectHolding(Lan.Vip, 8);

        var advert = link.Wire.Advert("a", TimeSpan.FromSeconds(1));
        Assert.Multiple(() =>
        {
            Assert.That(advert.Advert!.Version, Is.EqualTo(2));
            Assert.That(advert.Advert.Priority, Is.EqualTo(200));
            Assert.That(advert.Advert.Interval, Is.EqualTo(TimeSpan.FromSeconds(1)));
            Assert.That(advert.Advert.Source.ToString(), Is.EqualTo(Lan.Address("a")));
            Assert.That(advert.Advert.Destination.ToString(), Is.EqualTo("224.0.0.18"));
            Assert.That(advert.Advert.Addresses.Select(address => address.ToString()), Is.EqualTo(new[] { Lan.Vip }));
            Assert.That(WallClock.Between(a.StartedAt, advert.Time).TotalMilliseconds, Is.GreaterThan(3200));
            Assert.That(link.Wire.Adverts("b"), Is.Empty);
            Assert.That(b.Holds(Lan.Vip), Is.False);
            Assert.That(link.Pings(Lan.Vip), Is.True);
        });
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("v3-elect")]
    public void Version3_HigherPriority_BecomesMaster(Build first, Build second)
    {
        var link = Link("a", "b");
        var instance = new VrrpInstance { Interval = 0.5 };
        var a = link.Start(first, "a", instance with { Priority = 200 });
        a.ExpectLog("Startup complete", 10);
        var b = link.Start(second, "b", instance with { Priority = 100 });

        a.ExpectHolding(Lan.Vip, 5);

        var advert = link.Wire.Advert("a", TimeSpan.FromSeconds(1)).Advert!;
        Assert.Multiple(() =>
        {
            Assert.That(advert.Version, Is.EqualTo(3));
            Assert.That(advert.Interval, Is.EqualTo(TimeSpan.FromSeconds(0.5)));
            Assert.That(b.Holds(Lan.Vip), Is.False);
            Assert.That(link.Pings(Lan.Vip), Is.True);
        });
        Steady(link, "a", 0.5);
        Assert.That(link.Wire.Adverts("b"), Is.Empty);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("v3-ipv6-elect")]
    public void IPv6_HigherPriority_BecomesMasterWithTheLinkLocalAddressFirst(Build first, Build second)
    {
        var link = Link("a", "b");
        var instance = new VrrpInstance { Addresses = ["fe80::100/64", "2001:db8:90::100/64"] };
        var a = link.Start(first, "a", instance with { Priority = 200 });
        a.ExpectLog("Startup complete", 10);
        var b = link.Start(second, "b", instance with { Priority = 100 });

        a.ExpectHolding("2001:db8:90::100", 5);

        var advert = link.Wire.Advert("a", TimeSpan.FromSeconds(1)).Advert!;
        link.Wire.Announcement("a", "fe80::100", TimeSpan.FromSeconds(1));
        link.Wire.Announcement("a", "2001:db8:90::100", TimeSpan.FromSeconds(1));
        Assert.Multiple(() =>
        {
            Assert.That(advert.Source.ToString(), Is.EqualTo(Lan.LinkLocal("a")));
            Assert.That(advert.Destination.ToString(), Is.EqualTo("ff02::12"));
            Assert.That(advert.Ttl, Is.EqualTo(255));
            Assert.That(advert.Addresses.Select(address => address.ToString()),
                Is.EqualTo(new[] { "fe80::100", "2001:db8:90::100" }));
            Assert.That(a.Holds("fe80::100"), Is.True);
            Assert.That(b.Holds("2001:db8:90::100"), Is.False);
            Assert.That(link.Pings("2001:db8:90::100"), Is.True);
        });
        Steady(link, "a", 0.2);
        Assert.That(link.Wire.Adverts("b"), Is.Empty);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("tie-break-by-address"), Scenario("equal-priority")]
    public void EqualPriorities_BothMaster_HigherAddressStays(Build first, Build second)
    {
        var link = Link("a", "b");
        var instance = new VrrpInstance { Priority = 150 };
        link.Partition(cut: true);
        var a = link.Start(first, "a", instance);
        var b = link.Start(second, "b", instance);
        a.ExpectHolding(Lan.Vip, 5);
        b.ExpectHolding(Lan.Vip, 5);

        link.Partition(cut: false);

        a.ExpectNotHolding(Lan.Vip, 3);
        Expect.Throughout(TimeSpan.FromSeconds(1), () => b.Holds(Lan.Vip), $"{b} stays master");
        Assert.That(a.Holds(Lan.Vip), Is.False);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("address-owner")]
    public void Owner_Starts_IsMasterAtOnce(Build first, Build second)
    {
        var link = Link("a", "b");
        var instance = new VrrpInstance { Interval = 1 };
        var b = link.Start(second, "b", instance with { Priority = 254 });
        b.ExpectHolding(Lan.Vip, 8);

        var a = link.Start(first, "a", instance with { State = "MASTER", Priority = 255 });

        var advert = link.Wire.Advert("a", TimeSpan.FromSeconds(3));
        Assert.That(advert.Advert!.Priority, Is.EqualTo(255));
        Assert.That(WallClock.Between(a.StartedAt, advert.Time).TotalSeconds, Is.LessThan(2), "no master down time first");
        a.ExpectHolding(Lan.Vip, 1);
        b.ExpectNotHolding(Lan.Vip, 2);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("three-routers")]
    public void ThreeRouters_MasterDies_TheNextInPriorityTakesOver(Build first, Build second)
    {
        var link = Link("a", "b", "c");
        var instance = new VrrpInstance();
        var a = link.Start(first, "a", instance with { Priority = 200 });
        var b = link.Start(second, "b", instance with { Priority = 150 });
        var c = link.Start(first, "c", instance with { Priority = 100 });
        a.ExpectHolding(Lan.Vip, 5);

        a.Crash();

        b.ExpectHolding(Lan.Vip, 3);
        Assert.That(c.Holds(Lan.Vip), Is.False);
        Assert.That(c.Stop(), Is.Zero);
        Assert.That(link.Wire.Adverts("c"), Is.Empty, "a stopped backup says nothing");
    }

    /// <summary>Adverts of a second and a half come at the configured rate.</summary>
    private static void Steady(Lan link, string station, double interval)
    {
        var since = WallClock.Now;
        var count = (int)(1.5 / interval);
        for (var i = 0; i < count; i++)
        {
            var next = link.Wire.Advert(station, TimeSpan.FromSeconds(interval + 0.5), since);
            since = next.Time;
        }
    }
}
