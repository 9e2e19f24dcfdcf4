using Keepalived.Netlink.Io;

namespace Keepalived.Vrrp.Tests.Core;

public sealed class TimingTests
{
    // Priority, interval in milliseconds, expected microseconds: (256 - p) * (µs / 10000) * 625 / 16 in whole numbers.
    [TestCase(100, 1000, 609_375)]
    [TestCase(200, 1000, 218_750)]
    [TestCase(254, 1000, 7_812)]
    [TestCase(255, 1000, 3_906)]
    [TestCase(1, 1000, 996_093)]
    [TestCase(100, 10, 6_093)]
    [TestCase(100, 100, 60_937)]
    [TestCase(100, 40_950, 24_953_906)]
    public void SkewTime_Version3_IsWholeMicroseconds(int priority, int milliseconds, long microseconds) => Assert.That(
        VrrpIntervals.SkewTime(VrrpVersion.V3, priority, milliseconds * MonotonicClock.Millisecond),
        Is.EqualTo(microseconds * MonotonicClock.Microsecond));

    [TestCase(100, 609_375)]
    [TestCase(200, 218_750)]
    [TestCase(203, 207_031)]
    [TestCase(255, 3_906)]
    public void SkewTime_Version2_DoesNotDependOnTheInterval(int priority, long microseconds)
    {
        foreach (var seconds in (int[])[1, 10, 255])
        {
            Assert.That(
                VrrpIntervals.SkewTime(VrrpVersion.V2, priority, seconds * MonotonicClock.Second),
                Is.EqualTo(microseconds * MonotonicClock.Microsecond));
        }
    }

    [Test]
    public void MasterDownInterval_Defaults_IsThreeIntervalsAndSkew() => Assert.That(
        VrrpIntervals.MasterDownInterval(VrrpVersion.V3, 100, MonotonicClock.Second),
        Is.EqualTo(3_609_375 * MonotonicClock.Microsecond));

    [Test]
    public void MasterDownInterval_DownTimerAdverts_MultipliesTheInterval()
    {
        var harness = new RouterHarness(RouterHarness.V3() with { DownTimerAdverts = 10 }).Start();
        Assert.That(harness.Router.NextDeadline - harness.Now, Is.EqualTo(10_609_375 * MonotonicClock.Microsecond));
    }

    [Test]
    public void Master_LateTimer_DoesNotAddUp()
    {
        var harness = new RouterHarness().StartMaster();
        var due = harness.Router.NextDeadline;
        harness.Sleep(due - harness.Now + (30 * RouterHarness.Millisecond));

        Assert.That(harness.Router.NextDeadline, Is.EqualTo(due + RouterHarness.Second));
        harness.Sleep(5 * RouterHarness.Second);
        Assert.That(harness.Router.NextDeadline, Is.EqualTo(harness.Now + RouterHarness.Second), "no burst after a long sleep");
    }

    [Test]
    public void HandleTimeout_Early_DoesNothing()
    {
        var harness = new RouterHarness().Start();
        harness.Log.Clear();
        var deadline = harness.Router.NextDeadline;
        harness.Router.HandleTimeout(deadline - 1);

        Assert.That(harness.Router.NextDeadline, Is.EqualTo(deadline));
        Assert.That(harness.Router.TryDequeue(out _), Is.False);
    }

    [Test]
    public void Master_VeryLateTimerWithLateTimerPeerPriority_StepsBackInSilence()
    {
        var options = RouterHarness.V3() with { Preempt = false, LateTimerPeerPriority = 254 };
        var harness = new RouterHarness(options).StartMaster();
        harness.Sleep((3 * RouterHarness.Second) + (8 * RouterHarness.Millisecond));

        Assert.That(harness.Kinds, Is.EqualTo(new[] { VrrpActionKind.RemoveAddresses, VrrpActionKind.StateChanged }));
        Assert.That(harness.Actions.Last().StateReason, Is.EqualTo(VrrpStateReason.TimerLate));
    }

    [Test]
    public void Master_SomewhatLateTimerWithLateTimerPeerPriority_Advertises()
    {
        var options = RouterHarness.V3() with { Preempt = false, LateTimerPeerPriority = 254 };
        var harness = new RouterHarness(options).StartMaster();
        harness.Sleep(3 * RouterHarness.Second);

        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Master));
        Assert.That(harness.Adverts.Count(), Is.EqualTo(1));
    }

    [Test]
    public void Start_WithStartupDelay_HearsAndSaysNothingUntilItsEnd()
    {
        var harness = new RouterHarness().Start(startupDelay: 10 * RouterHarness.Second);

        Assert.That(harness.Receive(200, RouterHarness.LowerAddress), Is.EqualTo(VrrpDiscardReason.StartupDelay));
        Assert.That(harness.Router.NextDeadline - harness.Now, Is.EqualTo(13_609_375 * MonotonicClock.Microsecond));
        harness.Elapse(10 * RouterHarness.Second);
        Assert.That(harness.Receive(200, RouterHarness.LowerAddress), Is.EqualTo(VrrpDiscardReason.None));
    }

    [Test]
    public void Owner_WithStartupDelay_AdvertisesAtItsEnd()
    {
        var harness = new RouterHarness(RouterHarness.V3(255)).Start(startupDelay: 2 * RouterHarness.Second);
        harness.Elapse(2 * RouterHarness.Second);
        Assert.That(harness.Adverts, Is.Empty);
        harness.Elapse(MonotonicClock.Microsecond);
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Master));
    }

    [Test]
    public void Owner_FaultClearedDuringStartupDelay_DoesEverythingAtItsEnd()
    {
        var harness = new RouterHarness(RouterHarness.V3(255));
        var fault = new VrrpFault(VrrpFaultReason.InterfaceDown, 2);
        harness.Do((router, now) => router.SetFault(fault, true, now));
        harness.Start(startupDelay: 5 * RouterHarness.Second);
        harness.Do((router, now) => router.SetFault(fault, false, now));
        Assert.That(harness.Adverts, Is.Empty);
        harness.Elapse(6 * RouterHarness.Second);

        Assert.That(harness.Kinds, Does.Contain(VrrpActionKind.ConfigureAddresses));
        Assert.That(harness.Adverts.Count(), Is.EqualTo(1));
        Assert.That(harness.Log[^1].Time, Is.EqualTo(RouterHarness.Epoch + (5 * RouterHarness.Second) + MonotonicClock.Microsecond));
    }

    [Test]
    public void SetStartupDelay_EndsEarlier_MovesTheDeadline()
    {
        var harness = new RouterHarness().Start(startupDelay: 10 * RouterHarness.Second);
        harness.Elapse(RouterHarness.Second);
        harness.Do(static (router, now) => router.SetStartupDelay(0, now));

        Assert.That(harness.Router.NextDeadline - harness.Now, Is.EqualTo(harness.Router.MasterDownInterval));
    }

    [Test]
    public void SetStartupDelay_AfterItsEnd_DoesNotSilenceARouterThatRuns()
    {
        var harness = new RouterHarness().StartMaster();
        harness.Do(static (router, now) => router.SetStartupDelay(now + (60 * RouterHarness.Second), now));
        harness.Elapse(10 * RouterHarness.Second);

        Assert.That(harness.Adverts.Count(), Is.EqualTo(10));
        Assert.That(harness.Receive(50, RouterHarness.LowerAddress), Is.EqualTo(VrrpDiscardReason.None));
    }
}
