using Keepalived.Bfd.Wire;
using Keepalived.Netlink;

namespace Keepalived.Bfd.Tests.Transport;

/// <summary>Floods, forgeries and replays while a session is up: it stays up, and what came is counted.</summary>
[Parallelizable(ParallelScope.None)]
public sealed class HostileTests
{
    private const int Flood = 10_000;

    // 4 s of patience: what is to be seen is the session's own judgement, not the machine's noise.
    private static readonly BfdSessionOptions Patient = TestLink.Quick with { DetectMultiplier = 200 };

    [Test]
    public async Task Noise_OnEveryPort_ChangesNothing()
    {
        using var link = new TestLink();
        using var forger = new Forger(link);
        var echo = Patient with { EchoTxInterval = TimeSpan.FromMilliseconds(20), RequiredMinEchoRxInterval = TimeSpan.FromMilliseconds(20), EchoDetectMultiplier = 200 };
        var multihop = TestLink.Neighbor('a') with { Name = "far", IsMultihop = true, Interface = null, Session = Patient };
        var a = await link.StartAsync('a', TestLink.Neighbor('a') with { Session = echo }, multihop);
        await link.StartAsync('b', TestLink.Neighbor('b') with { Session = echo }, TestLink.Neighbor('b') with { Name = "far", IsMultihop = true, Interface = null, Session = Patient });
        await TestLink.Expect(a.Neighbors[0], BfdState.Up);
        await TestLink.Expect(a.Neighbors[1], BfdState.Up);

        var random = new Random(1);
        var noise = new byte[300];
        for (var i = 0; i < Flood; i++)
        {
            random.NextBytes(noise);
            forger.Port = (i % 3) switch { 0 => BfdPorts.SingleHop, 1 => BfdPorts.Multihop, _ => BfdPorts.Echo };
            forger.Send(noise.AsSpan(0, random.Next(noise.Length)));
        }

        await ExpectUndisturbed(a.Neighbors[0]);
        await ExpectUndisturbed(a.Neighbors[1]);
        Assert.That(a.DiscardedPackets, Is.GreaterThan(Flood / 10), "what the kernel kept for us was counted");
    }

    [TestCase(BfdState.Down)]
    [TestCase(BfdState.AdminDown)]
    public async Task ForgedGoodbye_FromAnotherNetwork_ChangesNothing(BfdState state)
    {
        using var link = new TestLink();
        using var forger = new Forger(link) { HopLimit = 254 };
        var (a, _) = await ConnectAsync(link);
        for (var i = 0; i < 100; i++)
            forger.Send(Forger.Of(a, state));
        await TestLink.Expect(() => a.Statistics.Discarded(BfdDiscardReason.HopLimit) == 100, "all discarded");
        await ExpectUndisturbed(a);
    }

    [Test]
    public async Task GuessedDiscriminators_ChangeNothing()
    {
        using var link = new TestLink();
        using var forger = new Forger(link);
        var (a, _) = await ConnectAsync(link);
        var random = new Random(2);
        for (var i = 0; i < Flood; i++)
        {
            var guess = (uint)random.NextInt64(1, 1L << 32);
            if (guess != a.LocalDiscriminator)
                forger.Send(Forger.Of(a, BfdState.AdminDown) with { YourDiscriminator = guess });
        }

        await ExpectUndisturbed(a);
        Assert.That(a.RemoteState, Is.EqualTo(BfdState.Up));
    }

    [Test]
    public async Task TruncatedPackets_AndLengthsThatLie_ChangeNothing()
    {
        using var link = new TestLink();
        using var forger = new Forger(link);
        var (a, _) = await ConnectAsync(link);
        var bytes = new byte[BfdControlHeader.Size];
        Forger.Of(a, BfdState.AdminDown).WriteTo(bytes);
        for (var length = 0; length < bytes.Length; length++)
            forger.Send(bytes.AsSpan(0, length));
        foreach (var length in (byte[])[0, 1, 23, 25, 26, 48, 255])
        {
            bytes[3] = length;
            forger.Send(bytes);
        }

        await ExpectUndisturbed(a);
        Assert.That(a.RemoteState, Is.EqualTo(BfdState.Up));
    }

    [Test]
    public async Task B56_PollStorm_IsAnsweredOneForOne_AndPeriodicPacketsGoOn()
    {
        const int bursts = 40;
        const int burst = 50; // what the socket of the test holds
        using var link = new TestLink();
        using var forger = new Forger(link);
        using var wire = new TestWire(link);
        var (a, b) = await ConnectAsync(link);
        await TestLink.Expect(() => IsSettled(a) && IsSettled(b), "the polls of the start are over");
        var before = wire.To(BfdPorts.SingleHop).Count(IsFinalOfA);
        for (var sent = burst; sent <= bursts * burst; sent += burst)
        {
            for (var i = 0; i < burst; i++)
                forger.Send(Forger.Of(a, BfdState.Up, BfdFlags.Poll));
            await TestLink.Expect(() => wire.To(BfdPorts.SingleHop).Count(IsFinalOfA) - before == sent, "an answer to each");
        }

        await ExpectUndisturbed(a);
        Assert.That(b.Statistics.TimesDown, Is.Zero);
        Assert.That(wire.To(BfdPorts.SingleHop).Count(IsFinalOfA) - before, Is.EqualTo(bursts * burst), "and no more");

        static bool IsSettled(BfdNeighbor session) =>
            session.GetStatus() is { IsPolling: false, TransmitInterval.TotalMilliseconds: 20, RemoteDesiredMinTxInterval.TotalMilliseconds: 20 };

        static bool IsFinalOfA(TestWire.Datagram datagram) =>
            datagram.Source == TestLink.AddressOf('a') && (datagram.Payload[1] & (byte)BfdFlags.Final) != 0;
    }

