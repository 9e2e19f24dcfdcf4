using Keepalived.Bfd.Tests.Support;
using Keepalived.Bfd.Wire;
using static Keepalived.Bfd.Tests.Support.SessionHarness;

namespace Keepalived.Bfd.Tests.Simulation;

public sealed class LinkTests
{
    private static readonly int[] Seeds = [1, 2, 3, 4, 5, 6, 7, 8];

    private static readonly BfdSessionOptions Authenticated = Fast with
    {
        Authentication = new BfdKeyChain(new BfdKey(1, BfdAuthenticationType.MeticulousKeyedSha1, "secret"u8)),
    };

    [TestCaseSource(nameof(Seeds))]
    public void GoodLink_ComesUpAndStaysUp(int seed)
    {
        var link = new SimulatedLink(seed, Fast, driftPpm: 200);
        link.Run(3 * Second);
        AssertBothUp(link);
        Forget(link);
        link.Run(1000 * Second);
        Assert.That(link.A.Changes.Count + link.B.Changes.Count, Is.Zero);
        Assert.That(link.A.SentAt, Has.Count.InRange(10_000, 13_400));
    }

    [TestCaseSource(nameof(Seeds))]
    public void GoodLink_OneRoundOfPackets_IsEnoughToComeUp(int seed)
    {
        // The handshake is answered at once, so that one slow packet is enough.
        var link = new SimulatedLink(seed, Fast);
        link.Run(10 * Millisecond);
        AssertBothUp(link);
    }

    [TestCaseSource(nameof(Seeds))]
    public void NeighbourDies_DetectedWithinTheDetectionTime(int seed)
    {
        var link = new SimulatedLink(seed, Fast);
        link.Run(3 * Second);
        Forget(link);
        link.Loss = (0, 1);
        var died = link.Now;
        link.Run(Second);
        var (time, action) = link.A.Changes[0];
        Assert.That((action.NewState, action.Diagnostic), Is.EqualTo((BfdState.Down, BfdDiagnostic.ControlDetectionTimeExpired)));
        Assert.That(time - died, Is.InRange(200 * Millisecond, 301 * Millisecond));
        Assert.That(
            link.B.Changes[0].Action.Diagnostic, Is.EqualTo(BfdDiagnostic.NeighborSignaledSessionDown), "the way there still works");
        Assert.That(link.B.Changes[0].Time - time, Is.LessThan(Millisecond));
    }

    [TestCaseSource(nameof(Seeds))]
    public void LossyLink_EndsUpOnceHealed(int seed)
    {
        var link = new SimulatedLink(seed, Fast, driftPpm: 500) { Loss = (0.4, 0.4), Delay = (0, 60 * Millisecond) };
        link.Run(200 * Second);
        Assert.That(link.A.Changes, Is.Not.Empty, "so much loss takes it down now and then");
        link.Heal();
        link.Run(10 * Second);
        AssertBothUp(link);
        Forget(link);
        link.Run(100 * Second);
        Assert.That(link.A.Changes.Count + link.B.Changes.Count, Is.Zero);
    }

    [TestCaseSource(nameof(Seeds))]
    public void ReorderingLink_MeticulousAuthentication_StaysUp(int seed)
    {
        // Overtaken packets are refused as replays; enough others come.
        var link = new SimulatedLink(seed, Authenticated) { Delay = (0, 90 * Millisecond) };
        link.Run(3 * Second);
        Forget(link);
        link.Run(300 * Second);
        AssertBothUp(link);
        Assert.That(link.A.Session.Statistics.Discarded(BfdDiscardReason.AuthenticationSequence), Is.Positive);
        Assert.That(link.A.Session.Statistics.Discarded(BfdDiscardReason.AuthenticationFailed), Is.Zero);
    }

    [TestCaseSource(nameof(Seeds))]
    public void DemandOnBothSides_IsSilentAndPollsVerifyThePath(int seed)
    {
        var demand = Fast with { DemandMode = true, DemandPollInterval = TimeSpan.FromSeconds(2) };
        var link = new SimulatedLink(seed, demand);
        link.Run(5 * Second);
        AssertBothUp(link);
        link.A.SentAt.Clear();
        link.Run(100 * Second);
        AssertBothUp(link);
        Assert.That(link.A.SentAt, Has.Count.LessThan(200), "a poll and an answer every two seconds, not 1100 packets");

        link.Loss = (1, 1);
        link.Run(3 * Second);
        Assert.That((link.A.Session.State, link.B.Session.State), Is.EqualTo((BfdState.Down, BfdState.Down)));
        link.Heal();
        link.Run(5 * Second);
        AssertBothUp(link);
    }

    [TestCaseSource(nameof(Seeds))]
    public void PassiveAndActive_ComeUp(int seed)
    {
        var link = new SimulatedLink(seed, Fast with { Role = BfdRole.Passive }, Fast);
        link.Run(3 * Second);
        AssertBothUp(link);
        link.Loss = (1, 1);
        link.Run(5 * Second);
        link.Heal();
        link.Run(3 * Second);
        AssertBothUp(link);
    }

    [TestCaseSource(nameof(Seeds))]
    public void AdminDown_IsAcknowledgedAndUndone(int seed)
    {
        var link = new SimulatedLink(seed, Fast);
        link.Run(3 * Second);
        link.A.Session.Disable(link.A.Local(link.Now));
        link.Run(2 * Millisecond);
        Assert.That(link.A.Session.IsAdminDownAnnounced, Is.True);
        Assert.That((link.B.Session.State, link.B.Changes[^1].Action.IsAdministrative), Is.EqualTo((BfdState.Down, true)));
        link.Run(10 * Second);
        Assert.That(link.B.Session.State, Is.EqualTo(BfdState.Down));
        link.A.Session.Enable(link.A.Local(link.Now));
        link.Run(3 * Second);
        AssertBothUp(link);
    }

