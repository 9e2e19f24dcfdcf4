namespace Keepalived.Vrrp.Tests.Core;

/// <summary>The schedule of gratuitous ARP and neighbour advertisements.</summary>
public sealed class AnnouncementTests
{
    [Test]
    public void BecomingMaster_Defaults_AnnouncesFiveTimesAndAgainAfterFiveSeconds()
    {
        var harness = new RouterHarness().Start();
        harness.Elapse(60 * RouterHarness.Second);
        var master = harness.Log.First(static entry => entry.Action.Kind == VrrpActionKind.ConfigureAddresses).Time;

        Assert.That(Bursts(harness, master), Is.EqualTo(new[]
        {
            (0L, 5, VrrpAnnouncementReason.BecameMaster),
            (5 * RouterHarness.Second, 5, VrrpAnnouncementReason.Repeated),
        }));
    }

    [Test]
    public void Refresh_Configured_StartsAfterDelayAndRefreshAndGoesOn()
    {
        var schedule = new VrrpAnnouncementOptions
        {
            Delay = TimeSpan.FromSeconds(2),
            Repeat = 3,
            Refresh = TimeSpan.FromSeconds(10),
            RefreshRepeat = 2,
        };
        var harness = new RouterHarness(RouterHarness.V3() with { Announcements = schedule }).Start();
        harness.Elapse(harness.Router.MasterDownInterval);
        var master = harness.Now;
        harness.Elapse(35 * RouterHarness.Second);

        Assert.That(Bursts(harness, master), Is.EqualTo(new[]
        {
            (0L, 3, VrrpAnnouncementReason.BecameMaster),
            (2 * RouterHarness.Second, 3, VrrpAnnouncementReason.Repeated),
            (12 * RouterHarness.Second, 2, VrrpAnnouncementReason.Refresh),
            (22 * RouterHarness.Second, 2, VrrpAnnouncementReason.Refresh),
            (32 * RouterHarness.Second, 2, VrrpAnnouncementReason.Refresh),
        }));
    }

    [Test]
    public void ExtraInterval_Configured_StartsAfterDelayAndIntervalAndGoesOnWhileMaster()
    {
        var schedule = new VrrpAnnouncementOptions { Delay = TimeSpan.FromSeconds(2), Repeat = 1, ExtraInterval = TimeSpan.FromSeconds(10) };
        var harness = new RouterHarness(RouterHarness.V3() with { Announcements = schedule }).Start();
        harness.Elapse(harness.Router.MasterDownInterval);
        var master = harness.Now;
        harness.Elapse(25 * RouterHarness.Second);

        Assert.That(Bursts(harness, master), Is.EqualTo(new[]
        {
            (0L, 1, VrrpAnnouncementReason.BecameMaster),
            (2 * RouterHarness.Second, 1, VrrpAnnouncementReason.Repeated),
            (12 * RouterHarness.Second, 1, VrrpAnnouncementReason.ExtraInterfaces),
            (22 * RouterHarness.Second, 1, VrrpAnnouncementReason.ExtraInterfaces),
        }));
    }

    [Test]
    public void Delay_Zero_MeansNoSecondBurst()
    {
        var harness = new RouterHarness(RouterHarness.V3() with { Announcements = new() { Delay = TimeSpan.Zero } }).Start();
        harness.Elapse(60 * RouterHarness.Second);
        Assert.That(harness.Kinds.Count(static kind => kind == VrrpActionKind.AnnounceAddresses), Is.EqualTo(1));
    }

    [Test]
    public void LeavingMaster_Always_CancelsWhatWasPlanned()
    {
        var schedule = new VrrpAnnouncementOptions { Refresh = TimeSpan.FromSeconds(1) };
        var harness = new RouterHarness(RouterHarness.V3() with { Announcements = schedule }).StartMaster();
        harness.Receive(50, RouterHarness.LowerAddress);
        harness.Receive(200, RouterHarness.LowerAddress);
        harness.Log.Clear();
        for (var i = 0; i < 30; i++)
        {
            harness.Elapse(RouterHarness.Second);
            harness.Receive(200, RouterHarness.LowerAddress);
        }

        Assert.That(harness.Kinds, Is.Empty);
    }

    [Test]
    public void Flapping_ManyTimes_LeavesOneRefreshChain()
    {
        var schedule = new VrrpAnnouncementOptions { Delay = TimeSpan.FromSeconds(1), Refresh = TimeSpan.FromSeconds(5) };
        var harness = new RouterHarness(RouterHarness.V3() with { Announcements = schedule }).StartMaster();
        for (var i = 0; i < 5; i++)
        {
            harness.Receive(200, RouterHarness.LowerAddress);
            harness.Elapse(5 * RouterHarness.Second);
        }

        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Master));
        harness.Elapse(10 * RouterHarness.Second);
        harness.Log.Clear();
        harness.Elapse(50 * RouterHarness.Second);
        Assert.That(harness.Kinds.Count(static kind => kind == VrrpActionKind.AnnounceAddresses), Is.EqualTo(10));
    }

    [Test]
    public void LowerPriorityHeard_Configured_AnnouncesTwice()
    {
        var schedule = new VrrpAnnouncementOptions
        {
            Delay = TimeSpan.Zero,
            LowerPriorityRepeat = 2,
            LowerPriorityDelay = TimeSpan.FromSeconds(3),
        };
        var harness = new RouterHarness(RouterHarness.V3() with { Announcements = schedule }).StartMaster();
        harness.Receive(50, RouterHarness.LowerAddress);
        harness.Elapse(10 * RouterHarness.Second);

        Assert.That(Bursts(harness, RouterHarness.Epoch).Select(static burst => (burst.Rounds, burst.Reason)), Is.EqualTo(new[]
        {
            (2, VrrpAnnouncementReason.LowerPriorityReceived), (2, VrrpAnnouncementReason.LowerPriorityRepeated),
        }));
    }

    [Test]
    public void LowerPriorityHeard_RepeatZero_AnnouncesNothing()
    {
        var schedule = new VrrpAnnouncementOptions { Delay = TimeSpan.Zero, LowerPriorityRepeat = 0 };
        var harness = new RouterHarness(RouterHarness.V3() with { Announcements = schedule }).StartMaster();
        harness.Receive(50, RouterHarness.LowerAddress);
        harness.Elapse(10 * RouterHarness.Second);

        Assert.That(harness.Kinds, Does.Not.Contain(VrrpActionKind.AnnounceAddresses));
    }

    private static IEnumerable<(long Offset, int Rounds, VrrpAnnouncementReason Reason)> Bursts(RouterHarness harness, long start) =>
        harness.Log.Where(static entry => entry.Action.Kind == VrrpActionKind.AnnounceAddresses)
            .Select(entry => (entry.Time - start, entry.Action.Rounds, entry.Action.AnnouncementReason));
}
