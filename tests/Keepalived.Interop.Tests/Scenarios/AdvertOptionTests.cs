using System.Globalization;
using Keepalived.Interop.Tests.Lab;
using Keepalived.Interop.Tests.Lab.Interop;
using Keepalived.Interop.Tests.Wire;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>Keywords that say what a router makes of the adverts of others, for one instance and for all of them.</summary>
internal sealed class AdvertOptionTests : ScenarioFixture
{
    private const int Lower = 50;
    private const int Higher = 255;
    private static readonly VrrpInstance Slow = new() { Interval = 10, Priority = 254 };

    [TestCase("", "", Lower, true), Scenario("lower-prio-no-advert"), Scenario("higher-prio-send-advert")]
    [TestCase("", "lower_prio_no_advert", Lower, false)]
    [TestCase("vrrp_lower_prio_no_advert", "", Lower, false)]
    [TestCase("vrrp_lower_prio_no_advert", "lower_prio_no_advert off", Lower, true)]
    [TestCase("vrrp_strict", "", Lower, false)]
    [TestCase("vrrp_strict", "strict_mode off", Lower, true)]
    [TestCase("", "", Higher, false)]
    [TestCase("", "higher_prio_send_advert", Higher, true)]
    [TestCase("vrrp_higher_prio_send_advert", "", Higher, true)]
    [TestCase("vrrp_higher_prio_send_advert", "higher_prio_send_advert off", Higher, false)]
    public void Master_AdvertOfAnother_IsAnsweredAsConfigured(string global, string line, int priority, bool isAnswered)
    {
        var link = Link("a");
        using var stranger = new Injector(link);
        var a = Master(link, stranger, Global(global), Slow with { Lines = [line] });

        var sent = WallClock.Now;
        stranger.Send(AdvertBuilder.Version3(priority, 1000, [Lan.Vip]));
        if (isAnswered)
            Assert.That(link.Wire.Advert("a", TimeSpan.FromSeconds(2), sent).Advert!.Priority, Is.EqualTo(254));
        if (priority == Higher)
            a.ExpectNotHolding(Lan.Vip, 5);
        else
            Assert.That(a.Holds(Lan.Vip), Is.True);
        Thread.Sleep(400);
        Assert.That(link.Wire.Adverts("a", sent), Has.Count.EqualTo(isAnswered ? 1 : 0), "the next one of its own would come after 10 s");
    }

    [TestCase("", "", true), Scenario("owner-ignore-adverts")]
    [TestCase("", "owner_ignore_adverts", false)]
    [TestCase("vrrp_owner_ignore_adverts", "", false)]
    [TestCase("vrrp_owner_ignore_adverts", "owner_ignore_adverts off", true)]
    [TestCase("vrrp_strict", "", false)]
    [TestCase("vrrp_strict", "owner_ignore_adverts off", true)]
    public void Owner_AdvertOfAnotherOwner_CountsAsConfigured(string global, string line, bool yields)
    {
        if (Pairs.Oracle)
            Assert.Ignore("the real one has no such keyword");
        var link = Link("a");
        using var stranger = new Injector(link);
        var a = link.Start(Build.Ours, "a", Global(global), new VrrpInstance { Priority = 255, State = "MASTER", Interval = 1, Lines = [line] });
        a.ExpectHolding(Lan.Vip, 8);

        stranger.Send(AdvertBuilder.Version3(255, 100, [Lan.Vip]));
        if (yields)
            a.ExpectLog("Entering BACKUP STATE", 5);
        Thread.Sleep(400);
        Assert.That(a.Holds(Lan.Vip), Is.EqualTo(!yields));
    }

    [TestCase("", "", true), Scenario("skip-check-adv-addr")]
    [TestCase("", "skip_check_adv_addr", false)]
    [TestCase("vrrp_skip_check_adv_addr", "", false)]
    [TestCase("vrrp_skip_check_adv_addr", "skip_check_adv_addr off", true)]
    public void Backup_OtherAddressesOfTheMasterItKnows_AreCountedAsConfigured(string global, string line, bool isChecked)
    {
        if (Pairs.Oracle && line.EndsWith(" off", StringComparison.Ordinal))
            Assert.Ignore("to the real one every word means on");
        var link = Link("a");
        using var stranger = new Injector(link);
        var a = link.Start(Pairs.Oracle ? Build.Real : Build.Ours, "a", Global(global), new VrrpInstance { Interval = 1, Lines = [line] });
        a.ExpectLog("Entering BACKUP STATE", 8);
        var master = AdvertBuilder.Version3(200, 100, [Lan.Vip]);
        Expect.Within(
            TimeSpan.FromSeconds(8),
            () =>
            {
                stranger.Send(master);
                return !Statistics().Contains("Advertisements:\n    Received: 0", StringComparison.Ordinal);
            },
            "it knows a master");
        Assert.That(Statistics(), Does.Contain("Address List: 0"));
        stranger.Send(AdvertBuilder.Version3(200, 100, ["10.90.0.101"]), AdvertBuilder.Version3(200, 100, ["10.90.0.101"]), master);
        if (isChecked)
            Expect.Within(TimeSpan.FromSeconds(5), () => Statistics().Contains("Address List: 2", StringComparison.Ordinal), "both are counted");
        Thread.Sleep(200);
        Assert.That(Statistics(), Does.Contain(isChecked ? "Address List: 2" : "Address List: 0"));
        Assert.That(a.Holds(Lan.Vip), Is.False, "heard it is");

        string Statistics() => a.Dump(Libc.User2, "keepalived.stats");
    }

