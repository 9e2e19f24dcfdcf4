using Keepalived.Bfd.Tests.Support;
using Keepalived.Bfd.Wire;
using static Keepalived.Bfd.Tests.Support.SessionHarness;

namespace Keepalived.Bfd.Tests.Conformance;

/// <summary>RFC 5880 §6.8.1 to §6.8.4, §6.8.7, §6.8.12: variables and timers.</summary>
public sealed class Rfc5880TimerTests
{
    [Test]
    public void B37_B38_InitialValues()
    {
        var harness = new SessionHarness();
        var session = harness.Session;
        Assert.That((session.State, session.RemoteState), Is.EqualTo((BfdState.Down, BfdState.Down)));
        Assert.That((session.RemoteDiscriminator, session.Diagnostic, session.IsRemoteDemand), Is.EqualTo((0u, BfdDiagnostic.None, false)));
        Assert.That(session.DesiredMinTxInterval, Is.EqualTo(Second));
        Assert.That(session.TransmitInterval, Is.EqualTo(Second), "the remote receive interval, 1 µs, does not count");
        harness.Advance(0);
        var first = harness.Last.Header;
        Assert.That((first.State, first.YourDiscriminator, first.DesiredMinTxInterval), Is.EqualTo((BfdState.Down, 0u, 1_000_000u)));
        Assert.That(first.Flags, Is.EqualTo(BfdFlags.None));
    }

