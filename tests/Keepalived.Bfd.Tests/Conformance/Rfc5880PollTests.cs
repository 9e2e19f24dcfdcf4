using Keepalived.Bfd.Tests.Support;
using Keepalived.Bfd.Wire;
using static Keepalived.Bfd.Tests.Support.SessionHarness;

namespace Keepalived.Bfd.Tests.Conformance;

/// <summary>RFC 5880 §6.5: poll sequences.</summary>
public sealed class Rfc5880PollTests
{
    private static readonly BfdSessionOptions Slower = Fast with { DesiredMinTxInterval = TimeSpan.FromMilliseconds(300) };

    [TestCase(BfdState.Down)]
    [TestCase(BfdState.Init)]
    [TestCase(BfdState.Up)]
    public void B18_B71_Poll_IsAnsweredAtOnceWithFinal(BfdState local)
    {
        var harness = new SessionHarness();
        if (local == BfdState.Up)
            harness.BringUp();
        else if (local == BfdState.Init)
            harness.Receive(BfdState.Down);
        harness.Advance(Millisecond);
        var deadline = harness.Session.NextDeadline;
        var before = harness.Sent.Count;

        // Up leaves each of the three as it is or takes it to Up; Down stays Down.
        harness.Receive(local == BfdState.Init ? BfdState.Down : BfdState.Up, BfdFlags.Poll);

        Assert.That(harness.Session.State, Is.EqualTo(local));
        Assert.That(harness.Sent, Has.Count.EqualTo(before + 1));
        Assert.That((harness.Last.IsFinal, harness.Last.IsPoll, harness.Last.Time), Is.EqualTo((true, false, harness.Now)));
        if (local == BfdState.Up)
            Assert.That(harness.Session.NextDeadline, Is.EqualTo(deadline), "the transmit timer does not notice");
    }

    [Test]
    public void B18_EachPoll_IsAnswered()
    {
        var harness = new SessionHarness().BringUp();
        for (var i = 0; i < 10; i++)
            harness.Receive(BfdState.Up, BfdFlags.Poll);
        Assert.That(harness.Sent.Count(packet => packet.IsFinal), Is.EqualTo(10));
    }

    [Test]
    public void B18_PollThatChangesTheState_IsAnsweredByOnePacketThatTellsIt()
    {
        var harness = new SessionHarness();
        harness.Advance(0);
        harness.Sent.Clear();
        harness.Receive(BfdState.Init, BfdFlags.Poll);
        Assert.That(harness.Sent, Has.Count.EqualTo(1));
        Assert.That((harness.Last.Header.State, harness.Last.IsFinal), Is.EqualTo((BfdState.Up, true)));
    }

    [Test]
    public void B19_Poll_RidesOnThePeriodicPackets()
    {
        var harness = new SessionHarness().BringUp();
        harness.AdvanceAlive(Second);
        harness.Sent.Clear();
        var due = harness.Session.NextDeadline;

        harness.Session.Reconfigure(Slower, harness.Now);
        harness.Drain();
        Assert.That(harness.Sent, Is.Empty, "no packet out of turn");
        harness.AdvanceAlive(Second, 20 * Millisecond);

        Assert.That(harness.Sent[0].Time, Is.EqualTo(due));
        Assert.That(harness.Sent, Has.All.Matches<SentPacket>(packet => packet.IsPoll));
        Assert.That(harness.Sent, Has.Count.InRange(9, 15), "as many as without");
    }

    [Test]
    public void B20_Final_EndsThePoll()
    {
        var harness = new SessionHarness().BringUp();
        harness.Session.Reconfigure(Slower, harness.Now);
        harness.AdvanceAlive(200 * Millisecond, 50 * Millisecond);
        Assert.That(harness.Last.IsPoll, Is.True);
        harness.Receive(BfdState.Up, BfdFlags.Final);
        Assert.That(harness.Session.IsPolling, Is.False);
        harness.Sent.Clear();
        harness.AdvanceAlive(Second, 50 * Millisecond);
        Assert.That(harness.Sent, Is.Not.Empty.And.All.Matches<SentPacket>(packet => !packet.IsPoll));
    }

    [Test]
    public void B20_FinalBeforeThePollLeft_EndsNothing()
    {
        var harness = new SessionHarness().BringUp();
        harness.Session.Reconfigure(Slower, harness.Now);
        harness.Receive(BfdState.Up, BfdFlags.Final);
        Assert.That(harness.Session.IsPolling, Is.True);
    }

