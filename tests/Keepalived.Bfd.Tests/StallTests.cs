using Keepalived.Bfd.Tests.Support;
using Keepalived.Bfd.Wire;
using static Keepalived.Bfd.Tests.Support.SessionHarness;

namespace Keepalived.Bfd.Tests;

/// <summary>A driver that slept: what was ours to answer for is not held against the neighbour, and is measured.</summary>
public sealed class StallTests
{
    [Test]
    public void ForgivenStall_GivesTheNeighbourAsMuchTimeAsWeSlept_Once()
    {
        var harness = new SessionHarness().BringUp();
        var session = harness.Session;
        harness.Sleep(session.DetectionTime + (20 * Millisecond) - (harness.Now - session.Statistics.LastReceived));
        Assert.That(session.IsDetectionDue(harness.Now), Is.True);
        Assert.That(session.TryForgiveStall(harness.Now), Is.True);
        session.HandleTimeout(harness.Now);
        harness.Drain();
        Assert.That(session.State, Is.EqualTo(BfdState.Up), "not yet");

        harness.Sleep(20 * Millisecond);
        Assert.That(session.IsDetectionDue(harness.Now), Is.True);
        Assert.That(session.TryForgiveStall(harness.Now), Is.False, "once in a silence");
        session.HandleTimeout(harness.Now);
        Assert.That((session.State, session.Diagnostic), Is.EqualTo((BfdState.Down, BfdDiagnostic.ControlDetectionTimeExpired)));
        Assert.That(session.Statistics.StallsForgiven, Is.EqualTo(1));
    }

    [Test]
    public void PunctualDriver_ForgivesNothing()
    {
        var session = new SessionHarness().BringUp().Session;
        var due = session.Statistics.LastReceived + session.DetectionTime;
        Assert.That(session.TryForgiveStall(due + Millisecond), Is.False);
        session.HandleTimeout(due + Millisecond);
        Assert.That((session.State, session.Statistics.DetectionLateness), Is.EqualTo((BfdState.Down, Millisecond)));
    }

    [Test]
    public void PacketThatWaited_EndsTheForgiveness()
    {
        var harness = new SessionHarness().BringUp();
        var session = harness.Session;
        harness.Sleep(session.DetectionTime + (200 * Millisecond));
        Assert.That(session.TryForgiveStall(harness.Now), Is.True);
        harness.Receive(BfdState.Up);
        Assert.That(session.IsDetectionDue(harness.Now + session.DetectionTime - 1), Is.False);
        Assert.That(session.IsDetectionDue(harness.Now + session.DetectionTime), Is.True);
    }

    [Test]
    public void LatePacket_IsOneThatUsedUpTheNeighboursPatience()
    {
        var harness = new SessionHarness().BringUp();
        harness.AdvanceAlive(Second);
        var session = harness.Session;
        Assert.That(session.Statistics.LatePackets, Is.Zero);
        harness.Sleep(2 * session.TransmitInterval);
        session.HandleTimeout(harness.Now);
        Assert.That(session.Statistics.LatePackets, Is.EqualTo(1));
        Assert.That(session.Statistics.TransmitLateness, Is.InRange(session.TransmitInterval / 2, 2 * session.TransmitInterval));
    }
}
