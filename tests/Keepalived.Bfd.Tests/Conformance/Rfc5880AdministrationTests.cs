using Keepalived.Bfd.Tests.Support;
using Keepalived.Bfd.Wire;
using static Keepalived.Bfd.Tests.Support.SessionHarness;

namespace Keepalived.Bfd.Tests.Conformance;

/// <summary>RFC 5880 §6.8.15 to §6.8.18: administration.</summary>
public sealed class Rfc5880AdministrationTests
{
    [Test]
    public void B72_Disable_SaysAdminDownWithDiagnosticSevenAndEchoCeases()
    {
        var harness = new SessionHarness(Fast with { EchoTxInterval = TimeSpan.FromMilliseconds(50) });
        harness.Peer = harness.Peer with { RequiredMinEchoRxInterval = 50_000 };
        harness.BringUp();
        harness.Session.Disable(harness.Now);
        harness.Drain();
        Assert.That((harness.Last.Time, harness.Last.Header.State), Is.EqualTo((harness.Now, BfdState.AdminDown)));
        Assert.That(harness.Last.Header.Diagnostic, Is.EqualTo(BfdDiagnostic.AdministrativelyDown));
        harness.EchoTimes.Clear();
        harness.Advance(5 * Second);
        Assert.That(harness.EchoTimes, Is.Empty);
    }

    [Test]
    public void B72_Enable_GoesDownAndComesUpAgain()
    {
        var harness = new SessionHarness().BringUp();
        harness.Session.Disable(harness.Now);
        harness.Session.Enable(harness.Now);
        harness.Drain();
        Assert.That((harness.Session.State, harness.Session.Diagnostic), Is.EqualTo((BfdState.Down, BfdDiagnostic.None)));
        harness.Receive(BfdState.Init);
        Assert.That(harness.Session.State, Is.EqualTo(BfdState.Up));
    }

    [Test]
    public void B73_AdminDown_IsSentForAtLeastADetectionTime()
    {
        var harness = new SessionHarness().BringUp();
        harness.Session.Disable(harness.Now);
        harness.Drain();
        Assert.That(harness.AdminDownAnnounced, Is.Zero);
        harness.Advance((300 * Millisecond) - 1);
        Assert.That(harness.Session.IsAdminDownAnnounced, Is.False);
        harness.Advance(1);
        Assert.That((harness.Session.IsAdminDownAnnounced, harness.AdminDownAnnounced), Is.EqualTo((true, 1)));
        harness.Advance(10 * Second);
        Assert.That(harness.Sent, Has.Count.InRange(10, 15), "and goes on, slowly");
        Assert.That(harness.Sent, Has.All.Matches<SentPacket>(packet => packet.Header.State == BfdState.AdminDown));
    }

    [Test]
    public void B73_AdminDown_NeedsNoWaitOnceTheNeighbourHasAcknowledged()
    {
        var harness = new SessionHarness().BringUp();
        harness.Session.Disable(harness.Now);
        harness.Drain();
        Assert.That(harness.Last.IsPoll, Is.True);
        harness.Advance(Millisecond);
        harness.Receive(BfdState.Down, BfdFlags.Final);
        Assert.That(harness.AdminDownAnnounced, Is.EqualTo(1));
    }

    [Test]
    public void B73_AdminDown_WithoutAKnownNeighbour_NeedsNoWait()
    {
        var harness = new SessionHarness();
        harness.Session.Disable(harness.Now);
        harness.Drain();
        Assert.That(harness.AdminDownAnnounced, Is.EqualTo(1));
    }

    [TestCase(BfdDiagnostic.ForwardingPlaneReset)]
    [TestCase(BfdDiagnostic.PathDown)]
    public void B74_ForwardingPlaneReset_GoesDownWithDiagnosticFour(BfdDiagnostic diagnostic)
    {
        var harness = new SessionHarness().BringUp();
        harness.Session.Fail(diagnostic, harness.Now);
        harness.Drain();
        Assert.That((harness.Last.Header.State, harness.Last.Header.Diagnostic), Is.EqualTo((BfdState.Down, diagnostic)));
        Assert.That(() => harness.Session.Fail(BfdDiagnostic.None, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [TestCase(BfdDiagnostic.ConcatenatedPathDown)]
    [TestCase(BfdDiagnostic.ReverseConcatenatedPathDown)]
    public void B75_ConcatenatedPathDiagnostics_DoNotTakeTheSessionDown(BfdDiagnostic diagnostic)
    {
        var harness = new SessionHarness().BringUp();
        harness.Receive(harness.Peer with { Diagnostic = diagnostic });
        Assert.That((harness.Session.State, harness.Session.RemoteDiagnostic), Is.EqualTo((BfdState.Up, diagnostic)));
    }

    [Test]
    public void Reconfigure_Role_IsRefused()
    {
        var harness = new SessionHarness();
        Assert.That(() => harness.Session.Reconfigure(Fast with { Role = BfdRole.Passive }, harness.Now), Throws.ArgumentException);
    }
}
