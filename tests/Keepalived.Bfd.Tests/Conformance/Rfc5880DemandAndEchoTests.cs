using Keepalived.Bfd.Tests.Support;
using Keepalived.Bfd.Wire;
using static Keepalived.Bfd.Tests.Support.SessionHarness;

namespace Keepalived.Bfd.Tests.Conformance;

/// <summary>RFC 5880 §6.4, §6.6, §6.8.5, §6.8.8, §6.8.9: demand mode and echo.</summary>
public sealed class Rfc5880DemandAndEchoTests
{
    private static readonly BfdSessionOptions Demand = Fast with { DemandMode = true };
    private static readonly BfdSessionOptions Echo = Fast with { EchoTxInterval = TimeSpan.FromMilliseconds(40) };

    [Test]
    public void B23_DemandBit_OnlyWhenBothSidesAreUp()
    {
        var harness = new SessionHarness(Demand);
        harness.Advance(0);
        harness.Peer = harness.Peer with { State = BfdState.Init };
        harness.AdvanceAlive(Second);
        Assert.That(harness.Session.State, Is.EqualTo(BfdState.Up));
        Assert.That(harness.Sent, Has.All.Matches<SentPacket>(packet => !packet.IsDemand), "we are up, the neighbour has not said so");
        harness.Receive(BfdState.Up);
        harness.Advance(100 * Millisecond);
        Assert.That(harness.Last.IsDemand, Is.True);
        harness.Receive(BfdState.Init);
        harness.Advance(100 * Millisecond);
        Assert.That(harness.Last.IsDemand, Is.False);
    }

    [Test]
    public void B23_DemandBit_NeverUnlessWanted()
    {
        var harness = new SessionHarness();
        harness.BringUp();
        harness.AdvanceAlive(Second);
        Assert.That(harness.Sent, Is.Not.Empty.And.All.Matches<SentPacket>(packet => !packet.IsDemand));
    }

    [Test]
    public void B24_NeighbourInDemandMode_PeriodicPacketsCeaseAndPollsAreAnswered()
    {
        var harness = new SessionHarness().BringUp();
        harness.Receive(BfdState.Up, BfdFlags.Demand);
        harness.Peer = harness.Peer with { Flags = BfdFlags.Demand };
        harness.AdvanceAlive(10 * Second);
        Assert.That(harness.Sent, Is.Empty);

        harness.Receive(BfdState.Up, BfdFlags.Poll);
        Assert.That((harness.Sent.Count, harness.Last.IsFinal), Is.EqualTo((1, true)));

        harness.Peer = harness.Peer with { Flags = BfdFlags.None };
        harness.AdvanceAlive(Second);
        Assert.That(harness.Sent, Has.Count.InRange(10, 16), "resumed when the bit is cleared");
    }

    [Test]
    public void B24_NeighbourInDemandMode_PeriodicPacketsResumeWhenASideLeavesUp()
    {
        var harness = new SessionHarness().BringUp();
        harness.Receive(BfdState.Up, BfdFlags.Demand);
        harness.Receive(BfdState.Down, BfdFlags.Demand);
        harness.Sent.Clear();
        harness.Advance(5 * Second);
        Assert.That(harness.Sent, Has.Count.InRange(4, 7));
    }

    [Test]
    public void B25_DemandModeActive_ChangedContentsStartAPoll()
    {
        var harness = new SessionHarness(Demand).BringUp();
        harness.AdvanceAlive(3 * Second);
        Assert.That(harness.Session.IsPolling, Is.False);

        // Asynchronous mode would not poll for a multiplier.
        harness.Session.Reconfigure(Demand with { DetectMultiplier = 5 }, harness.Now);
        Assert.That(harness.Session.IsPolling, Is.True);
        harness.Advance(100 * Millisecond);
        Assert.That((harness.Last.IsPoll, harness.Last.Header.DetectMultiplier), Is.EqualTo((true, (byte)5)));
        harness.Receive(BfdState.Up, BfdFlags.Final);
        harness.AdvanceAlive(3 * Second);
        Assert.That(harness.Session.IsPolling, Is.False, "acknowledged, so no further poll");
    }

