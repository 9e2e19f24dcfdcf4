using Keepalived.Netlink.Io;

namespace Keepalived.Vrrp.Tests.Core;

/// <summary>What keepalived adds to state Backup: preemption delay, notices, priority changes.</summary>
public sealed class BackupTests
{
    [Test]
    public void PreemptDelay_LowerMaster_IsPreemptedAtTheVerifiedTime()
    {
        // Priority 203 against 103, interval 1 s, delay 3 s: followed up to t = 2, discarded from t = 3, taken over at 5.207 s.
        var harness = new RouterHarness(RouterHarness.V2(203) with { PreemptDelay = TimeSpan.FromSeconds(3) }).Start();
        for (var second = 0; second < 5; second++)
        {
            Assert.That(harness.Receive(103, RouterHarness.LowerAddress), Is.EqualTo(VrrpDiscardReason.None));
            harness.Elapse(RouterHarness.Second);
        }

        harness.Elapse(RouterHarness.Second);
        var master = harness.Log.Single(static entry => entry.Action is { Kind: VrrpActionKind.StateChanged, State: VrrpState.Master });
        Assert.That(master.Time - RouterHarness.Epoch, Is.EqualTo(5_207_031 * MonotonicClock.Microsecond));
    }

    [Test]
    public void PreemptDelay_BetterMasterInBetween_StartsAgain()
    {
        var harness = new RouterHarness(RouterHarness.V2(200) with { PreemptDelay = TimeSpan.FromSeconds(2) }).Start();
        harness.Receive(100, RouterHarness.LowerAddress);
        harness.Elapse(RouterHarness.Second);
        harness.Receive(200, RouterHarness.LowerAddress);
        harness.Elapse(2 * RouterHarness.Second);
        harness.Receive(100, RouterHarness.LowerAddress);

        Assert.That(harness.Router.NextDeadline - harness.Now, Is.EqualTo(harness.Router.MasterDownInterval), "a new delay has begun");
        Assert.That(harness.Notices.Count(static notice => notice == VrrpNotice.PreemptDelayStarted), Is.EqualTo(2));
    }

    [Test]
    public void SetPriority_Backup_ShiftsTheDeadlineByTheSkew()
    {
        var harness = new RouterHarness(RouterHarness.V3(100)).Start();
        harness.Elapse(RouterHarness.Second);
        harness.Do(static (router, now) => router.SetPriority(200, now));

        Assert.That(harness.Router.EffectivePriority, Is.EqualTo(200));
        Assert.That(harness.Router.NextDeadline - RouterHarness.Epoch, Is.EqualTo(3_218_750 * MonotonicClock.Microsecond));
        var change = harness.Actions.Single(static action => action.Kind == VrrpActionKind.PriorityChanged);
        Assert.That((change.PreviousPriority, change.Priority), Is.EqualTo(((byte)100, (byte)200)));
    }

    [Test]
    public void SetPriority_AfterPriorityZero_KeepsTheSkewShort()
    {
        var harness = new RouterHarness(RouterHarness.V3(100)).Start();
        harness.Receive(0, RouterHarness.LowerAddress);
        harness.Do(static (router, now) => router.SetPriority(200, now));

        Assert.That(harness.Router.NextDeadline - harness.Now, Is.EqualTo(harness.Router.SkewTime));
    }

    [Test]
    public void SetPriority_ShiftBeforeThePresent_IsDueNow()
    {
        var harness = new RouterHarness(RouterHarness.V3(1)).Start();
        harness.Elapse(harness.Router.NextDeadline - harness.Now - 1);
        harness.Do(static (router, now) => router.SetPriority(254, now));

        Assert.That(harness.Router.NextDeadline, Is.EqualTo(harness.Now));
    }

    [Test]
    public void Receive_AnotherMaster_IsNoticedOnce()
    {
        var harness = new RouterHarness().Start();
        harness.Receive(200, RouterHarness.LowerAddress);
        harness.Receive(200, RouterHarness.LowerAddress);
        harness.Receive(201, RouterHarness.HigherAddress);

        var changes = harness.Actions.Where(static action => action.Notice == VrrpNotice.MasterChanged).ToList();
        Assert.That(
            changes.Select(static action => action.Address),
            Is.EqualTo(new[] { RouterHarness.LowerAddress, RouterHarness.HigherAddress }));
        Assert.That(harness.Router.MasterAddress, Is.EqualTo(RouterHarness.HigherAddress));
        Assert.That(harness.Router.MasterPriority, Is.EqualTo(201));
    }

    [Test]
    public void Receive_ManyBadPackets_GiveOneNoticeAReason()
    {
        var harness = new RouterHarness().Start();
        for (var i = 0; i < 50; i++)
        {
            harness.ReceiveChanged(200, RouterHarness.LowerAddress, null, static packet => packet[26] ^= 1);
            harness.ReceiveChanged(200, RouterHarness.LowerAddress, null, static packet => packet[8] = 7);
        }

        Assert.That(harness.Router.Statistics.ChecksumErrors, Is.EqualTo(50));
        Assert.That(harness.Router.Statistics.HopLimitErrors, Is.EqualTo(50));
        Assert.That(harness.Actions.Count(static action => action.Notice == VrrpNotice.Discarded), Is.EqualTo(2));
    }

    [Test]
    public void Receive_FromAChangedMaster_ClearsTheNoticeClasses()
    {
        var harness = new RouterHarness().Start();
        harness.Receive(200, RouterHarness.LowerAddress);
        harness.ReceiveChanged(200, RouterHarness.LowerAddress, null, static packet => packet[26] ^= 1);
        harness.Receive(200, RouterHarness.HigherAddress);
        harness.ReceiveChanged(200, RouterHarness.LowerAddress, null, static packet => packet[26] ^= 1);

        Assert.That(harness.Actions.Count(static action => action.Notice == VrrpNotice.Discarded), Is.EqualTo(2));
    }

    [Test]
    public void Stop_Backup_IsReportedAndCanStartAgain()
    {
        var harness = new RouterHarness().Start();
        harness.Do(static (router, now) => router.Stop(now));
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Initialize));
        Assert.That(harness.Router.NextDeadline, Is.EqualTo(MonotonicClock.Never));
        harness.Start();
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Backup));
    }

    [Test]
    public void Start_Twice_Throws()
    {
        var harness = new RouterHarness().Start();
        Assert.That(() => harness.Router.Start(harness.Now), Throws.InvalidOperationException);
    }

    [Test]
    public void Receive_OfManyMasters_TellsOfFewChanges()
    {
        var harness = new RouterHarness(RouterHarness.V3(100)).Start();
        for (var i = 0; i < 2000; i++)
        {
            harness.Receive(200, i % 2 == 0 ? RouterHarness.LowerAddress : RouterHarness.HigherAddress);
            harness.Elapse(10 * RouterHarness.Millisecond);
        }

        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Backup));
        Assert.That(Told(), Is.InRange(10, 10 + 21), "ten at once and one a second");

        harness.Elapse(2 * RouterHarness.Second);
        var before = Told();
        harness.Receive(200, RouterHarness.LowerAddress);
        Assert.That(Told(), Is.EqualTo(before + 1), "and of the next one after that");

        int Told() => harness.Notices.Count(static notice => notice == VrrpNotice.MasterChanged);
    }
}