    [Test]
    public void B21_ChangedIntervals_StartAPoll()
    {
        foreach (var options in new[]
        {
            Slower,
            Fast with { DesiredMinTxInterval = TimeSpan.FromMilliseconds(50) },
            Fast with { RequiredMinRxInterval = TimeSpan.FromMilliseconds(50) },
            Fast with { RequiredMinRxInterval = TimeSpan.FromMilliseconds(300) },
        })
        {
            var harness = new SessionHarness().BringUp();
            harness.Session.Reconfigure(options, harness.Now);
            harness.Advance(100 * Millisecond);
            Assert.That(harness.Last.IsPoll, Is.True, options.ToString());
            Assert.That(harness.Last.Header.DesiredMinTxInterval, Is.EqualTo(options.DesiredMinTxInterval.TotalMicroseconds));
            Assert.That(harness.Last.Header.RequiredMinRxInterval, Is.EqualTo(options.RequiredMinRxInterval.TotalMicroseconds));
        }
    }

    [Test]
    public void B21_ComingUp_StartsAPollForTheFastInterval()
    {
        var harness = new SessionHarness();
        harness.Advance(0);
        harness.Receive(BfdState.Init);
        Assert.That((harness.Last.Header.State, harness.Last.IsPoll), Is.EqualTo((BfdState.Up, true)));
        Assert.That(harness.Last.Header.DesiredMinTxInterval, Is.EqualTo(100_000));
    }

    [Test]
    public void B21_ComingUpWithoutAChangeOfInterval_NeedsNoPoll()
    {
        var harness = new SessionHarness(Fast with { DesiredMinTxInterval = TimeSpan.FromSeconds(1) });
        harness.Advance(0);
        harness.Receive(BfdState.Init);
        Assert.That((harness.Last.Header.State, harness.Last.IsPoll), Is.EqualTo((BfdState.Up, false)));
    }

    [Test]
    public void B22_ChangesDuringAPoll_WaitForItsEndAndForAPacketWithoutFinal()
    {
        var harness = new SessionHarness().BringUp();
        harness.Session.Reconfigure(Slower, harness.Now);
        harness.AdvanceAlive(100 * Millisecond, 50 * Millisecond);
        harness.Session.Reconfigure(Slower with { RequiredMinRxInterval = TimeSpan.FromMilliseconds(200) }, harness.Now);
        harness.AdvanceAlive(100 * Millisecond, 50 * Millisecond);
        Assert.That(
            (harness.Last.IsPoll, harness.Last.Header.RequiredMinRxInterval), Is.EqualTo((true, 100_000u)), "the first poll still runs");

        harness.Receive(BfdState.Up, BfdFlags.Final);
        Assert.That(harness.Session.IsPolling, Is.False, "a late duplicate of that final could end the next poll");
        harness.Receive(BfdState.Up, BfdFlags.Final);
        Assert.That(harness.Session.IsPolling, Is.False);
        harness.Receive(BfdState.Up);
        Assert.That(harness.Session.IsPolling, Is.True);
        harness.AdvanceAlive(400 * Millisecond, 50 * Millisecond);
        Assert.That((harness.Last.IsPoll, harness.Last.Header.RequiredMinRxInterval), Is.EqualTo((true, 200_000u)));
    }

    [Test]
    public void B77_SlowerIntervals_AreAnnouncedToACongestedPath_AndTheSessionStaysUp()
    {
        var harness = new SessionHarness().BringUp();
        var slow = TimeSpan.FromMilliseconds(400);
        harness.Session.Reconfigure(harness.Options with { DesiredMinTxInterval = slow, RequiredMinRxInterval = slow }, harness.Now);
        harness.AdvanceAlive(Second);
        Assert.That(harness.Last.Header.DesiredMinTxInterval, Is.EqualTo(400_000u), "announced");
        harness.Receive(BfdState.Up, BfdFlags.Final);
        harness.Sent.Clear();
        harness.AdvanceAlive(10 * Second);
        Assert.That(harness.Sent, Has.Count.InRange(25, 34), "and kept to");
        Assert.That((harness.Session.State, harness.Session.DetectionTime), Is.EqualTo((BfdState.Up, 1200 * Millisecond)));
    }

    [Test]
    public void B22_ChangesDuringAPollToASilentNeighbour_WaitForARoundTrip()
    {
        // The neighbour hears no periodic packets and sends none: nothing without final will come.
        var harness = new SessionHarness(Fast with { DemandMode = true }).BringUp();
        harness.Session.Reconfigure(Slower with { DemandMode = true }, harness.Now);
        harness.Advance(100 * Millisecond);
        harness.Session.Reconfigure(Slower with { DemandMode = true, RequiredMinRxInterval = TimeSpan.FromMilliseconds(200) }, harness.Now);
        harness.Receive(BfdState.Up, BfdFlags.Final);
        harness.Advance(900 * Millisecond);
        Assert.That(harness.Session.IsPolling, Is.False);
        harness.Advance(200 * Millisecond);
        Assert.That(harness.Session.IsPolling, Is.True);
    }
}
