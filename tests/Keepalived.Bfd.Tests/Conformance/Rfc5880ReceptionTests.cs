using Keepalived.Bfd.Tests.Support;
using Keepalived.Bfd.Wire;
using Keepalived.Netlink;
using static Keepalived.Bfd.Tests.Support.SessionHarness;

namespace Keepalived.Bfd.Tests.Conformance;

/// <summary>
/// RFC 5880 §6.8.6: reception, in its order. The vectors of the malformed packets are in <see cref="Wire.NegativeVectorTests"/>.
/// </summary>
public sealed class Rfc5880ReceptionTests
{
    private static readonly BfdPacketOrigin Origin = new()
    {
        Source = InetAddress.Parse("10.90.0.7"),
        Destination = InetAddress.Parse("10.90.0.1"),
        InterfaceIndex = 2,
        HopLimit = 255,
    };

    [Test]
    public void B16_NonZeroYourDiscriminator_AloneDecides()
    {
        var (table, session) = Table();
        var elsewhere = Origin with { Source = InetAddress.Parse("192.0.2.9"), Destination = InetAddress.None, InterfaceIndex = 77 };
        Assert.That(Handle(table, Good with { YourDiscriminator = Mine }, elsewhere), Is.EqualTo(BfdDiscardReason.None));
        Assert.That(session.RemoteDiscriminator, Is.EqualTo(Theirs));
    }

    // Each packet has its fault and all later ones, so that only the order tells them apart.
    [Test]
    public void B59_To_B66_FirstFailedCheck_IsTheReason()
    {
        var bytes = new byte[30];
        const BfdFlags Flags = BfdFlags.Multipoint | BfdFlags.Poll | BfdFlags.Final;
        (Good with { DetectMultiplier = 0, MyDiscriminator = 0, State = BfdState.Up, Flags = Flags }).WriteTo(bytes);
        bytes[0] = 0x40;
        bytes[3] = 23;
        Expect(bytes.AsSpan(0, 23), BfdDiscardReason.Truncated);
        Expect(bytes, BfdDiscardReason.Version);
        bytes[0] = 0x20;
        Expect(bytes, BfdDiscardReason.LengthTooSmall);
        bytes[3] = 25;
        bytes[1] |= (byte)BfdFlags.AuthenticationPresent;
        Expect(bytes, BfdDiscardReason.LengthTooSmall);
        bytes[3] = 31;
        Expect(bytes, BfdDiscardReason.LengthBeyondDatagram);
        bytes[1] &= unchecked((byte)~BfdFlags.AuthenticationPresent);
        bytes[3] = 24;
        Expect(bytes, BfdDiscardReason.MultiplierZero);
        bytes[2] = 3;
        Expect(bytes, BfdDiscardReason.Multipoint);
        bytes[1] &= unchecked((byte)~BfdFlags.Multipoint);
        Expect(bytes, BfdDiscardReason.PollAndFinal);
        bytes[1] &= unchecked((byte)~BfdFlags.Final);
        Expect(bytes, BfdDiscardReason.MyDiscriminatorZero);
        bytes[7] = 1;
        Expect(bytes, BfdDiscardReason.YourDiscriminatorZero);
        bytes[1] = 0x40;
        Expect(bytes, BfdDiscardReason.None);
    }

    [Test]
    public void B61_BytesAfterThePacket_AreNoReason()
    {
        var (table, session) = Table();
        var bytes = new byte[64];
        Random.Shared.NextBytes(bytes);
        Good.WriteTo(bytes);
        Assert.That(table.HandleDatagram(bytes, Origin, 0, out _), Is.EqualTo(BfdDiscardReason.None));
        Assert.That(session.State, Is.EqualTo(BfdState.Init));
    }

    [Test]
    public void B65_UnknownYourDiscriminator_IsDiscardedAndCounted()
    {
        var (table, session) = Table();
        Assert.That(Handle(table, Good with { YourDiscriminator = 0x7fffffff }, Origin), Is.EqualTo(BfdDiscardReason.UnknownDiscriminator));
        Assert.That((table.Discarded(BfdDiscardReason.UnknownDiscriminator), session.State), Is.EqualTo((1, BfdState.Down)));
    }

