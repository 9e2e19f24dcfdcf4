using System.Security.Cryptography;
using Keepalived.Netlink;
using Keepalived.Netlink.Wire;
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
    public void Y8_TogetherWithAuthentication_IsRefused()
    {
        var options = RouterHarness.V2() with { Hmac = TestKeys.Hmac(), Authentication = VrrpAuthentication.Pass("x") };
        Assert.That(options.FindErrors(), Has.Some.Contains("exclude"));
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
}
