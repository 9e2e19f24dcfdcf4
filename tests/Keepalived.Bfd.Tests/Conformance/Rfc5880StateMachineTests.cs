using Keepalived.Bfd.Tests.Support;
using Keepalived.Bfd.Wire;
using static Keepalived.Bfd.Tests.Support.SessionHarness;

namespace Keepalived.Bfd.Tests.Conformance;

/// <summary>RFC 5880 §6.1 to §6.3: roles, state machine, discriminators.</summary>
public sealed class Rfc5880StateMachineTests
{
    [Test]
    public void B8_Active_SendsWithoutHavingHeardAnything()
    {
        var harness = new SessionHarness();
        harness.Advance(10 * Second);
        Assert.That(harness.Sent, Has.Count.InRange(11, 14));
        Assert.That(harness.Sent[0].Time, Is.EqualTo(1000 * Second), "the first at once");
    }

    [Test]
    public void B9_B54_Passive_IsSilentUntilItHearsTheNeighbour()
    {
        var harness = new SessionHarness(Fast with { Role = BfdRole.Passive });
        harness.Advance(60 * Second);
        Assert.That(harness.Sent, Is.Empty);
        Assert.That(harness.Session.NextDeadline, Is.EqualTo(long.MaxValue));

        harness.Receive(BfdState.Down);
        Assert.That(harness.Sent, Has.Count.EqualTo(1));
        Assert.That((harness.Last.Header.State, harness.Last.Header.YourDiscriminator), Is.EqualTo((BfdState.Init, Theirs)));
    }

    [Test]
    public void B9_Passive_FallsSilentWhenTheNeighbourIsGone()
    {
        var harness = new SessionHarness(Fast with { Role = BfdRole.Passive }).BringUp();
        harness.Advance(Second);
        Assert.That(harness.Session.State, Is.EqualTo(BfdState.Down));
        harness.Sent.Clear();
        harness.Advance(60 * Second);
        Assert.That(harness.Sent, Is.Empty);
    }

    // All sixteen pairs of RFC 5880 §6.2 and §6.8.6.
    [TestCase(BfdState.Down, BfdState.AdminDown, BfdState.Down)]
    [TestCase(BfdState.Down, BfdState.Down, BfdState.Init)]
    [TestCase(BfdState.Down, BfdState.Init, BfdState.Up)]
    [TestCase(BfdState.Down, BfdState.Up, BfdState.Down)]
    [TestCase(BfdState.Init, BfdState.AdminDown, BfdState.Down)]
    [TestCase(BfdState.Init, BfdState.Down, BfdState.Init)]
    [TestCase(BfdState.Init, BfdState.Init, BfdState.Up)]
    [TestCase(BfdState.Init, BfdState.Up, BfdState.Up)]
    [TestCase(BfdState.Up, BfdState.AdminDown, BfdState.Down)]
    [TestCase(BfdState.Up, BfdState.Down, BfdState.Down)]
    [TestCase(BfdState.Up, BfdState.Init, BfdState.Up)]
    [TestCase(BfdState.Up, BfdState.Up, BfdState.Up)]
    [TestCase(BfdState.AdminDown, BfdState.AdminDown, BfdState.AdminDown)]
    [TestCase(BfdState.AdminDown, BfdState.Down, BfdState.AdminDown)]
    [TestCase(BfdState.AdminDown, BfdState.Init, BfdState.AdminDown)]
    [TestCase(BfdState.AdminDown, BfdState.Up, BfdState.AdminDown)]
    public void B10_B11_B12_State_GivenReceivedState_BecomesNewState(BfdState local, BfdState received, BfdState expected)
    {
        var harness = InState(local);
        harness.Receive(received);
        Assert.That(harness.Session.State, Is.EqualTo(expected));
        Assert.That(harness.Changes, Has.Count.EqualTo(local == expected ? 0 : 1));
        if (local != expected)
            Assert.That((harness.Changes[0].OldState, harness.Changes[0].NewState), Is.EqualTo((local, expected)));
    }

    [Test]
    public void B11_Init_DetectionTimePasses_GoesDown()
    {
        var harness = InState(BfdState.Init);
        harness.Advance(harness.Session.DetectionTime);
        Assert.That(
            (harness.Session.State, harness.Session.Diagnostic), Is.EqualTo((BfdState.Down, BfdDiagnostic.ControlDetectionTimeExpired)));
    }

    [Test]
    public void B12_Up_NeighbourDown_GoesDownWithDiagnosticThree()
    {
        var harness = new SessionHarness().BringUp();
        harness.Receive(BfdState.Down);
        Assert.That(
            (harness.Session.State, harness.Session.Diagnostic), Is.EqualTo((BfdState.Down, BfdDiagnostic.NeighborSignaledSessionDown)));
    }

    [Test]
    public void B13_Down_DoesNotComeUpWhileTheNeighbourIsStillUp()
    {
        var harness = new SessionHarness().BringUp();
        harness.Advance(400 * Millisecond);
        Assert.That(harness.Session.State, Is.EqualTo(BfdState.Down));
        harness.AdvanceAlive(10 * Second);
        Assert.That(harness.Session.State, Is.EqualTo(BfdState.Down));
        harness.Receive(BfdState.Down);
        Assert.That(harness.Session.State, Is.EqualTo(BfdState.Init));
    }

    [Test]
    public void B14_Discriminators_AreNotZeroAndUnique()
    {
        var table = new BfdSessionTable();
        var path = new BfdPath { Remote = Keepalived.Netlink.InetAddress.Parse("10.0.0.1"), InterfaceIndex = 1 };
        for (var i = 1; i <= 1000; i++)
            table.Add(new BfdSession(path with { InterfaceIndex = i }, table.CreateDiscriminator(), Fast, 0));
        Assert.That(table.Sessions.Select(session => session.LocalDiscriminator).Distinct().Count(), Is.EqualTo(1000));
        Assert.That(() => new BfdSession(path, 0, Fast, 0), Throws.InstanceOf<ArgumentException>());
        var taken = table.Sessions.First().LocalDiscriminator;
        Assert.That(
            () => table.Add(new BfdSession(path with { InterfaceIndex = 5000 }, taken, Fast, 0)), Throws.ArgumentException, "in use");
    }

    [Test]
    public void B15_Discriminators_AreRandom()
    {
        var first = Enumerable.Range(0, 64).Select(_ => new BfdSessionTable().CreateDiscriminator()).ToArray();
        Assert.That(first.Distinct().Count(), Is.GreaterThan(60));
        Assert.That(first.Count(value => value > int.MaxValue), Is.InRange(8, 56), "the top bit is as random as the others");
    }

    [Test]
    public void B17_NeighbourChangesItsDiscriminator_TheNewOneIsEchoed()
    {
        var harness = new SessionHarness().BringUp();
        harness.Receive(harness.Peer with { MyDiscriminator = 0x99 });
        harness.Advance(100 * Millisecond);
        Assert.That(harness.Session.State, Is.EqualTo(BfdState.Up));
        Assert.That(harness.Last.Header.YourDiscriminator, Is.EqualTo(0x99));
    }

    private static SessionHarness InState(BfdState state)
    {
        var harness = new SessionHarness();
        switch (state)
        {
            case BfdState.AdminDown:
                harness.Session.Disable(harness.Now);
                break;
            case BfdState.Init:
                harness.Receive(BfdState.Down);
                break;
            case BfdState.Up:
                harness.BringUp();
                break;
        }

        harness.Drain();
        harness.Changes.Clear();
        Assert.That(harness.Session.State, Is.EqualTo(state));
        return harness;
    }
}
