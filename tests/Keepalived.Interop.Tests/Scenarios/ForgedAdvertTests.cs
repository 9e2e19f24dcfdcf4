using Keepalived.Interop.Tests.Lab;
using Keepalived.Interop.Tests.Wire;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>Well-formed adverts of a router that does not exist: what a lone router answers.</summary>
internal sealed class ForgedAdvertTests : ScenarioFixture
{
    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("lower-priority-advert")]
    public void Master_LowerPriorityAdvert_IsAnsweredAtOnceWithAdvertAndAnnouncement(Build build)
    {
        var link = Link("a");
        var a = link.Start(build, "a", new VrrpInstance
        {
            Version = 2,
            Interval = 3,
            Priority = 200,
            Lines = ["garp_master_delay 0", "garp_lower_prio_repeat 2", "garp_lower_prio_delay 1"],
        });
        var first = link.Wire.Advert("a", TimeSpan.FromSeconds(15));
        a.ExpectHolding(Lan.Vip, 1);

        var sent = Send(link, AdvertBuilder.Version2(priority: 50, seconds: 3, addresses: [Lan.Vip]));

        var answer = link.Wire.Advert("a", TimeSpan.FromSeconds(1), sent);
        Assert.That(WallClock.Between(sent, answer.Time).TotalMilliseconds, Is.LessThan(400));
        Expect.Within(TimeSpan.FromSeconds(3), () => link.Wire.Announcements("a", Lan.Vip, sent).Count == 4,
            "two announcements at once and two after a second");
        Assert.That(a.Holds(Lan.Vip), Is.True);
        Assert.That(first.Time, Is.LessThan(sent));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("valid-higher-priority")]
    public void Master_HigherPriorityAdvert_YieldsAndComesBackAfterTheMasterDownTime(Build build)
    {
        var link = Link("a");
        var instance = new VrrpInstance { Priority = 200 };
        var a = link.Start(build, "a", instance);
        a.ExpectHolding(Lan.Vip, 5);

        var sent = Send(link, AdvertBuilder.Version3(priority: 250, centiseconds: 20, addresses: [Lan.Vip]));

        a.ExpectNotHolding(Lan.Vip, 1);
        var back = link.Wire.Advert("a", TimeSpan.FromSeconds(3), sent + (300 * WallClock.Millisecond));
        Expect.Duration(WallClock.Between(sent, back.Time), instance.MasterDownMilliseconds, 400, "higher advert to mastership");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("synthetic-priority-zero")]
    public void Master_PriorityZeroAdvert_AdvertisesAtOnceAndStays(Build build)
    {
        var link = Link("a");
        var a = link.Start(build, "a", new VrrpInstance { Interval = 2, Priority = 200 });
        link.Wire.Advert("a", TimeSpan.FromSeconds(10));

        var sent = Send(link, AdvertBuilder.Version3(priority: 0, centiseconds: 200, addresses: [Lan.Vip]));

        var answer = link.Wire.Advert("a", TimeSpan.FromSeconds(1), sent);
        Assert.That(WallClock.Between(sent, answer.Time).TotalMilliseconds, Is.LessThan(400));
        Assert.That(a.Holds(Lan.Vip), Is.True);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("synthetic-priority-zero")]
    public void Backup_PriorityZeroAdvert_TakesOverAfterTheSkewTime(Build build)
    {
        var link = Link("a");
        var instance = new VrrpInstance { Interval = 2, Priority = 100 };
        using var stranger = new Injector(link);
        var master = AdvertBuilder.Version3(priority: 200, centiseconds: 200, addresses: [Lan.Vip]);
        using (new Repeater(() => stranger.Send(master), TimeSpan.FromMilliseconds(100)))
        {
            var a = link.Start(build, "a", instance);
            a.ExpectLog("Entering BACKUP STATE", 3);
            Thread.Sleep(300);
        }

        var sent = Send(link, AdvertBuilder.Version3(priority: 0, centiseconds: 200, addresses: [Lan.Vip]));

        var takeover = link.Wire.Advert("a", TimeSpan.FromSeconds(4));
        Expect.Duration(WallClock.Between(sent, takeover.Time), instance.SkewMilliseconds, 400, "priority 0 to takeover");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("v3-interval-learned"), Scenario("v3-interval-slower-master")]
    public void Backup_SlowerMaster_WaitsThreeOfTheMastersIntervals(Build build)
    {
        var link = Link("a");
        var instance = new VrrpInstance { Interval = 0.1, Priority = 100 };
        using var stranger = new Injector(link);
        var master = AdvertBuilder.Version3(priority: 200, centiseconds: 50, addresses: [Lan.Vip]);
        long last = 0;
        using (new Repeater(() => { last = WallClock.Now; stranger.Send(master); }, TimeSpan.FromMilliseconds(100)))
        {
            var a = link.Start(build, "a", instance);
            a.ExpectLog("Entering BACKUP STATE", 3);
            Thread.Sleep(300);
        }

        var takeover = link.Wire.Advert("a", TimeSpan.FromSeconds(4));

        var learned = instance with { Interval = 0.5 };
        Expect.Duration(WallClock.Between(last, takeover.Time), learned.MasterDownMilliseconds, 400, "last advert to takeover");
        var own = link.Wire.Advert("a", TimeSpan.FromSeconds(1), takeover.Time);
        Expect.Duration(WallClock.Between(takeover.Time, own.Time), 100, 300, "a master uses its own interval");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("v2-interval-mismatch")]
    public void Version2_OtherInterval_IsDiscarded(Build first, Build second)
    {
        var link = Link("a", "b");
        var instance = new VrrpInstance { Version = 2 };
        var a = link.Start(first, "a", instance with { Priority = 200, Interval = 2 });
        var b = link.Start(second, "b", instance with { Priority = 100, Interval = 1 });

        b.ExpectHolding(Lan.Vip, 8);
        a.ExpectHolding(Lan.Vip, 10);
        Assert.That(b.Holds(Lan.Vip), Is.True, "neither hears the other");
    }

    private static long Send(Lan link, byte[] frame)
    {
        using var stranger = new Injector(link);
        var now = WallClock.Now;
        stranger.Send(frame);
        return now;
    }
}