    [Test]
    public void B25_NeighboursDemandModeActive_ChangedContentsStartAPollThatIsSent()
    {
        var harness = new SessionHarness().BringUp();
        harness.Peer = harness.Peer with { Flags = BfdFlags.Demand };
        harness.AdvanceAlive(3 * Second);
        harness.Sent.Clear();
        harness.Session.Reconfigure(Fast with { DetectMultiplier = 5 }, harness.Now);
        harness.Advance(Millisecond);
        Assert.That((harness.Sent.Count, harness.Last.IsPoll), Is.EqualTo((1, true)));
        harness.Receive(BfdState.Up, BfdFlags.Final);
        harness.Sent.Clear();
        harness.AdvanceAlive(3 * Second);
        Assert.That(harness.Sent, Is.Empty);
    }

    [Test]
    public void DemandMode_SilentNeighbour_IsNoFailureUntilAPollGoesUnanswered()
    {
        var harness = new SessionHarness(Demand).BringUp();
        harness.Advance(60 * Second);
        Assert.That(harness.Session.State, Is.EqualTo(BfdState.Up));

        harness.Session.Reconfigure(Demand with { DetectMultiplier = 4 }, harness.Now);
        harness.Advance(harness.Session.NextDeadline - harness.Now);
        Assert.That(harness.Last.IsPoll, Is.True);
        var detection = harness.Session.DetectionTime;
        Assert.That(detection, Is.EqualTo(400 * Millisecond), "our multiplier by our interval (RFC 5880 §6.8.4)");
        harness.Advance(detection - 1);
        Assert.That(harness.Session.State, Is.EqualTo(BfdState.Up));
        harness.Advance(1);
        Assert.That(
            (harness.Session.State, harness.Session.Diagnostic), Is.EqualTo((BfdState.Down, BfdDiagnostic.ControlDetectionTimeExpired)));
    }

    [Test]
    public void DemandMode_PollInterval_VerifiesThePath()
    {
        var harness = new SessionHarness(Demand with { DemandPollInterval = TimeSpan.FromSeconds(5) }).BringUp();
        harness.Sent.Clear();
        harness.Advance((5 * Second) + (100 * Millisecond));
        Assert.That(harness.Sent.Any(packet => packet.IsPoll), Is.True);
        harness.Receive(BfdState.Up, BfdFlags.Final);
        harness.Advance(4 * Second);
        Assert.That(harness.Session.State, Is.EqualTo(BfdState.Up));
        harness.Advance(2 * Second);
        Assert.That(harness.Session.State, Is.EqualTo(BfdState.Down), "the second poll went unanswered");
    }

    [Test]
    public void DemandMode_TurnedOff_DoesNotBlameTheNeighbourForTheSilence()
    {
        var harness = new SessionHarness(Demand).BringUp();
        harness.Advance(60 * Second);
        harness.Session.Reconfigure(Fast, harness.Now);
        harness.AdvanceAlive(10 * Second);
        Assert.That(harness.Session.State, Is.EqualTo(BfdState.Up));
    }

    [Test]
    public void B26_NeighboursEchoReceiveIntervalBecomesZero_EchoCeases()
    {
        var harness = EchoUp();
        harness.Receive(harness.Peer with { RequiredMinEchoRxInterval = 0 });
        harness.EchoTimes.Clear();
        harness.Peer = harness.Peer with { RequiredMinEchoRxInterval = 0 };
        harness.AdvanceAlive(Second);
        Assert.That(harness.EchoTimes, Is.Empty);
        Assert.That(harness.Session.State, Is.EqualTo(BfdState.Up));
    }

    [Test]
    public void B27_Echo_NotBeforeUp()
    {
        var harness = new SessionHarness(Echo);
        harness.Peer = harness.Peer with { RequiredMinEchoRxInterval = 50_000 };
        harness.Receive(BfdState.Down);
        harness.Advance(Second);
        Assert.That(harness.EchoTimes, Is.Empty);
    }

    [Test]
    public void B27_Echo_NotIfTheNeighbourRefuses()
    {
        var harness = new SessionHarness(Echo).BringUp();
        harness.AdvanceAlive(Second);
        Assert.That(harness.EchoTimes, Is.Empty);
    }

