using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>A better router joins a link that has a master.</summary>
internal sealed class PreemptionTests : ScenarioFixture
{
    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("preempt")]
    public void Preempt_HigherPriorityJoins_TakesOverAfterTheMasterDownTime(Build first, Build second)
    {
        var link = Link("a", "b");
        var instance = new VrrpInstance();
        var better = instance with { Priority = 200 };
        var b = link.Start(second, "b", instance with { Priority = 100 });
        b.ExpectHolding(Lan.Vip, 5);

        var a = link.Start(first, "a", better);

        a.ExpectHolding(Lan.Vip, 5);
        b.ExpectNotHolding(Lan.Vip, 2);
        var takeover = link.Wire.Advert("a", TimeSpan.FromSeconds(1));
        Assert.That(WallClock.Between(a.StartedAt, takeover.Time).TotalMilliseconds, Is.GreaterThan(better.MasterDownMilliseconds));
        Assert.That(link.Wire.Adverts("b", takeover.Time + (300 * WallClock.Millisecond)), Is.Empty, "the old master is silent");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("nopreempt")]
    public void NoPreempt_HigherPriorityJoins_WaitsUntilTheMasterDies(Build first, Build second)
    {
        var link = Link("a", "b");
        var instance = new VrrpInstance();
        var b = link.Start(second, "b", instance with { Priority = 100 });
        b.ExpectHolding(Lan.Vip, 5);

        var a = link.Start(first, "a", instance with { Priority = 200, Lines = ["nopreempt"] });

        a.ExpectLog("Entering BACKUP STATE", 3);
        Expect.Throughout(TimeSpan.FromSeconds(2), () => !a.Holds(Lan.Vip), $"{a} stays backup");
        Assert.That(link.Wire.Adverts("a"), Is.Empty);
        b.Crash();
        a.ExpectHolding(Lan.Vip, 3);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("preempt-delay")]
    public void PreemptDelay_HigherPriorityJoins_TakesOverAfterTheDelay(Build first, Build second)
    {
        var link = Link("a", "b");
        var instance = new VrrpInstance();
        var better = instance with { Priority = 200, Lines = ["preempt_delay 2"] };
        var b = link.Start(second, "b", instance with { Priority = 100 });
        b.ExpectHolding(Lan.Vip, 5);

        var a = link.Start(first, "a", better);

        var takeover = link.Wire.Advert("a", TimeSpan.FromSeconds(8));
        var first0 = link.Wire.Adverts("b", a.StartedAt)[0];
        // The delay runs from the first advert heard; the last advert accepted in it restarts the master down time.
        var waited = WallClock.Between(first0.Time, takeover.Time).TotalMilliseconds;
        Assert.That(waited, Is.InRange(2000 - 250, 2000 + better.MasterDownMilliseconds + 800), "delay (ms)");
        b.ExpectNotHolding(Lan.Vip, 2);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("preempt-delay-dead-master")]
    public void PreemptDelay_MasterDies_DelayDoesNotMatter(Build first, Build second)
    {
        var link = Link("a", "b");
        var instance = new VrrpInstance { Interval = 0.1 };
        var b = link.Start(second, "b", instance with { Priority = 200 });
        b.ExpectHolding(Lan.Vip, 5);
        var a = link.Start(first, "a", instance with { Priority = 100, Lines = ["preempt_delay 60"] });
        a.ExpectLog("Entering BACKUP STATE", 3);

        b.Crash();

        a.ExpectHolding(Lan.Vip, 3);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("partition-heal")]
    public void Partition_Heals_LowerPriorityYields(Build first, Build second)
    {
        var link = Link("a", "b");
        var instance = new VrrpInstance();
        var a = link.Start(first, "a", instance with { Priority = 200 });
        var b = link.Start(second, "b", instance with { Priority = 100 });
        a.ExpectHolding(Lan.Vip, 5);

        link.Partition(cut: true);
        b.ExpectHolding(Lan.Vip, 3);
        Assert.That(a.Holds(Lan.Vip), Is.True, "two masters on two halves");
        link.Partition(cut: false);

        b.ExpectNotHolding(Lan.Vip, 3);
        Expect.Throughout(TimeSpan.FromSeconds(1), () => a.Holds(Lan.Vip), $"{a} stays master");
    }
}