    [Test]
    public void Restarts_WithTheSameOrAnotherDiscriminator_EndUp(
        [ValueSource(nameof(Seeds))] int seed, [Values] bool keepsDiscriminator, [Values] bool isAuthenticated)
    {
        var random = new Random(seed);
        var link = new SimulatedLink(seed, isAuthenticated ? Authenticated : Fast, driftPpm: 300);
        for (var restart = 0; restart < 20; restart++)
        {
            link.Run(random.NextInt64(10 * Millisecond, 3 * Second));
            (random.Next(2) == 0 ? link.A : link.B).Restart(link.Now, keepsDiscriminator);

            // Two detection times until the old sequence number is forgotten, then the slow rate.
            link.Run(4 * Second);
            AssertBothUp(link);
        }
    }

    [TestCaseSource(nameof(Seeds))]
    public void SleepingSide_NeverBlamesItsNeighbour(int seed)
    {
        var random = new Random(seed);
        var link = new SimulatedLink(seed, Fast, driftPpm: 100);
        link.Run(3 * Second);
        for (var nap = 0; nap < 200; nap++)
        {
            var length = random.NextInt64(3 * Second);
            link.A.AsleepUntil = link.Now + length;
            link.Run(length + random.NextInt64(3 * Second));
        }

        link.Run(10 * Second);
        AssertBothUp(link);
        Assert.That(
            link.A.Changes.Select(static change => change.Action.Diagnostic), Has.None.EqualTo(BfdDiagnostic.ControlDetectionTimeExpired),
            "its neighbour's packets were in its socket all the time");
        Assert.That(link.B.Session.Statistics.DetectionsExpired, Is.Positive, "the neighbour noticed, rightly");
    }

    [TestCaseSource(nameof(Seeds))]
    public void DoublingReorderingLink_AnyAuthentication_StaysUp(int seed)
    {
        foreach (var type in Enum.GetValues<BfdAuthenticationType>().Where(static type => type != BfdAuthenticationType.None))
        {
            var options = Fast with { Authentication = new BfdKeyChain(new BfdKey(1, type, "secret"u8)), DetectMultiplier = 5 };
            var link = new SimulatedLink(seed, options, driftPpm: -200) { Delay = (0, 90 * Millisecond), Duplication = 0.3 };
            link.Run(3 * Second);
            Forget(link);
            link.Run(100 * Second);
            AssertBothUp(link);
            Assert.That(link.A.Changes.Count + link.B.Changes.Count, Is.Zero, type.ToString());
        }
    }

    // Anything an operator may do, in any order, over a bad link: in the end both are up and agree on the rates, and while good no session
    // falls.
    [TestCaseSource(nameof(Seeds))]
    public void RandomOperations_OnceHealed_AgreeOnTheIntervals(int seed)
    {
        var random = new Random(seed);
        var link = new SimulatedLink(seed, Fast, driftPpm: random.Next(-300, 300));
        var sides = new[] { link.A, link.B };
        for (var step = 0; step < 300; step++)
        {
            var side = sides[random.Next(2)];
            var now = side.Local(link.Now);
            switch (random.Next(6))
            {
                case 0:
                    link.Loss = (random.NextDouble(), random.NextDouble());
                    break;
                case 1:
                    link.Heal();
                    break;
                case 2:
                    side.Session.Disable(now);
                    break;
                case 3:
                    side.Session.Enable(now);
                    break;
                case 4:
                    side.Session.Fail(BfdDiagnostic.PathDown, now);
                    break;
                default:
                    side.Session.Reconfigure(
                        side.Session.Options with
                        {
                            DesiredMinTxInterval = TimeSpan.FromMilliseconds(random.Next(10, 2000)),
                            RequiredMinRxInterval = TimeSpan.FromMilliseconds(random.Next(10, 2000)),
                            DetectMultiplier = random.Next(2, 6),
                            DemandMode = random.Next(4) == 0,
                        },
                        now);
                    break;
            }

            link.Run(random.NextInt64(2 * Second));
        }

        link.Heal();
        foreach (var side in sides)
            side.Session.Enable(side.Local(link.Now));
        link.Run(60 * Second);
        AssertBothUp(link);
        AssertAgreed(link.A.Session, link.B.Session);
        AssertAgreed(link.B.Session, link.A.Session);
        Forget(link);
        link.Run(200 * Second);
        Assert.That(link.A.Changes.Count + link.B.Changes.Count, Is.Zero);
    }

    private static void AssertAgreed(BfdSession sender, BfdSession receiver)
    {
        var desired = (long)sender.Options.DesiredMinTxInterval.TotalNanoseconds;
        var required = (long)receiver.Options.RequiredMinRxInterval.TotalNanoseconds;
        Assert.That(sender.IsPolling, Is.False);
        Assert.That(sender.TransmitInterval, Is.EqualTo(Math.Max(desired, required)));
    }

    private static void AssertBothUp(SimulatedLink link) =>
        Assert.That((link.A.Session.State, link.B.Session.State), Is.EqualTo((BfdState.Up, BfdState.Up)));

    private static void Forget(SimulatedLink link)
    {
        link.A.Changes.Clear();
        link.B.Changes.Clear();
        link.A.SentAt.Clear();
        link.B.SentAt.Clear();
    }
}