    [Test]
    public void B27_Echo_NotFasterThanTheNeighbourSays()
    {
        var harness = EchoUp();
        harness.EchoTimes.Clear();
        harness.AdvanceAlive(10 * Second);
        Assert.That(harness.EchoTimes, Has.Count.InRange(200, 267));
        var gaps = harness.EchoTimes.Zip(harness.EchoTimes.Skip(1), (first, second) => second - first).ToArray();
        Assert.That(gaps.Min(), Is.InRange(50 * Millisecond * 3 / 4, 42 * Millisecond), "50 ms less 25 %");
        Assert.That(gaps.Max(), Is.InRange(48 * Millisecond, 50 * Millisecond));
    }

    [Test]
    public void B28_Echo_IsMatchedToItsSession()
    {
        var harness = EchoUp();
        harness.ReturnsEchoes = false;
        harness.Advance(50 * Millisecond);
        var other = new SessionHarness(Echo, seed: 2);
        other.Peer = other.Peer with { RequiredMinEchoRxInterval = 50_000 };
        other.BringUp();
        other.Advance(50 * Millisecond);

        Assert.That(
            harness.Session.HandleEcho(other.Echoes[^1], harness.Now),
            Is.EqualTo(BfdDiscardReason.EchoForged),
            "same discriminator, other secret");
        Assert.That(harness.Session.HandleEcho(harness.Echoes[^1], harness.EchoTimes[^1] + Millisecond), Is.EqualTo(BfdDiscardReason.None));
        Assert.That(harness.Session.HandleEcho(harness.Echoes[^1], harness.Now), Is.EqualTo(BfdDiscardReason.EchoStale), "a second time");
        Assert.That(harness.Session.Statistics.RoundTripTime, Is.EqualTo(Millisecond));
    }

    [Test]
    public void B28_B29_MissingEchoes_TakeTheSessionDownWithDiagnosticTwo()
    {
        var harness = EchoUp();
        harness.AdvanceAlive(Second);
        var silent = harness.Now;
        harness.ReturnsEchoes = false;
        while (harness.Session.State == BfdState.Up && harness.Now < silent + Second)
        {
            harness.Advance(10 * Millisecond);
            harness.Receive(harness.Peer);
        }

        Assert.That(harness.Changes, Has.Count.EqualTo(1));
        Assert.That(
            (harness.Changes[0].NewState, harness.Changes[0].Diagnostic), Is.EqualTo((BfdState.Down, BfdDiagnostic.EchoFunctionFailed)));
        Assert.That(harness.Changes[0].Time - silent, Is.InRange(3 * 37 * Millisecond, 4 * 50 * Millisecond));
    }

    [Test]
    public void B29_LostEchoesBelowTheMultiplier_AreCountedAndSurvived()
    {
        var harness = EchoUp();
        harness.ReturnsEchoes = false;
        for (var i = 0; i < 100; i++)
        {
            harness.Advance(50 * Millisecond);
            harness.Receive(harness.Peer);
            if (i % 2 == 0)
                Assert.That(harness.Session.HandleEcho(harness.Echoes[^1], harness.Now), Is.EqualTo(BfdDiscardReason.None));
        }

        Assert.That(harness.Session.State, Is.EqualTo(BfdState.Up));
        Assert.That(harness.Session.Statistics.EchoPacketsLost, Is.InRange(30, 90));
    }

    [Test]
    public void Echo_DriverSlept_DoesNotTakeItsOwnSilenceForTheNeighbours()
    {
        var harness = EchoUp();
        harness.AdvanceAlive(Second);
        harness.ReturnsEchoes = false;
        harness.Advance(50 * Millisecond);
        harness.Sleep(10 * Second);
        harness.Receive(harness.Peer);
        harness.Session.HandleTimeout(harness.Now);
        harness.Drain();
        Assert.That(harness.Session.State, Is.EqualTo(BfdState.Up));
    }

    [Test]
    public void B57_EchoActive_ControlPacketsMaySlowDown()
    {
        var harness = EchoUp();
        harness.Advance(0);
        Assert.That(harness.Session.RequiredMinRxInterval, Is.EqualTo(Second));
        Assert.That(harness.Session.DetectionTime, Is.EqualTo(3 * Second));
    }

    private static SessionHarness EchoUp()
    {
        var harness = new SessionHarness(Echo);
        harness.Peer = harness.Peer with { RequiredMinEchoRxInterval = 50_000 };
        harness.BringUp();
        Assert.That(harness.Session.IsEchoActive, Is.True);
        return harness;
    }
}