    [Test]
    public void B39_MultiplierZero_IsNoOption() =>
        Assert.That(() => (Fast with { DetectMultiplier = 0 }).Validate(), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void B40_DetectionTimePasses_RemoteDiscriminatorBecomesZero([Values] bool isUp)
    {
        var harness = new SessionHarness();
        if (isUp)
            harness.BringUp();
        else
            harness.Receive(BfdState.Up);
        Assert.That(harness.Session.RemoteDiscriminator, Is.EqualTo(Theirs));
        harness.Advance(harness.Session.DetectionTime - 1);
        Assert.That(harness.Session.RemoteDiscriminator, Is.EqualTo(Theirs));
        harness.Advance(1);
        Assert.That(harness.Session.RemoteDiscriminator, Is.Zero);
        harness.Advance(2 * Second);
        Assert.That(harness.Last.Header.YourDiscriminator, Is.Zero);
    }

    [Test]
    public void B41_B76_State_SurvivesADetectionTimeAndWhilePacketsArrive()
    {
        var harness = new SessionHarness();
        harness.Receive(BfdState.AdminDown);
        harness.Peer = harness.Peer with { State = BfdState.AdminDown };
        harness.AdvanceAlive(60 * Second);
        Assert.That(harness.Session.RemoteDiscriminator, Is.EqualTo(Theirs));
        Assert.That(harness.Session.DetectionTime, Is.EqualTo(300 * Millisecond));
        Assert.That(harness.Session.RemoteState, Is.EqualTo(BfdState.AdminDown));
    }

    [Test]
    public void B42_NotUp_DesiredTxIsAtLeastASecond_AnnouncedAndUsed()
    {
        var harness = new SessionHarness().BringUp();
        harness.Receive(BfdState.Down);
        harness.Advance(10 * Second);
        Assert.That(harness.Sent, Has.All.Matches<SentPacket>(packet => packet.Header.DesiredMinTxInterval == 1_000_000));
        Assert.That(Gaps(harness).Min(), Is.GreaterThanOrEqualTo(750 * Millisecond));
        Assert.That(
            () => (Fast with { SlowTxInterval = TimeSpan.FromMilliseconds(999) }).Validate(),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [TestCase(100, 250u)]
    [TestCase(250, 100u)]
    public void B43_Periodic_NotFasterThanBothSidesSay(int desired, uint required)
    {
        var harness = new SessionHarness(Fast with { DesiredMinTxInterval = TimeSpan.FromMilliseconds(desired) });
        harness.Peer = harness.Peer with { RequiredMinRxInterval = required * 1000 };
        harness.BringUp();
        harness.AdvanceAlive(100 * Second);
        var gaps = Gaps(harness);
        Assert.That(gaps.Max(), Is.InRange(248 * Millisecond, 250 * Millisecond));
        Assert.That(gaps.Min(), Is.InRange(250 * Millisecond * 3 / 4, 190 * Millisecond));
    }

    [Test]
    public void B44_Intervals_AreShortenedByUpToAQuarterAtRandom()
    {
        var harness = new SessionHarness().BringUp();
        harness.AdvanceAlive(1000 * Second);
        var gaps = Gaps(harness);
        Assert.That(gaps.Min(), Is.InRange(75 * Millisecond, 76 * Millisecond));
        Assert.That(gaps.Max(), Is.InRange(99 * Millisecond, 100 * Millisecond));
        Assert.That(gaps.Average(), Is.EqualTo(87.5 * Millisecond).Within(0.5 * Millisecond));
    }

    [Test]
    public void B45_MultiplierOne_IntervalsAreBetween75And90Percent()
    {
        var harness = new SessionHarness(Fast with { DetectMultiplier = 1 }).BringUp();
        harness.AdvanceAlive(1000 * Second);
        var gaps = Gaps(harness);
        Assert.That(gaps.Min(), Is.InRange(75 * Millisecond, 76 * Millisecond));
        Assert.That(gaps.Max(), Is.InRange(89 * Millisecond, 90 * Millisecond));
    }

    [Test]
    public void B46_RaisedDesiredTx_IsUsedOnlyAfterTheFinal()
    {
        var harness = new SessionHarness().BringUp();
        harness.Session.Reconfigure(Fast with { DesiredMinTxInterval = TimeSpan.FromMilliseconds(400) }, harness.Now);
        harness.AdvanceAlive(Second);
        Assert.That(harness.Last.Header.DesiredMinTxInterval, Is.EqualTo(400_000), "announced");
        Assert.That(harness.Session.TransmitInterval, Is.EqualTo(100 * Millisecond), "not yet used");
        harness.Receive(BfdState.Up, BfdFlags.Final);
        Assert.That(harness.Session.TransmitInterval, Is.EqualTo(400 * Millisecond));
    }

    [Test]
    public void B47_LoweredRequiredRx_CountsInTheDetectionTimeOnlyAfterTheFinal()
    {
        var harness = new SessionHarness();
        harness.Peer = harness.Peer with { DesiredMinTxInterval = 20_000 };
        harness.BringUp();
        harness.Session.Reconfigure(Fast with { RequiredMinRxInterval = TimeSpan.FromMilliseconds(50) }, harness.Now);
        harness.AdvanceAlive(200 * Millisecond, 20 * Millisecond);
        Assert.That(harness.Last.Header.RequiredMinRxInterval, Is.EqualTo(50_000));
        Assert.That(harness.Session.DetectionTime, Is.EqualTo(300 * Millisecond));
        harness.Receive(BfdState.Up, BfdFlags.Final);
        Assert.That(harness.Session.DetectionTime, Is.EqualTo(150 * Millisecond));
    }

    [TestCase(30, 60, TestName = "B48_RemoteRequiredRxShrinks_NextPacketIsAtMostOneNewIntervalAfterTheLast")]
    [TestCase(200, 200, TestName = "B48_RemoteRequiredRxShrinks_NextPacketIsSentAtOnceIfThatHasPassed")]
    public void B48_RemoteRequiredRxShrinks(int elapsed, int latest)
    {
        var harness = new SessionHarness(Fast with { DesiredMinTxInterval = TimeSpan.FromMilliseconds(60) });
        harness.Peer = harness.Peer with { RequiredMinRxInterval = 3_000_000 };
        harness.BringUp();
        harness.AdvanceAlive(5 * Second);
        var last = harness.Last.Time;
        while (harness.Last.Time == last)
            harness.AdvanceAlive(Millisecond, Millisecond);
        last = harness.Last.Time;
        harness.AdvanceAlive((elapsed * Millisecond) - (harness.Now - last), 10 * Millisecond);
        harness.Receive(harness.Peer with { RequiredMinRxInterval = 1000 });
        harness.Advance(60 * Millisecond);
        var next = harness.Sent.First(packet => packet.Time > last);
        Assert.That(next.Time - last, Is.LessThanOrEqualTo(latest * Millisecond));
    }

    [Test]
    public void B49_OtherChanges_TakeEffectAtOnce()
    {
        var harness = new SessionHarness().BringUp();
        harness.Session.Reconfigure(Fast with { DesiredMinTxInterval = TimeSpan.FromMilliseconds(50) }, harness.Now);
        harness.Receive(harness.Peer with { RequiredMinRxInterval = 10_000 });
        Assert.That(harness.Session.TransmitInterval, Is.EqualTo(50 * Millisecond), "faster");

        harness = new SessionHarness().BringUp();
        harness.Session.Reconfigure(Fast with { RequiredMinRxInterval = TimeSpan.FromMilliseconds(400) }, harness.Now);
        Assert.That(harness.Session.DetectionTime, Is.EqualTo(1200 * Millisecond), "more patient");

        harness.Receive(harness.Peer with { DesiredMinTxInterval = 500_000, DetectMultiplier = 4, RequiredMinRxInterval = 700_000 });
        Assert.That(harness.Session.DetectionTime, Is.EqualTo(2000 * Millisecond));
        Assert.That(harness.Session.TransmitInterval, Is.EqualTo(700 * Millisecond));
    }

    [TestCase(4, 250u, 100, 1000)]
    [TestCase(3, 100u, 100, 300)]
    [TestCase(2, 50u, 200, 400)]
    [TestCase(255, 4_294_967u, 10, 1095216585)]
    public void B50_DetectionTime_IsReceivedMultiplierByTheSlowerOfBoth(int multiplier, uint remoteTx, int requiredRx, long expected)
    {
        var harness = new SessionHarness(Fast with { RequiredMinRxInterval = TimeSpan.FromMilliseconds(requiredRx), DetectMultiplier = 7 });
        harness.Receive(harness.Peer with { DetectMultiplier = (byte)multiplier, DesiredMinTxInterval = remoteTx * 1000 });
        Assert.That(harness.Session.DetectionTime, Is.EqualTo(expected * Millisecond));
    }

    [Test]
    public void B51_DetectionTimePassesInUp_GoesDownWithDiagnosticOneOnTheNanosecond()
    {
        var harness = new SessionHarness().BringUp();
        harness.Advance((300 * Millisecond) - 1);
        Assert.That(harness.Session.State, Is.EqualTo(BfdState.Up));
        harness.Advance(1);
        Assert.That(
            (harness.Session.State, harness.Session.Diagnostic), Is.EqualTo((BfdState.Down, BfdDiagnostic.ControlDetectionTimeExpired)));
        Assert.That((harness.Last.Time, harness.Last.Header.State), Is.EqualTo((harness.Now, BfdState.Down)), "and says so at once");
        Assert.That(harness.Changes[^1].Lateness, Is.Zero);
    }

    [Test]
    public void B51_LateDriver_IsToldHowLate()
    {
        var harness = new SessionHarness().BringUp();
        harness.Sleep(312 * Millisecond);
        harness.Session.HandleTimeout(harness.Now);
        harness.Drain();
        Assert.That(harness.Changes[^1].Lateness, Is.EqualTo(12 * Millisecond));
        Assert.That(harness.Session.Statistics.DetectionLateness, Is.EqualTo(12 * Millisecond));
    }

    [Test]
    public void B51_LateDriverThatDrainsItsSocketFirst_KeepsTheSession()
    {
        var harness = new SessionHarness().BringUp();
        harness.Sleep(Second);
        harness.Receive(harness.Peer);
        harness.Session.HandleTimeout(harness.Now);
        harness.Drain();
        Assert.That(harness.Session.State, Is.EqualTo(BfdState.Up));
        Assert.That(harness.Session.Statistics.MaximumTransmitLateness, Is.InRange(900 * Millisecond, 930 * Millisecond));
    }

    [Test]
    public void B52_DiscardedPackets_DoNotKeepTheSession()
    {
        var harness = new SessionHarness().BringUp();
        for (var i = 0; i < 40; i++)
        {
            harness.Advance(10 * Millisecond);
            harness.Receive(harness.Peer, hopLimit: 254);
            harness.Receive(harness.Peer with { MyDiscriminator = 0 });
            harness.Receive(harness.Peer, key: new BfdKey(1, BfdAuthenticationType.KeyedMd5, "x"u8));
        }

        Assert.That(harness.Session.Diagnostic, Is.EqualTo(BfdDiagnostic.ControlDetectionTimeExpired));
    }

    [Test]
    public void B53_RemoteRequiredRxZero_NothingPeriodicIsSent()
    {
        var harness = new SessionHarness().BringUp();
        harness.Peer = harness.Peer with { RequiredMinRxInterval = 0 };
        harness.Receive(harness.Peer);
        harness.AdvanceAlive(10 * Second);
        Assert.That(harness.Sent, Is.Empty);
        harness.Receive(harness.Peer with { Flags = BfdFlags.Poll });
        Assert.That(harness.Last.IsFinal, Is.True, "polls are answered");

        harness.Peer = harness.Peer with { RequiredMinRxInterval = 100_000 };
        harness.AdvanceAlive(Second);
        Assert.That(harness.Sent, Has.Count.InRange(11, 16));
    }

    [Test]
    public void B53_NeighbourThatWantedNothingAndVanished_IsSpokenToAgain()
    {
        var harness = new SessionHarness().BringUp();
        harness.Receive(harness.Peer with { RequiredMinRxInterval = 0 });
        harness.Advance(Second);
        harness.Sent.Clear();
        harness.Advance(10 * Second);
        Assert.That(harness.Sent, Has.Count.InRange(9, 14));
    }

    [Test]
    public void B55_ChangedStateOrDiagnostic_IsSentAtOnce()
    {
        var harness = new SessionHarness().BringUp();
        harness.Advance(Millisecond);
        harness.Receive(BfdState.Down);
        Assert.That((harness.Last.Time, harness.Last.Header.State), Is.EqualTo((harness.Now, BfdState.Down)));

        harness = new SessionHarness().BringUp();
        harness.Session.SignalConcatenatedPath(BfdDiagnostic.ConcatenatedPathDown, harness.Now);
        harness.Drain();
        Assert.That((harness.Last.Time, harness.Last.Header.Diagnostic), Is.EqualTo((harness.Now, BfdDiagnostic.ConcatenatedPathDown)));
        Assert.That(harness.Session.State, Is.EqualTo(BfdState.Up));
    }

    [Test]
    public void B58_ChangedMultiplier_IsSentWithTheNextPacketWithoutAPoll()
    {
        var harness = new SessionHarness().BringUp();
        harness.Session.Reconfigure(Fast with { DetectMultiplier = 9 }, harness.Now);
        harness.Drain();
        Assert.That(harness.Sent, Is.Empty);
        harness.Advance(100 * Millisecond);
        Assert.That((harness.Last.Header.DetectMultiplier, harness.Last.IsPoll), Is.EqualTo(((byte)9, false)));
    }

    private static long[] Gaps(SessionHarness harness)
    {
        var times = harness.Sent.Select(packet => packet.Time).ToArray();
        Assert.That(times, Has.Length.GreaterThan(5));
        return [.. times.Zip(times.Skip(1), (first, second) => second - first)];
    }
}