    [Test]
    public async Task ForgedAndReplayedPackets_OfAnAuthenticatedSession_ChangeNothing()
    {
        using var link = new TestLink();
        using var forger = new Forger(link);
        using var wire = new TestWire(link, 'a');
        var options = Patient with { Authentication = new BfdKeyChain(new BfdKey(1, BfdAuthenticationType.MeticulousKeyedSha1, "secret"u8)) };
        var (a, _) = await link.ConnectAsync(one => one with { Session = options }, one => one with { Session = options });
        await TestLink.Expect(() => a.Statistics.ControlPacketsReceived > 10, "packets");

        var old = wire.To(BfdPorts.SingleHop).First(static datagram => datagram.Source == TestLink.AddressOf('b') && datagram.State == BfdState.Up).Payload;
        var (unsigned, wrongKey) = (Forger.Of(a, BfdState.Down), new BfdKey(1, BfdAuthenticationType.MeticulousKeyedSha1, "guess"u8));
        var (otherType, otherId) = (new BfdKey(1, BfdAuthenticationType.KeyedMd5, "secret"u8), new BfdKey(2, BfdAuthenticationType.MeticulousKeyedSha1, "secret"u8));
        var sequence = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(old.AsSpan(28));
        for (var i = 0; i < 500; i++)
        {
            forger.Send(old);
            forger.Send(unsigned);
            forger.Send(unsigned, wrongKey, sequence + (uint)a.Statistics.ControlPacketsReceived + 20);
            forger.Send(unsigned, otherType, sequence + 30);
            forger.Send(unsigned, otherId, sequence + 30);
        }

        await TestLink.Expect(() => a.Statistics.Discarded(BfdDiscardReason.AuthenticationKeyId) == 500, "all were looked at");
        await ExpectUndisturbed(a);
        Assert.Multiple(() =>
        {
            Assert.That(a.Statistics.Discarded(BfdDiscardReason.AuthenticationSequence), Is.GreaterThanOrEqualTo(500), "replays");
            Assert.That(a.Statistics.Discarded(BfdDiscardReason.AuthenticationMissing), Is.EqualTo(500));
            Assert.That(a.Statistics.Discarded(BfdDiscardReason.AuthenticationType), Is.EqualTo(500));
        });
    }

    [Test]
    public async Task FirstPacketsFromEverywhere_OpenNoMoreThanAllowed_AndEndBySilence()
    {
        const int allowed = 16;
        using var link = new TestLink();
        using var forger = new Forger(link);
        var a = await link.StartAsync(
            'a',
            new BfdEndpointOptions
            {
                Unsolicited = new BfdUnsolicitedOptions
                {
                    Interfaces = [TestLink.Interface],
                    MaximumSessions = allowed,
                    Session = TestLink.Quick with { Role = BfdRole.Passive },
                },
            },
            TestLink.Neighbor('a') with { Session = Patient });
        await link.StartAsync('b', TestLink.Neighbor('b') with { Session = Patient });
        await TestLink.Expect(a.Neighbors[0], BfdState.Up);
        for (var i = 0; i < 2000; i++)
        {
            forger.Source = InetAddress.Parse($"10.92.{1 + (i / 250)}.{1 + (i % 250)}");
            forger.Send(new BfdControlHeader
            {
                State = BfdState.Down,
                DetectMultiplier = 2,
                MyDiscriminator = (uint)i + 1,
                DesiredMinTxInterval = 1_000_000,
                RequiredMinRxInterval = 1_000_000,
            });
        }

        await TestLink.Expect(() => a.UnsolicitedNeighbors.Length == allowed, "as many as allowed");
        await TestLink.Expect(() => a.UnsolicitedNeighbors.IsEmpty, "nobody goes on");
        await ExpectUndisturbed(a.Neighbors[0]);
    }

    [Test]
    public async Task EchoesFromABroadcastAddress_AreNotReturnedToEverybody()
    {
        using var link = new TestLink();
        link.SetForwarding('a', false);
        var answering = Patient with { RequiredMinEchoRxInterval = TimeSpan.FromMilliseconds(20) };
        var (a, _) = await link.ConnectAsync(
            options => options with { Session = answering },
            options => options with { Session = answering with { EchoTxInterval = TimeSpan.FromMilliseconds(20), EchoDetectMultiplier = 200 } });
        using var wire = new TestWire(link);
        await TestLink.Expect(() => wire.To(BfdPorts.Echo).Count > 10, "echoes go round");
        var returned = wire.To(BfdPorts.Echo)[0];
        var frame = returned.Frame.ToArray();
        frame.AsSpan(6, 6).CopyTo(frame);
        frame.AsSpan(6, 6).Fill(0xff);
        for (var i = 0; i < 10; i++)
        {
            await wire.SendAsync(returned.InterfaceIndex, frame);
            await Task.Delay(30);
        }

        Assert.That(
            wire.To(BfdPorts.Echo).Count(datagram => datagram.Frame.AsSpan(0, 6).IndexOfAnyExcept((byte)0xff) < 0), Is.Zero, "to everybody");
        Assert.That(a.State, Is.EqualTo(BfdState.Up));
    }

    private static Task<(BfdNeighbor A, BfdNeighbor B)> ConnectAsync(TestLink link) => link.ConnectAsync(
        static options => options with { Session = Patient }, static options => options with { Session = Patient });

    private static async Task ExpectUndisturbed(BfdNeighbor session)
    {
        var received = session.Statistics.ControlPacketsReceived;
        await TestLink.Expect(() => session.Statistics.ControlPacketsReceived > received + 10, "packets go on");
        Assert.That((session.State, session.Statistics.TimesDown), Is.EqualTo((BfdState.Up, 0L)));
    }
}
