using System.Security.Cryptography;
using Keepalived.Netlink;
using Keepalived.Vrrp.Tests.Core;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp.Tests.Conformance;

/// <summary>keepalived's HMAC extension (2.4.2 and later), statement by statement.</summary>
public sealed class HmacExtensionTests
{
    private const long Second = RouterHarness.Second;
    private static readonly InetAddress Peer = RouterHarness.LowerAddress;

    private static IEnumerable<VrrpRouterOptions> Kinds =>
    [
        RouterHarness.V2() with { Hmac = TestKeys.Hmac() },
        RouterHarness.V3() with { Hmac = TestKeys.Hmac() },
        RouterHarness.V3IPv6() with { Hmac = TestKeys.Hmac() },
    ];

    [TestCaseSource(nameof(Kinds))]
    public void Y1_Trailer_FollowsThePacket(VrrpRouterOptions options)
    {
        var (payload, harness) = Send(options);
        var length = VrrpAdvertisement.LengthOf(options.Version, options.Family, options.Addresses.Length);
        Assert.That(payload, Has.Length.EqualTo(length + 28));
        Assert.That(payload[length..(length + 4)], Is.EqualTo(new byte[] { 1, 1, 0, 0 }));
        var trailer = TestKeys.TrailerOf(payload);
        Assert.That(trailer.Seconds, Is.EqualTo((uint)(harness.UtcNow / Second)));
        Assert.That(trailer.Sequence & 0xffff, Is.Zero, "the counter");
    }

    [TestCaseSource(nameof(Kinds))]
    public void Y2_Input_IsPseudoHeaderMessageAndTrailer(VrrpRouterOptions options)
    {
        var (payload, _) = Send(options);
        var address = new byte[16];
        options.SourceAddress.WriteTo(address);
        var covered = payload[..^16];
        covered[6] = covered[7] = 0;
        byte[] input =
        [
            (byte)(options.SourceAddress.IsIPv6 ? 6 : 4), (byte)options.Version, 51, 0, .. address, .. covered, .. new byte[16],
        ];
        byte[] key = [.. Enumerable.Range(0, 32).Select(static i => (byte)i)];
        Assert.That(payload[^16..], Is.EqualTo(HMACSHA256.HashData(key, input)[..16]));
    }

    [TestCaseSource(nameof(Kinds))]
    public void Y3_Checksum_LeavesTheTrailerOutOverIPv4Only(VrrpRouterOptions options)
    {
        var (payload, _) = Send(options);
        var covered = options.SourceAddress.IsIPv6 ? payload : payload[..^28];
        var sum = InternetChecksum.Sum(covered);
        if (options.Version == VrrpVersion.V3)
        {
            sum += InternetChecksum.SumPseudoHeader(
                options.SourceAddress, options.EffectiveGroup, VrrpAdvertisement.Protocol, covered.Length);
        }

        Assert.That(InternetChecksum.IsValid(sum), Is.True);
        if (options.Version == VrrpVersion.V2)
            Assert.That(payload[4], Is.Zero, "authentication type");
    }

    [Test]
    public void Y4_Number_GrowsWithEveryAdvert()
    {
        foreach (var options in Kinds)
        {
            var harness = new RouterHarness(options).StartMaster();
            var last = 0UL;
            for (var i = 0; i < 5; i++)
            {
                // The clock stands still half of the time.
                harness.ClockError -= i % 2 * Second;
                harness.Elapse(Second);
                var packet = harness.Router.GetAdvertisement(harness.Adverts.Last(), harness.Router.Destinations[0], harness.UtcNow);
                var trailer = TestKeys.TrailerOf(packet);
                Assert.That(trailer.Sequence, Is.GreaterThan(last));
                last = trailer.Sequence;
            }
        }
    }

    [Test]
    public void Y5_Enforce_DiscardsWhateverIsNotGenuineAndNew()
    {
        var harness = new RouterHarness(RouterHarness.V3() with { Hmac = TestKeys.Hmac() }).Start();
        var now = SequenceClock.FromTime(harness.UtcNow);
        var good = harness.Advertisement(200, Peer, null, now);
        var verdicts = new List<VrrpDiscardReason>
        {
            harness.Receive(200, Peer, static options => options with { Hmac = null }),
            harness.ReceivePacket(good[..^4], Peer),
            harness.ReceivePacket(Changed(good, 28, 2), Peer),
            harness.ReceivePacket(Changed(good, 25, 1), Peer),
            harness.ReceivePacket(Changed(good, 27, 9), Peer),
            harness.ReceivePacket(Changed(good, 1, (byte)~good[^1]), Peer),
            harness.ReceivePacket(harness.Advertisement(200, Peer, null, now - (6UL << 32)), Peer),
            harness.ReceivePacket(good, Peer),
            harness.ReceivePacket(good, Peer),
        };
        Assert.That(verdicts, Is.EqualTo(
        [
            VrrpDiscardReason.HmacMissing, VrrpDiscardReason.PacketLength, VrrpDiscardReason.HmacMalformed, VrrpDiscardReason.HmacMalformed,
            VrrpDiscardReason.HmacUnknownKey, VrrpDiscardReason.HmacInvalid, VrrpDiscardReason.HmacStale, VrrpDiscardReason.None,
            VrrpDiscardReason.HmacReplay,
        ]));
    }