    [TestCase("", "", true), Scenario("check-unicast-src")]
    [TestCase("", "check_unicast_src", false)]
    [TestCase("vrrp_check_unicast_src", "", false)]
    public void UnicastMaster_AdvertOfSomebodyWhoIsNoPeer_CountsAsConfigured(string global, string line, bool isHeard)
    {
        var link = Link("a");
        using var stranger = new Injector(link);
        var a = Master(
            link, stranger, Global(global), Slow with { Peers = [Lan.Address("b")], Lines = [line] },
            AdvertBuilder.Version3(0, 1000, [Lan.Vip], Lan.Address("b"), destination: Lan.Address("a")));

        stranger.Send(AdvertBuilder.Version3(Higher, 1000, [Lan.Vip], destination: Lan.Address("a")));
        if (isHeard)
            a.ExpectNotHolding(Lan.Vip, 5);
        Thread.Sleep(400);
        Assert.That(a.Holds(Lan.Vip), Is.EqualTo(!isHeard));
        stranger.Send(AdvertBuilder.Version3(Higher, 1000, [Lan.Vip], Lan.Address("b"), destination: Lan.Address("a")));
        a.ExpectNotHolding(Lan.Vip, 5);
    }

    [TestCase("", "", 3), Scenario("down-timer-adverts")]
    [TestCase("", "down_timer_adverts 1", 1)]
    [TestCase("vrrp_down_timer_adverts 4", "", 4)]
    [TestCase("vrrp_down_timer_adverts 9", "down_timer_adverts 2", 2)]
    public void Backup_MasterFallsSilent_WaitsForAsManyAdvertsAsConfigured(string global, string line, int adverts)
    {
        var link = Link("a");
        using var stranger = new Injector(link);
        var instance = new VrrpInstance { Interval = 0.8, Lines = [line] };
        var a = link.Start(Pairs.Oracle ? Build.Real : Build.Ours, "a", Global(global), instance);
        long last = 0;
        using (new Repeater(
            () =>
            {
                last = WallClock.Now;
                stranger.Send(AdvertBuilder.Version3(200, 80, [Lan.Vip]));
            },
            TimeSpan.FromMilliseconds(50)))
        {
            a.ExpectLog("Entering BACKUP STATE", 8);
            Thread.Sleep(500);
        }

        var takeover = link.Wire.Advert("a", TimeSpan.FromSeconds(8), last);
        Expect.Duration(
            WallClock.Between(last, takeover.Time), (adverts * 800) + instance.SkewMilliseconds, 700, "last advert to takeover");
    }

    [TestCase("", "", 2), Scenario("vrrp-version")]
    [TestCase("vrrp_version 3", "", 3)]
    [TestCase("vrrp_version 3", "version 2", 2)]
    public void Version_OfAnInstanceThatDoesNotSay_IsThatOfAll(string global, string line, int version)
    {
        var link = Link("a");
        link.Start(
            Pairs.Oracle ? Build.Real : Build.Ours, "a", Global(global),
            new VrrpInstance { Version = 0, Interval = 1, Priority = 255, State = "MASTER", Lines = [line] });
        Assert.That(link.Wire.Advert("a", TimeSpan.FromSeconds(8)).Advert!.Version, Is.EqualTo(version));
    }

    [TestCase("vrrp_garp_lower_prio_repeat 2\n vrrp_garp_lower_prio_delay 1", "", 2, 2), Scenario("garp-lower-prio")]
    [TestCase("vrrp_garp_lower_prio_repeat 2\n vrrp_garp_lower_prio_delay 1", "garp_lower_prio_repeat 3", 3, 3)]
    [TestCase("vrrp_garp_lower_prio_repeat 2\n vrrp_garp_lower_prio_delay 1", "garp_lower_prio_delay 0", 2, 0)]
    public void Master_AdvertOfLowerPriority_AnnouncesAsOftenAsConfigured(string global, string line, int atOnce, int later)
    {
        var link = Link("a");
        using var stranger = new Injector(link);
        Master(link, stranger, Global(global), Slow with { Lines = ["garp_master_delay 0", line] });
        var sent = WallClock.Now;
        stranger.Send(AdvertBuilder.Version3(Lower, 1000, [Lan.Vip]));
        Expect.Within(TimeSpan.FromSeconds(4), () => link.Wire.Announcements("a", Lan.Vip, sent).Count >= atOnce + later, "all announcements");
        Thread.Sleep(later == 0 ? 1400 : 300);
        double[] times = [.. link.Wire.Announcements("a", Lan.Vip, sent).Select(frame => WallClock.Between(sent, frame.Time).TotalSeconds)];
        Assert.That((times.Count(static time => time < 0.9), times.Count(static time => time >= 0.9)), Is.EqualTo((atOnce, later)), string.Join(' ', times));
    }

    private static string Global(string lines) => $"global_defs {{\n {lines}\n}}";

    /// <summary>A master without waiting for it: another one says that it ends.</summary>
    private static Router Master(Lan link, Injector stranger, string global, VrrpInstance instance, byte[]? goodbye = null)
    {
        var a = link.Start(Pairs.Oracle ? Build.Real : Build.Ours, "a", global, instance);
        goodbye ??= AdvertBuilder.Version3(0, (int)(instance.Interval * 100), [Lan.Vip]);
        a.ExpectLog("Entering BACKUP STATE", 8);
        Expect.Within(
            TimeSpan.FromSeconds(8),
            () =>
            {
                // Asked first, so that nothing is on its way when it holds the address.
                if (a.Holds(Lan.Vip))
                    return true;
                stranger.Send(goodbye);
                Thread.Sleep(100);
                return false;
            },
            string.Create(CultureInfo.InvariantCulture, $"{a} takes over from nobody"));
        Thread.Sleep(200);
        return a;
    }
}
