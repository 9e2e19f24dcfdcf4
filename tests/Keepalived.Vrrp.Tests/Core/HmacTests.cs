using System.Buffers.Binary;
using Keepalived.Netlink;
using Keepalived.Vrrp.Tests.Captures;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp.Tests.Core;

/// <summary>HMAC trailers at the receiver, verdict by verdict, and at the sender.</summary>
public sealed class HmacTests
{
    private const long Second = RouterHarness.Second;
    private static readonly InetAddress Peer = RouterHarness.LowerAddress;

    private static IEnumerable<VrrpRouterOptions> Kinds =>
    [
        RouterHarness.V2() with { Hmac = TestKeys.Hmac() },
        RouterHarness.V3() with { Hmac = TestKeys.Hmac() },
        RouterHarness.V3IPv6() with { Hmac = TestKeys.Hmac() },
        RouterHarness.Unicast(RouterHarness.V3() with { Hmac = TestKeys.Hmac() }, "10.9.0.1", "10.9.0.200"),
    ];

    [TestCase("vrrp2-hmac-newer")]
    [TestCase("vrrp3-hmac-newer")]
    [TestCase("vrrp3-ipv6-hmac-newer")]
    public void Capture_OfTheRealOne_IsAcceptedOnceAndOnlyInItsTime(string name)
    {
        var frames = CaptureFile.Read(name).Where(static frame => frame.Kind == "vrrp").ToList();
        Assert.That(frames, Has.Count.GreaterThan(5));
        var router = new RouterHarness(OptionsOf(frames[0])).Start().Router;
        foreach (var frame in frames)
        {
            var trailer = TestKeys.TrailerOf(frame.Datagram);
            var time = trailer.Seconds * Second;
            Assert.That(Handle(router, frame, time + (6 * Second)), Is.EqualTo(VrrpDiscardReason.HmacStale), frame.Name);
            Assert.That(Handle(router, frame, time), Is.EqualTo(VrrpDiscardReason.None), frame.Name);
            Assert.That(Handle(router, frame, time + Second), Is.EqualTo(VrrpDiscardReason.HmacReplay), frame.Name);
        }
    }

    [TestCase("vrrp2-hmac-newer")]
    [TestCase("vrrp3-ipv6-hmac-newer")]
    public void Capture_WithAnyOtherByte_IsDiscarded(string name)
    {
        var frame = CaptureFile.Read(name).First(static frame => frame.Kind == "vrrp");
        var trailer = TestKeys.TrailerOf(frame.Datagram);
        for (var i = frame.IsIPv6 ? 0 : 20; i < frame.Datagram.Length; i++)
        {
            var router = new RouterHarness(OptionsOf(frame)).Start().Router;
            var packet = frame.Datagram.ToArray();
            packet[i] ^= 1;
            var verdict = router.HandleDatagram(frame.Header, packet, RouterHarness.Epoch + 1, trailer.Seconds * Second);
            Assert.That(verdict, Is.Not.EqualTo(VrrpDiscardReason.None), $"byte {i}");
        }
    }

    [TestCaseSource(nameof(Kinds))]
    public void Receive_SignedWithTheKey_IsFollowed(VrrpRouterOptions options)
    {
        var harness = new RouterHarness(options).Start();
        Assert.That(Receive(harness, 200), Is.EqualTo(VrrpDiscardReason.None));
        Assert.That(harness.Router.MasterAddress, Is.EqualTo(SourceFor(harness)));
    }

    [TestCaseSource(nameof(Kinds))]
    public void Receive_TheSameAgain_IsAReplay(VrrpRouterOptions options)
    {
        var harness = new RouterHarness(options).Start();
        var packet = Signed(harness, 200);
        Assert.That(harness.ReceivePacket(packet, SourceFor(harness)), Is.EqualTo(VrrpDiscardReason.None));
        var deadline = harness.Router.NextDeadline;
        harness.Elapse(Second);
        Assert.That(harness.ReceivePacket(packet, SourceFor(harness)), Is.EqualTo(VrrpDiscardReason.HmacReplay));
        Assert.That(harness.Router.NextDeadline, Is.EqualTo(deadline), "a recording keeps nobody master");
        Assert.That(harness.Router.Statistics.HmacReplays, Is.EqualTo(1));
    }