    [Test]
    public void B67_ZeroYourDiscriminator_IsMatchedByAddressesInterfaceAndPort()
    {
        var (table, session) = Table();
        var other = InetAddress.Parse("10.90.0.99");
        Assert.That(Handle(table, Good, Origin with { Source = other }), Is.EqualTo(BfdDiscardReason.UnknownNeighbor));
        Assert.That(Handle(table, Good, Origin with { Destination = other }), Is.EqualTo(BfdDiscardReason.UnknownNeighbor));
        Assert.That(Handle(table, Good, Origin with { InterfaceIndex = 3 }), Is.EqualTo(BfdDiscardReason.UnknownNeighbor));
        Assert.That(Handle(table, Good, Origin with { IsMultihop = true }), Is.EqualTo(BfdDiscardReason.UnknownNeighbor));
        Assert.That(session.RemoteDiscriminator, Is.Zero);
        Assert.That(Handle(table, Good, Origin), Is.EqualTo(BfdDiscardReason.None));
        Assert.That(session.State, Is.EqualTo(BfdState.Init));
    }

    [Test]
    public void B68_AcceptedPacket_IsRemembered()
    {
        var harness = new SessionHarness().BringUp();
        harness.Receive(new BfdControlHeader
        {
            State = BfdState.Init,
            Diagnostic = BfdDiagnostic.PathDown,
            Flags = BfdFlags.Demand,
            DetectMultiplier = 5,
            MyDiscriminator = 0x77,
            YourDiscriminator = Mine,
            DesiredMinTxInterval = 200_000,
            RequiredMinRxInterval = 300_000,
        });
        var session = harness.Session;
        Assert.That(
            (session.RemoteDiscriminator, session.RemoteState, session.RemoteDiagnostic),
            Is.EqualTo((0x77u, BfdState.Init, BfdDiagnostic.PathDown)));
        Assert.That((session.IsRemoteDemand, session.IsRemoteDemandActive), Is.EqualTo((true, false)));
        Assert.That((session.TransmitInterval, session.DetectionTime), Is.EqualTo((300 * Millisecond, 1000 * Millisecond)));
    }

    [Test]
    public void B69_OwnAdminDown_DiscardsTheRest()
    {
        var harness = new SessionHarness();
        harness.Session.Disable(harness.Now);
        harness.Drain();
        harness.Sent.Clear();
        Assert.That(harness.Receive(BfdState.Down, BfdFlags.Poll), Is.EqualTo(BfdDiscardReason.AdminDown));
        Assert.That(harness.Session.State, Is.EqualTo(BfdState.AdminDown));
        Assert.That(harness.Sent, Is.Empty);
        Assert.That(harness.Session.RemoteDiscriminator, Is.EqualTo(Theirs), "the variables were taken over before");
    }

    [TestCase(BfdState.Init)]
    [TestCase(BfdState.Up)]
    public void B70_ReceivedAdminDown_GoesDownWithDiagnosticThree(BfdState local)
    {
        var harness = new SessionHarness();
        if (local == BfdState.Up)
            harness.BringUp();
        else
            harness.Receive(BfdState.Down);
        harness.Changes.Clear();
        harness.Receive(BfdState.AdminDown);
        Assert.That(harness.Changes, Has.Count.EqualTo(1));
        Assert.That(
            (harness.Changes[0].NewState, harness.Changes[0].Diagnostic),
            Is.EqualTo((BfdState.Down, BfdDiagnostic.NeighborSignaledSessionDown)));
    }

    [Test]
    public void B70_ReceivedAdminDownWhileDown_ChangesNothing()
    {
        var harness = new SessionHarness();
        harness.Receive(BfdState.AdminDown);
        Assert.That((harness.Session.State, harness.Session.Diagnostic), Is.EqualTo((BfdState.Down, BfdDiagnostic.None)));
        Assert.That(harness.Changes, Is.Empty);
    }

    private static BfdControlHeader Good => new()
    {
        State = BfdState.Down,
        DetectMultiplier = 3,
        MyDiscriminator = Theirs,
        DesiredMinTxInterval = 1_000_000,
        RequiredMinRxInterval = 100_000,
    };

    private static (BfdSessionTable Table, BfdSession Session) Table()
    {
        var path = new BfdPath { Remote = Origin.Source, Local = Origin.Destination, InterfaceIndex = Origin.InterfaceIndex };
        var session = new BfdSession(path, Mine, Fast, 0, new Random(1));
        var table = new BfdSessionTable();
        table.Add(session);
        return (table, session);
    }

    private static BfdDiscardReason Handle(BfdSessionTable table, BfdControlHeader header, in BfdPacketOrigin origin)
    {
        Span<byte> bytes = stackalloc byte[24];
        header.WriteTo(bytes);
        return table.HandleDatagram(bytes, origin, 0, out _);
    }

    private static void Expect(ReadOnlySpan<byte> bytes, BfdDiscardReason reason) =>
        Assert.That(BfdControlPacket.TryParse(bytes, out _), Is.EqualTo(reason));
}
