using Keepalived.Bfd.Tests.Support;
using Keepalived.Bfd.Transport;
using Keepalived.Bfd.Wire;
using Keepalived.Netlink;
using Microsoft.Extensions.Logging.Abstractions;
using static Keepalived.Bfd.Tests.Support.SessionHarness;

namespace Keepalived.Bfd.Tests.Conformance;

/// <summary>
/// RFC 5881 (single hop), 5882 (clients), 5883 (multihop), 7419 (common intervals): what sessions and their table can show.
/// </summary>
public sealed class PathAndClientTests
{
    private static readonly InetAddress Neighbour = InetAddress.Parse("10.90.0.7");

    [Test]
    public void C1_IPv4AndIPv6_AreSessionsOfTheirOwn()
    {
        var table = new BfdSessionTable();
        table.Add(Session(new BfdPath { Remote = Neighbour, InterfaceIndex = 2 }, 1));
        table.Add(Session(new BfdPath { Remote = InetAddress.Parse("fe80::7"), InterfaceIndex = 2 }, 2));
        table.HandleDatagram(First(), From(InetAddress.Parse("fe80::7"), 2), 0, out var session);
        Assert.That(session?.LocalDiscriminator, Is.EqualTo(2));
        Assert.That(() => new BfdPath { Remote = Neighbour, Local = InetAddress.Parse("fe80::1") }.Validate(), Throws.ArgumentException);
    }

    [Test]
    public void C2_FirstPacket_BelongsToTheSessionOfThatNeighbourAndInterface()
    {
        var table = new BfdSessionTable();
        var neighbour = InetAddress.Parse("fe80::7");
        table.Add(Session(new BfdPath { Remote = neighbour, InterfaceIndex = 2 }, 2));
        table.Add(Session(new BfdPath { Remote = neighbour, InterfaceIndex = 3 }, 3));
        table.HandleDatagram(First(), From(neighbour, 3), 0, out var session);
        Assert.That(session?.LocalDiscriminator, Is.EqualTo(3));
        Assert.That(table.HandleDatagram(First(), From(neighbour, 4), 0, out session), Is.EqualTo(BfdDiscardReason.UnknownNeighbor));
        Assert.That(session, Is.Null);
    }

    [TestCase(255, BfdDiscardReason.None)]
    [TestCase(254, BfdDiscardReason.HopLimit)]
    [TestCase(1, BfdDiscardReason.HopLimit)]
    [TestCase(-1, BfdDiscardReason.HopLimit)]
    public void C9_SingleHop_HopLimitHasToBe255(int hopLimit, BfdDiscardReason expected)
    {
        var harness = new SessionHarness();
        Assert.That(harness.Receive(harness.Peer, hopLimit), Is.EqualTo(expected));
        Assert.That(harness.Session.State, Is.EqualTo(expected == BfdDiscardReason.None ? BfdState.Init : BfdState.Down));
    }

    [TestCase(64, 64, BfdDiscardReason.None)]
    [TestCase(64, 63, BfdDiscardReason.HopLimit)]
    [TestCase(0, -1, BfdDiscardReason.None)]
    public void C9_MinimumHopLimit_IsAnOption(int minimum, int hopLimit, BfdDiscardReason expected)
    {
        var harness = new SessionHarness(Fast with { MinimumHopLimit = minimum });
        Assert.That(harness.Receive(harness.Peer, hopLimit), Is.EqualTo(expected));
    }

    [Test]
    public void C13_PointToPoint_SourceAddressDoesNotIdentifyTheSession()
    {
        var table = new BfdSessionTable();
        var session = Session(new BfdPath { Remote = Neighbour, InterfaceIndex = 5, IsPointToPoint = true }, 1);
        table.Add(session);
        Assert.That(table.HandleDatagram(First(), From(InetAddress.Parse("198.51.100.1"), 5), 0, out _), Is.EqualTo(BfdDiscardReason.None));
        Assert.That(session.State, Is.EqualTo(BfdState.Init));
        Assert.That(session.Path.Remote, Is.EqualTo(Neighbour), "still the destination");
        Assert.That(
            table.HandleDatagram(First(), From(InetAddress.Parse("fe80::1"), 5), 0, out _),
            Is.EqualTo(BfdDiscardReason.UnknownNeighbor),
            "other protocol");
    }