    [TestCase(VrrpHmacMode.Enforce, VrrpDiscardReason.HmacMissing)]
    [TestCase(VrrpHmacMode.Permissive, VrrpDiscardReason.None)]
    [TestCase(VrrpHmacMode.ReceiveOnly, VrrpDiscardReason.None)]
    public void Receive_Unsigned_DependsOnTheMode(VrrpHmacMode mode, VrrpDiscardReason expected)
    {
        foreach (var kind in Kinds)
        {
            var harness = new RouterHarness(kind with { Hmac = TestKeys.Hmac(mode) }).Start();
            Assert.That(harness.Receive(200, SourceFor(harness), Unsigned), Is.EqualTo(expected));
            Assert.That(harness.Router.Statistics.HmacMissing, Is.EqualTo(expected == VrrpDiscardReason.None ? 0 : 1));
        }
    }

    [TestCase(VrrpHmacMode.Enforce)]
    [TestCase(VrrpHmacMode.Permissive)]
    [TestCase(VrrpHmacMode.ReceiveOnly)]
    public void Receive_WrongHmac_IsDiscardedInEveryMode(VrrpHmacMode mode)
    {
        foreach (var kind in Kinds)
        {
            var harness = new RouterHarness(kind with { Hmac = TestKeys.Hmac(mode) }).Start();
            var packet = Signed(harness, 200);
            packet[^1] ^= 1;
            Assert.That(harness.ReceivePacket(packet, SourceFor(harness)), Is.EqualTo(VrrpDiscardReason.HmacInvalid));
            Assert.That(harness.Router.Statistics.HmacInvalid, Is.EqualTo(1));
        }
    }

    [TestCase(28, 2)]
    [TestCase(28, 0)]
    [TestCase(26, 1)]
    [TestCase(25, 1)]
    public void Receive_OtherTypeOrReservedField_IsMalformed(int fromEnd, byte value)
    {
        var harness = Harness();
        var packet = Signed(harness, 200);
        packet[^fromEnd] = value;
        Assert.That(harness.ReceivePacket(packet, Peer), Is.EqualTo(VrrpDiscardReason.HmacMalformed));
        Assert.That(harness.Router.Statistics.HmacMalformed, Is.EqualTo(1));
    }

    [Test]
    public void Receive_UnknownKey_IsSaidSo()
    {
        var harness = Harness();
        var packet = Signed(harness, 200, static options => options with
        {
            Hmac = options.Hmac! with { Keys = [TestKeys.Second], ActiveKeyId = 2 },
        });
        Assert.That(harness.ReceivePacket(packet, Peer), Is.EqualTo(VrrpDiscardReason.HmacUnknownKey));
        Assert.That(harness.Router.Statistics.HmacUnknownKeys, Is.EqualTo(1));
    }

    [TestCase(-5, VrrpDiscardReason.None)]
    [TestCase(5, VrrpDiscardReason.None)]
    [TestCase(-6, VrrpDiscardReason.HmacStale)]
    [TestCase(6, VrrpDiscardReason.HmacStale)]
    [TestCase(int.MinValue, VrrpDiscardReason.HmacStale)]
    public void Receive_TimeFromOurs_CountsUpToTheWindow(int seconds, VrrpDiscardReason expected)
    {
        var harness = Harness();
        var sequence = Clock(harness) + ((ulong)(uint)seconds << 32);
        Assert.That(harness.ReceivePacket(Signed(harness, 200, null, sequence), Peer), Is.EqualTo(expected));
        Assert.That(harness.Router.Statistics.HmacStale, Is.EqualTo(expected == VrrpDiscardReason.None ? 0 : 1));
    }

    [Test]
    public void Receive_TimeFromOursWithoutWindow_DoesNotCount()
    {
        var harness = Harness(static hmac => hmac with { ReplayProtection = VrrpReplayProtection.Monotonic });
        Assert.That(harness.ReceivePacket(Signed(harness, 200, null, 1), Peer), Is.EqualTo(VrrpDiscardReason.None));
        Assert.That(harness.ReceivePacket(Signed(harness, 200, null, 1), Peer), Is.EqualTo(VrrpDiscardReason.HmacReplay));
        Assert.That(harness.Notices, Does.Not.Contain(VrrpNotice.ClockSkew));
    }