    /// <summary>From none to all, one router after the other: receive-only, permissive, enforce; and back.</summary>
    [Test]
    public void Y6_RollOutInSweepsOfReloads_MovesNothing()
    {
        var lan = new VirtualLan();
        var (a, b) = Pair(lan, null);
        VrrpHmacOptions?[] sweeps =
        [
            TestKeys.Hmac(VrrpHmacMode.ReceiveOnly), TestKeys.Hmac(VrrpHmacMode.Permissive), TestKeys.Hmac(),
            TestKeys.Hmac(VrrpHmacMode.Permissive), TestKeys.Hmac(VrrpHmacMode.ReceiveOnly), null,
        ];
        foreach (var hmac in sweeps)
            Sweep(lan, hmac, b, a);
        AssertNothingMoved(a, b);
    }

    [Test]
    public void Y7_RotationOfKeysByReload_MovesNothing()
    {
        var lan = new VirtualLan();
        var first = TestKeys.Hmac();
        var (a, b) = Pair(lan, first);
        Sweep(lan, first with { Keys = [TestKeys.First, TestKeys.Second] }, a, b);
        Sweep(lan, first with { Keys = [TestKeys.First, TestKeys.Second], ActiveKeyId = 2 }, a, b);
        Sweep(lan, first with { Keys = [TestKeys.Second], ActiveKeyId = 2 }, a, b);
        AssertNothingMoved(a, b);
    }

    [Test]
    public void Y8_TogetherWithAuthentication_IsRefused()
    {
        var options = RouterHarness.V2() with { Hmac = TestKeys.Hmac(), Authentication = VrrpAuthentication.Pass("x") };
        Assert.That(options.FindErrors(), Has.Some.Contains("exclude"));
    }

    [TestCase(2, VrrpState.Backup)]
    [TestCase(20, VrrpState.Master)]
    public void Lan_ClocksDiffer_TheyHearEachOtherWithinTheWindow(int seconds, VrrpState expected)
    {
        var lan = new VirtualLan();
        var (_, b) = Pair(lan, TestKeys.Hmac());
        b.ClockError = seconds * Second;
        lan.Run(20 * Second);
        Assert.That(b.State, Is.EqualTo(expected));
    }

    /// <summary>The clocks are set back far: the master's numbers follow, and the backup forgets its mark.</summary>
    [Test]
    public void Lan_AllClocksSetBack_MovesNothing()
    {
        var lan = new VirtualLan();
        var (a, b) = Pair(lan, TestKeys.Hmac());
        a.ClockError = b.ClockError = -3600 * Second;
        lan.Run(20 * Second);
        AssertNothingMoved(a, b);
    }

    private static byte[] Changed(byte[] packet, int fromEnd, byte value)
    {
        byte[] changed = [.. packet];
        changed[^fromEnd] = value;
        return changed;
    }

    private static (byte[] Payload, RouterHarness Harness) Send(VrrpRouterOptions options)
    {
        var harness = new RouterHarness(options).StartMaster();
        harness.Elapse(Second);
        var packet = harness.Router.GetAdvertisement(harness.Adverts.Last(), harness.Router.Destinations[0], harness.UtcNow);
        return (packet[(options.SourceAddress.IsIPv6 ? 0 : IPv4Header.MinLength)..].ToArray(), harness);
    }

    private static (LanNode Master, LanNode Backup) Pair(VirtualLan lan, VrrpHmacOptions? hmac)
    {
        var options = RouterHarness.V3() with { Hmac = hmac };
        var a = lan.Add(options with { Priority = 200, SourceAddress = Peer });
        var b = lan.Add(options);
        lan.Run(10 * Second);
        Assert.That((a.State, b.State), Is.EqualTo((VrrpState.Master, VrrpState.Backup)));
        return (a, b);
    }

    private static void Sweep(VirtualLan lan, VrrpHmacOptions? hmac, params LanNode[] nodes)
    {
        foreach (var node in nodes)
        {
            lan.Do(node, (router, now) => router.Reconfigure(router.Options with { Hmac = hmac }, false, now));
            lan.Run(5 * Second);
        }
    }

    private static void AssertNothingMoved(LanNode a, LanNode b)
    {
        Assert.That(a.History.Select(static entry => entry.State), Is.EqualTo([VrrpState.Backup, VrrpState.Master]));
        Assert.That(b.History.Select(static entry => entry.State), Is.EqualTo([VrrpState.Backup]));
        Assert.That(b.Router.Statistics.TotalDiscarded, Is.Zero);
    }
}