    [Test]
    public void E1_F3_OneSessionAPath_OverlapsAreRefused()
    {
        var local = InetAddress.Parse("10.90.0.1");
        var table = new BfdSessionTable();
        table.Add(Session(new BfdPath { Remote = Neighbour, Local = local, IsMultihop = true }, 1));
        Assert.That(() => table.Add(Session(new BfdPath { Remote = Neighbour, IsMultihop = true }, 2)), Throws.ArgumentException);
        Assert.That(
            () => table.Add(Session(new BfdPath { Remote = Neighbour, Local = local, IsMultihop = true }, 3)), Throws.ArgumentException);
        table.Add(Session(new BfdPath { Remote = Neighbour, Local = InetAddress.Parse("10.90.0.2"), IsMultihop = true }, 4));
        table.Add(Session(new BfdPath { Remote = Neighbour }, 5));
        Assert.That(table.Count, Is.EqualTo(3));
    }

    [Test]
    public void E3_E4_AdminDownOnEitherSide_IsMarkedSoThatClientsCanTell()
    {
        var harness = new SessionHarness().BringUp();
        harness.Receive(BfdState.AdminDown);
        Assert.That(harness.Changes[^1].IsAdministrative, Is.True, "the neighbour's");

        harness = new SessionHarness().BringUp();
        harness.Session.Disable(harness.Now);
        harness.Drain();
        Assert.That(harness.Changes[^1].IsAdministrative, Is.True, "ours");

        harness = new SessionHarness().BringUp();
        harness.Receive(BfdState.Down);
        Assert.That(harness.Changes[^1].IsAdministrative, Is.False, "a failure");
    }

    [Test]
    public void E5_ComingUpForTheFirstTime_TellsNoFailure()
    {
        var harness = new SessionHarness();
        harness.Receive(BfdState.Down);
        harness.Receive(BfdState.Up);
        Assert.That(harness.Changes.Select(change => change.NewState), Is.EqualTo(new[] { BfdState.Init, BfdState.Up }));
    }

    [Test]
    public void E2_Flap_IsToldAsItHappened_AndALastingFailureIsTheLastWord()
    {
        var harness = new SessionHarness().BringUp();
        harness.Receive(BfdState.Down);
        harness.Receive(BfdState.Down);
        harness.Receive(BfdState.Init);
        Assert.That(harness.Changes.Select(static change => change.NewState), Is.EqualTo(new[] { BfdState.Down, BfdState.Init, BfdState.Up }));
        harness.Peer = harness.Peer with { State = BfdState.Up };
        harness.AdvanceAlive(Second);
        harness.Advance(10 * Second);
        Assert.That(harness.Changes[^1].NewState, Is.EqualTo(BfdState.Down), "it stays down, and that was told");
    }

    [Test]
    public async Task E2_FlapsThatNobodyReads_MayBeMissed_TheLastStateNever()
    {
        const int flaps = 5000;
        await using var endpoint = new BfdEndpoint();
        var neighbor = new BfdNeighbor(endpoint, new BfdNeighborOptions { Name = "n", Address = Neighbour });
        var hub = new EventHub(observer: null, NullLogger.Instance);
        var stream = hub.Subscribe(neighbor);
        for (var i = 0; i < flaps; i++)
        {
            var (from, to) = i % 2 == 0 ? (BfdState.Down, BfdState.Up) : (BfdState.Up, BfdState.Down);
            hub.Publish(new BfdEvent { Neighbor = neighbor, Kind = BfdEventKind.StateChanged, PreviousState = from, State = to, Time = default });
        }

        hub.Complete();

        var (read, missed, last) = (0, 0, default(BfdEvent));
        await foreach (var happened in stream.ReadAllAsync(CancellationToken.None))
            (read, missed, last) = (read + 1, missed + happened.Missed, happened);
        Assert.That(last!.State, Is.EqualTo(BfdState.Down));
        Assert.That((read < flaps, read + missed), Is.EqualTo((true, flaps)), "what was missed is counted");
    }

    [Test]
    public void E6_NeighbourThatSpokeAndIsGone_IsAFailure_OneThatNeverSpokeIsNone()
    {
        var harness = new SessionHarness().BringUp();
        harness.Advance(Second);
        Assert.That(
            harness.Changes.Select(static change => (change.OldState, change.NewState, change.IsAdministrative, change.Diagnostic)),
            Is.EqualTo(new[] { (BfdState.Up, BfdState.Down, false, BfdDiagnostic.ControlDetectionTimeExpired) }));

        harness = new SessionHarness();
        harness.Advance(60 * Second);
        Assert.That(harness.Changes, Is.Empty);
    }