    [TestCase(2, false)]
    [TestCase(3, true)]
    [TestCase(-3, true)]
    public void Receive_TimeBeyondHalfTheWindow_IsNoticedOnce(int seconds, bool noticed)
    {
        var harness = Harness();
        for (var i = 0ul; i < 4; i++)
        {
            // That the first one is from another master clears what was noticed.
            if (i == 1)
                harness.Log.Clear();
            harness.ReceivePacket(Signed(harness, 200, null, Clock(harness) + ((ulong)(uint)seconds << 32) + i), Peer);
        }

        Assert.That(harness.Notices.Count(static notice => notice == VrrpNotice.ClockSkew), Is.EqualTo(noticed ? 1 : 0));
    }

    [Test]
    public void Receive_AsOfAnotherSource_IsInvalid()
    {
        var harness = Harness();
        var packet = Signed(harness, 200);
        RouterHarness.HigherAddress.WriteTo(packet.AsSpan(12));
        Assert.That(harness.ReceivePacket(packet, RouterHarness.HigherAddress), Is.EqualTo(VrrpDiscardReason.HmacInvalid));
    }

    [Test]
    public void Receive_UnicastOfAStranger_IsDiscardedBeforeItsHashIsLookedAt()
    {
        var harness = new RouterHarness(Kinds.Last()).Start();
        var stranger = InetAddress.Parse("10.9.0.9");
        var packet = harness.Advertisement(200, stranger, null, Clock(harness));
        packet[^1] ^= 1;
        Assert.That(harness.ReceivePacket(packet, stranger), Is.EqualTo(VrrpDiscardReason.UnknownPeer));
    }

    [Test]
    public void Receive_StaleAndForged_IsStale()
    {
        var harness = Harness();
        var packet = Signed(harness, 200, null, 1);
        packet[^1] ^= 1;
        Assert.That(harness.ReceivePacket(packet, Peer), Is.EqualTo(VrrpDiscardReason.HmacStale));
    }

    [Test]
    public void Receive_ForgedAheadOfTheTrueOne_DoesNotMoveTheMark()
    {
        var harness = Harness();
        var forged = Signed(harness, 200, null, Clock(harness) + (4UL << 32));
        forged[^1] ^= 1;
        Assert.That(harness.ReceivePacket(forged, Peer), Is.EqualTo(VrrpDiscardReason.HmacInvalid));
        Assert.That(Receive(harness, 200), Is.EqualTo(VrrpDiscardReason.None));
    }

    [Test]
    public void Receive_TrailerWhereNoneIsConfigured_IsALengthError()
    {
        var harness = new RouterHarness(RouterHarness.V3()).Start();
        var packet = harness.Advertisement(200, Peer, static options => options with { Hmac = TestKeys.Hmac() }, 1);
        Assert.That(harness.ReceivePacket(packet, Peer), Is.EqualTo(VrrpDiscardReason.PacketLength));
    }

    [TestCase(1)]
    [TestCase(-1)]
    public void Receive_LengthBesideTheTrailers_IsALengthError(int difference)
    {
        var harness = Harness();
        var packet = Signed(harness, 200);
        Array.Resize(ref packet, packet.Length + difference);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        Assert.That(harness.ReceivePacket(packet, Peer), Is.EqualTo(VrrpDiscardReason.PacketLength));
    }

    [Test]
    public void Reconfigure_MarksOfSenders_AreKept()
    {
        foreach (var kind in Kinds)
        {
            var harness = new RouterHarness(kind).Start();
            var packet = Signed(harness, 200);
            harness.ReceivePacket(packet, SourceFor(harness));
            var hmac = kind.Hmac! with { Keys = [TestKeys.Second, TestKeys.First] };
            harness.Do((router, now) => router.Reconfigure(router.Options with { Priority = 90, Hmac = hmac }, false, now));
            Assert.That(harness.ReceivePacket(packet, SourceFor(harness)), Is.EqualTo(VrrpDiscardReason.HmacReplay));
        }
    }

    [Test]
    public void Reconfigure_NumbersSent_KeepGrowing()
    {
        var harness = new RouterHarness(RouterHarness.V3() with { Hmac = TestKeys.Hmac() }).StartMaster();
        harness.Elapse(2 * Second);
        var before = SequenceOf(harness);
        harness.ClockError = -3 * Second;
        harness.Do(static (router, now) => router.Reconfigure(router.Options with { Priority = 150 }, false, now));
        Assert.That(SequenceOf(harness), Is.EqualTo(before + 1));
    }

