using Keepalived.Interop.Tests.Lab;
using Keepalived.Interop.Tests.Wire;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>The master goes, in anger or in order, and the backup is there within the protocol's own time.</summary>
internal sealed class TakeoverTests : ScenarioFixture
{
    private const double Slack = 400;

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("crash-takeover"), Scenario("down-timer-adverts")]
    public void Version2_MasterKilled_BackupTakesOverAfterTheMasterDownTime(Build first, Build second) =>
        KillMaster(first, second, new VrrpInstance { Version = 2, Interval = 1 }, Lan.Vip);

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("crash-takeover"), Scenario("v3-subsecond")]
    public void Version3_MasterKilled_BackupTakesOverAfterTheMasterDownTime(Build first, Build second) =>
        KillMaster(first, second, new VrrpInstance { Interval = 0.1 }, Lan.Vip);

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("v3-ipv6-failover")]
    public void IPv6_MasterKilled_BackupTakesOverAndTheAddressWorksAtOnce(Build first, Build second)
    {
        const string Address = "2001:db8:90::100";
        var link = KillMaster(first, second, new VrrpInstance { Addresses = ["fe80::100/64", Address + "/64"] }, Address);
        Assert.That(link.Pings(Address), Is.True);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("v3-ten-milliseconds"), NonParallelizable]
    public void Version3_TenMilliseconds_MasterKeepsTheRateAndBackupTakesOver(Build first, Build second)
    {
        const string RealTime = "global_defs {\n    vrrp_rt_priority 50\n}";
        var link = Link("a", "b");
        var instance = new VrrpInstance { Interval = 0.01 };
        var b = link.Start(second, "b", RealTime, instance with { Priority = 100 });
        var a = link.Start(first, "a", RealTime, instance with { Priority = 200 });
        a.ExpectHolding(Lan.Vip, 5);
        b.ExpectNotHolding(Lan.Vip, 5);

        var since = WallClock.Now;
        Thread.Sleep(TimeSpan.FromSeconds(1));
        var count = link.Wire.Adverts("a", since).Count;
        a.Crash();

        b.ExpectHolding(Lan.Vip, 2);
        Assert.That(count, Is.InRange(85, 115), "adverts in a second");
        var last = link.Wire.Adverts("a")[^1];
        var takeover = link.Wire.Advert("b", TimeSpan.FromSeconds(1), last.Time);
        Expect.Duration(WallClock.Between(last.Time, takeover.Time), 36, Slack, "last advert to takeover");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("stop-priority-zero")]
    public void Version2_MasterStopped_BackupTakesOverAfterTheSkewTime(Build first, Build second) =>
        StopMaster(first, second, new VrrpInstance { Version = 2, Interval = 1 });

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("v3-stop-priority-zero")]
    public void Version3_MasterStopped_BackupTakesOverAfterTheSkewTime(Build first, Build second) =>
        StopMaster(first, second, new VrrpInstance { Interval = 0.4 });

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("stop-leaves-nothing")]
    public void Master_Stopped_LeavesNoAddressAndExitsZero(Build build)
    {
        var link = Link("a");
        var before = link.Addresses("a").Count;
        var a = link.Start(build, "a", new VrrpInstance
        {
            Interval = 0.1,
            Addresses = [Lan.Vip + "/24", "10.90.0.101"],
            Excluded = ["10.90.1.1/32", "2001:db8:91::1/64"],
        });
        a.ExpectHolding("2001:db8:91::1", 4);

        Assert.That(a.Stop(), Is.Zero);

        Assert.That(link.Addresses("a"), Has.Count.EqualTo(before));
        Assert.That(link.Wire.Adverts("a")[^1].Advert!.Priority, Is.Zero);
        Assert.That(File.Exists(a.PidFile), Is.False, "pid file");
        Assert.That(File.Exists(a.VrrpPidFile), Is.False, "VRRP pid file");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("crash-leftovers")]
    public void Master_KilledAndStartedAgain_RemovesWhatItLeft(Build build)
    {
        var link = Link("a");
        var instance = new VrrpInstance { Interval = 0.1, Addresses = [Lan.Vip + "/24", "10.90.0.101/24"], Excluded = ["10.90.1.1/32"] };
        var a = link.Start(build, "a", instance);
        a.ExpectHolding("10.90.1.1", 4);
        a.Crash();
        Assert.That(a.Holds(Lan.Vip), Is.True, "nobody removed it");

        // The stranger is a better master, so that the router stays backup.
        using var stranger = new Injector(link);
        var advert = AdvertBuilder.Version3(priority: 250, centiseconds: 10, addresses: [Lan.Vip, "10.90.0.101"]);
        using var master = new Repeater(() => stranger.Send(advert), TimeSpan.FromMilliseconds(50));
        a.Start();

        a.ExpectNotHolding(Lan.Vip, 4);
        a.ExpectNotHolding("10.90.0.101", 1);
        a.ExpectNotHolding("10.90.1.1", 1);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("comes-back"), Scenario("crash-return")]
    public void Master_KilledAndStartedAgain_ComesBack(Build first, Build second)
    {
        var link = Link("a", "b");
        var instance = new VrrpInstance { Interval = 0.1 };
        var a = link.Start(first, "a", instance with { Priority = 200 });
        var b = link.Start(second, "b", instance with { Priority = 100 });
        a.ExpectHolding(Lan.Vip, 4);
        a.Crash();
        b.ExpectHolding(Lan.Vip, 2);

        a.Start();

        link.Wire.Advert("a", TimeSpan.FromSeconds(4), a.StartedAt);
        b.ExpectNotHolding(Lan.Vip, 3);
        a.ExpectHolding(Lan.Vip, 1);
        Assert.That(link.Pings(Lan.Vip), Is.True);
    }

    private Lan KillMaster(Build first, Build second, VrrpInstance instance, string address)
    {
        var link = Link("a", "b");
        var backup = instance with { Priority = 100 };
        var a = link.Start(first, "a", instance with { Priority = 200 });
        var b = link.Start(second, "b", backup);
        a.ExpectHolding(address, 8);
        link.Wire.Advert("a", TimeSpan.FromSeconds(2), WallClock.Now);

        a.Crash();

        b.ExpectHolding(address, 6);
        var last = link.Wire.Adverts("a")[^1];
        var takeover = link.Wire.Advert("b", TimeSpan.FromSeconds(1), last.Time);
        var announced = link.Wire.Announcement("b", address, TimeSpan.FromSeconds(1), last.Time);
        Expect.Duration(WallClock.Between(last.Time, takeover.Time), backup.MasterDownMilliseconds, Slack, "last advert to takeover");
        Expect.Duration(WallClock.Between(takeover.Time, announced.Time), 0, Slack, "takeover to announcement");
        return link;
    }

    private void StopMaster(Build first, Build second, VrrpInstance instance)
    {
        var link = Link("a", "b");
        var backup = instance with { Priority = 100 };
        var a = link.Start(first, "a", instance with { Priority = 200 });
        var b = link.Start(second, "b", backup);
        a.ExpectHolding(Lan.Vip, 8);
        link.Wire.Advert("a", TimeSpan.FromSeconds(2), WallClock.Now);

        Assert.That(a.Stop(), Is.Zero);

        b.ExpectHolding(Lan.Vip, 3);
        Assert.That(a.Holds(Lan.Vip), Is.False);
        var goodbye = link.Wire.Adverts("a").First(frame => frame.Advert!.Priority == 0);
        var takeover = link.Wire.Advert("b", TimeSpan.FromSeconds(1), goodbye.Time);
        Expect.Duration(WallClock.Between(goodbye.Time, takeover.Time), backup.SkewMilliseconds, Slack, "priority 0 to takeover");
    }
}