    [Test]
    public void F2_Multihop_HasNoEcho()
    {
        Assert.That(
            () => new SessionHarness(Fast with { EchoTxInterval = TimeSpan.FromMilliseconds(50) }, isMultihop: true),
            Throws.ArgumentException);
        Assert.That(
            () => new SessionHarness(Fast with { RequiredMinEchoRxInterval = TimeSpan.FromMilliseconds(50) }, isMultihop: true),
            Throws.ArgumentException);
    }

    [Test]
    public void F3_Multihop_FirstPacketIsMatchedByThePairOfAddresses()
    {
        var (one, two) = (InetAddress.Parse("10.90.0.1"), InetAddress.Parse("10.90.0.2"));
        var table = new BfdSessionTable();
        table.Add(Session(new BfdPath { Remote = Neighbour, Local = one, IsMultihop = true }, 1));
        table.Add(Session(new BfdPath { Remote = Neighbour, Local = two, IsMultihop = true }, 2));
        table.HandleDatagram(First(), From(Neighbour, 9) with { Destination = two, IsMultihop = true, HopLimit = 60 }, 0, out var session);
        Assert.That(session?.LocalDiscriminator, Is.EqualTo(2));
    }

    [Test]
    public void F6_Multihop_AnyHopLimitUnlessLimited()
    {
        var harness = new SessionHarness(isMultihop: true);
        Assert.That(harness.Receive(harness.Peer, hopLimit: 3), Is.EqualTo(BfdDiscardReason.None));
        harness = new SessionHarness(Fast with { MinimumHopLimit = 253 }, isMultihop: true);
        Assert.That(harness.Receive(harness.Peer, hopLimit: 252), Is.EqualTo(BfdDiscardReason.HopLimit));
    }

    [TestCase(3.3, 3300u)]
    [TestCase(10, 10_000u)]
    [TestCase(20, 20_000u)]
    [TestCase(50, 50_000u)]
    [TestCase(100, 100_000u)]
    [TestCase(1000, 1_000_000u)]
    [TestCase(10_000, 10_000_000u)]
    public void H1_CommonIntervals_AreOnTheWireInMicroseconds(double milliseconds, uint microseconds)
    {
        var interval = TimeSpan.FromMicroseconds(milliseconds * 1000);
        var harness = new SessionHarness(Fast with { DesiredMinTxInterval = interval, RequiredMinRxInterval = interval });
        harness.Receive(BfdState.Init);
        harness.Advance(0);
        Assert.That(
            (harness.Last.Header.DesiredMinTxInterval, harness.Last.Header.RequiredMinRxInterval),
            Is.EqualTo((microseconds, microseconds)));
        harness.Receive(BfdState.Up, BfdFlags.Final);
        Assert.That(harness.Session.TransmitInterval, Is.EqualTo(Math.Max(microseconds, 100_000) * 1000L));
    }

    [Test]
    public void H2_Multipliers_From1To255()
    {
        Assert.That(() => (Fast with { DetectMultiplier = 255 }).Validate(), Throws.Nothing);
        Assert.That(() => (Fast with { DetectMultiplier = 256 }).Validate(), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(new BfdSessionOptions().DetectMultiplier, Is.EqualTo(3), "the usual one");
    }

    [Test]
    public void Table_RemovedSession_IsFoundNoMore()
    {
        var table = new BfdSessionTable();
        var session = Session(new BfdPath { Remote = Neighbour }, 1);
        table.Add(session);
        Assert.That(table.Remove(session), Is.True);
        Assert.That(table.Remove(session), Is.False);
        Assert.That((table.Count, table.Find(1)), Is.EqualTo((0, (IBfdMachine?)null)));
        Assert.That(table.HandleDatagram(First(), From(Neighbour, 2), 0, out _), Is.EqualTo(BfdDiscardReason.UnknownNeighbor));
        table.Add(session);
        Assert.That(table.HandleDatagram(First(), From(Neighbour, 2), 0, out _), Is.EqualTo(BfdDiscardReason.None));
    }

    private static BfdSession Session(BfdPath path, uint discriminator) => new(path, discriminator, Fast, 0, new Random(1));

    private static BfdPacketOrigin From(InetAddress source, int interfaceIndex) => new()
    {
        Source = source,
        Destination = InetAddress.Parse(source.IsIPv6 ? "fe80::1" : "10.90.0.1"),
        InterfaceIndex = interfaceIndex,
        HopLimit = 255,
    };

    private static byte[] First()
    {
        var bytes = new byte[24];
        new SessionHarness().Peer.WriteTo(bytes);
        return bytes;
    }
}