    [Test]
    public void Send_CopiesOfOneAdvert_AreAlikeThoughTimePasses()
    {
        var harness = new RouterHarness(Kinds.Last()).StartMaster();
        harness.Elapse(Second);
        var action = harness.Adverts.Last();
        var copies = harness.Router.Destinations.ToArray().Select((destination, i) =>
            harness.Router.GetAdvertisement(action, destination, harness.UtcNow + i).ToArray()).ToList();
        Assert.That(copies, Has.Count.EqualTo(2));
        Assert.That(copies[1][^28..], Is.EqualTo(copies[0][^28..]));
    }

    [Test]
    public void Send_ReceiveOnly_IsUnsigned()
    {
        var harness = new RouterHarness(RouterHarness.V3() with { Hmac = TestKeys.Hmac(VrrpHmacMode.ReceiveOnly) }).StartMaster();
        harness.Elapse(Second);
        Assert.That(harness.Router.GetAdvertisement(harness.Adverts.Last(), harness.Router.Destinations[0]).Length, Is.EqualTo(32));
    }

    [Test]
    public void Time_Missing_Throws()
    {
        var harness = new RouterHarness(RouterHarness.V3() with { Hmac = TestKeys.Hmac() }).StartMaster();
        harness.Elapse(Second);
        var action = harness.Adverts.Last();
        Assert.That(() => harness.Router.GetAdvertisement(action, harness.Router.Destinations[0]).Length, Throws.ArgumentException);
        var packet = Signed(harness, 50);
        Assert.That(() => harness.Router.HandleDatagram(default, packet, harness.Now), Throws.ArgumentException);
    }

    private static VrrpDiscardReason Handle(VrrpRouter router, CapturedFrame frame, long utcNow) =>
        router.HandleDatagram(frame.Header, frame.Datagram, RouterHarness.Epoch + 1, utcNow);

    private static VrrpRouterOptions OptionsOf(CapturedFrame frame)
    {
        var datagram = frame.IsIPv6 ? frame.Datagram : frame.Datagram[20..];
        VrrpAdvertisement.TryParse(datagram[..^HmacTrailer.Length], frame.Family, out var message);
        var addresses = new InetAddress[message.AddressCount];
        for (var i = 0; i < addresses.Length; i++)
            addresses[i] = message.GetAddress(i);
        return (frame.IsIPv6 ? RouterHarness.V3IPv6() : RouterHarness.V3()) with
        {
            Version = message.Version,
            Addresses = [.. addresses],
            Hmac = TestKeys.Hmac(),
        };
    }

    private static ulong SequenceOf(RouterHarness harness)
    {
        var packet = harness.Router.GetAdvertisement(harness.Adverts.Last(), harness.Router.Destinations[0], harness.UtcNow);
        var trailer = TestKeys.TrailerOf(packet);
        return trailer.Sequence;
    }

    private static VrrpRouterOptions Unsigned(VrrpRouterOptions options) => options with { Hmac = null };

    private static RouterHarness Harness(Func<VrrpHmacOptions, VrrpHmacOptions>? differently = null)
    {
        var hmac = TestKeys.Hmac();
        return new RouterHarness(RouterHarness.V3() with { Hmac = differently?.Invoke(hmac) ?? hmac }).Start();
    }

    private static InetAddress SourceFor(RouterHarness harness) =>
        harness.Router.SourceAddress.IsIPv6 ? InetAddress.Parse("fe80::1") : Peer;

    private static ulong Clock(RouterHarness harness) => SequenceClock.FromTime(harness.UtcNow);

    private static VrrpDiscardReason Receive(RouterHarness harness, int priority) =>
        harness.ReceivePacket(Signed(harness, priority), SourceFor(harness));

    private static byte[] Signed(
        RouterHarness harness, int priority, Func<VrrpRouterOptions, VrrpRouterOptions>? differently = null, ulong? sequence = null) =>
        harness.Advertisement(
            priority,
            SourceFor(harness),
            options => (differently ?? (static same => same))(options with { Hmac = options.Hmac! with { Mode = VrrpHmacMode.Enforce } }),
            sequence ?? Clock(harness));
}
