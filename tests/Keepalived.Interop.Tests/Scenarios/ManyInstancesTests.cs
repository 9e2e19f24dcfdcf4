using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>Several virtual routers on one link.</summary>
internal sealed class ManyInstancesTests : ScenarioFixture
{
    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("v3-dual-stack")]
    public void DualStack_SameIdInBothFamilies_EachFamilyHasItsOwnMaster(Build first, Build second)
    {
        var link = Link("a", "b");
        var four = new VrrpInstance { Name = "FOUR" };
        var six = new VrrpInstance { Name = "SIX", Addresses = ["fe80::100/64", "2001:db8:90::100/64"] };
        var a = link.Start(first, "a", four with { Priority = 200 }, six with { Priority = 100 });
        var b = link.Start(second, "b", four with { Priority = 100 }, six with { Priority = 200 });

        a.ExpectHolding(Lan.Vip, 5);
        b.ExpectHolding("2001:db8:90::100", 5);
        a.ExpectNotHolding("2001:db8:90::100", 2);
        b.ExpectNotHolding(Lan.Vip, 2);

        Assert.That(a.Stop(), Is.Zero);
        b.ExpectHolding(Lan.Vip, 3);
        Assert.That(b.Holds("2001:db8:90::100"), Is.True);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("shared-load")]
    public void TwoInstances_MasterOnEachSide_OneRouterDiesTheOtherHasBoth(Build first, Build second)
    {
        var link = Link("a", "b");
        var one = new VrrpInstance();
        var two = new VrrpInstance { Name = "VI_2", VirtualRouterId = 52, Addresses = ["10.90.0.200/24"] };
        var a = link.Start(first, "a", one with { Priority = 200 }, two with { Priority = 100 });
        var b = link.Start(second, "b", one with { Priority = 100 }, two with { Priority = 200 });
        a.ExpectHolding(Lan.Vip, 5);
        b.ExpectHolding("10.90.0.200", 5);

        b.Crash();

        a.ExpectHolding("10.90.0.200", 3);
        Assert.That(a.Holds(Lan.Vip), Is.True);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("hundred-instances")]
    public void HundredInstances_MasterStopped_AllMove(Build first, Build second)
    {
        const int Count = 100;
        var link = Link("a", "b");
        object[] Instances(int priority) =>
        [
            .. Enumerable.Range(1, Count).Select(number => new VrrpInstance
            {
                Name = $"VI_{number}",
                VirtualRouterId = number,
                Priority = priority,
                Interval = 0.5,
                Addresses = [$"10.91.0.{number}/32"],
                Lines = ["garp_master_repeat 1", "garp_master_delay 0"],
            }),
        ];
        int Held(string station) => link.Addresses(station)
            .Count(entry => ((string?)entry["local"])!.StartsWith("10.91.", StringComparison.Ordinal));
        var a = link.Start(first, "a", Instances(200));
        link.Start(second, "b", Instances(100));
        Expect.Within(TimeSpan.FromSeconds(8), () => Held("a") == Count && Held("b") == 0, "a holds all addresses");

        Assert.That(a.Stop(), Is.Zero);

        Assert.That(Held("a"), Is.Zero);
        Expect.Within(TimeSpan.FromSeconds(3), () => Held("b") == Count, "b holds all addresses");
        var goodbyes = link.Wire.Adverts("a").Where(frame => frame.Advert!.Priority == 0).DistinctBy(frame => frame.Advert!.VirtualRouterId);
        Assert.That(goodbyes.Count(), Is.EqualTo(Count), "instances that said goodbye");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("mcast-src-ip")]
    public void MulticastSource_Configured_IsTheSourceOfAdverts(Build first, Build second)
    {
        var link = Link("a", "b");
        link.Ip("a", "address add 10.90.0.41/24 dev eth0");
        var a = link.Start(first, "a", new VrrpInstance { Priority = 200, Lines = ["mcast_src_ip 10.90.0.41"] });
        var b = link.Start(second, "b", new VrrpInstance { Priority = 100 });

        a.ExpectHolding(Lan.Vip, 5);

        Assert.That(link.Wire.Advert("a", TimeSpan.FromSeconds(1)).Advert!.Source.ToString(), Is.EqualTo("10.90.0.41"));
        Expect.Throughout(TimeSpan.FromSeconds(1), () => !b.Holds(Lan.Vip), $"{b} stays backup");
    }
}
