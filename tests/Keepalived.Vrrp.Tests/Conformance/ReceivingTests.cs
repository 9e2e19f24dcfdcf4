using Keepalived.Netlink;
using Keepalived.Vrrp.Tests.Core;

namespace Keepalived.Vrrp.Tests.Conformance;

/// <summary>RFC 9568 section 7.1: receiving.</summary>
public sealed class ReceivingTests
{
    private static readonly InetAddress Peer = RouterHarness.LowerAddress;

    [TestCase(VrrpVersion.V2, VrrpVersion.V3)]
    [TestCase(VrrpVersion.V3, VrrpVersion.V2)]
    public void V57_AnotherVersion_Discards(VrrpVersion ours, VrrpVersion theirs)
    {
        var harness = new RouterHarness(RouterHarness.V2() with { Version = ours }).Start();
        Assert.That(harness.Receive(200, Peer, options => options with { Version = theirs }), Is.EqualTo(VrrpDiscardReason.Version));
        Assert.That(harness.Router.Statistics.VersionErrors, Is.EqualTo(1));
    }

    [Test]
    public void V58_AnotherType_Discards()
    {
        var harness = new RouterHarness().Start();
        Assert.That(harness.ReceiveChanged(200, Peer, null, static packet => packet[20] = 0x33), Is.EqualTo(VrrpDiscardReason.Type));
        Assert.That(harness.Router.Statistics.InvalidTypeReceived, Is.EqualTo(1));
    }

    [Test]
    public void V59_IncompletePacket_OfAnyLength_Discards()
    {
        foreach (var options in (VrrpRouterOptions[])[RouterHarness.V2(), RouterHarness.V3(), RouterHarness.V3IPv6()])
        {
            var harness = new RouterHarness(options).Start();
            var source = options.SourceAddress.IsIPv4 ? Peer : InetAddress.Parse("fe80::1");
            var packet = harness.Advertisement(200, source);
            for (var length = 0; length < packet.Length; length++)
            {
                var verdict = harness.ReceivePacket(packet[..length], source);
                Assert.That(verdict, Is.AnyOf(VrrpDiscardReason.TooShort, VrrpDiscardReason.PacketLength), $"{length} bytes");
            }

            Assert.That(harness.Router.Statistics.PacketLengthErrors, Is.EqualTo(packet.Length));
        }
    }

    [Test]
    public void V60_WrongChecksum_IsCounted()
    {
        var harness = new RouterHarness().Start();
        harness.ReceiveChanged(200, Peer, null, static packet => packet[26] ^= 0x80);
        Assert.That(harness.Router.Statistics.ChecksumErrors, Is.EqualTo(1));
    }

    [Test]
    public void V61_AnotherVirtualRouter_Discards()
    {
        var harness = new RouterHarness().Start();
        Assert.That(
            harness.Receive(200, Peer, static options => options with { VirtualRouterId = 52 }),
            Is.EqualTo(VrrpDiscardReason.VirtualRouterId));
        Assert.That(harness.Router.Statistics.VirtualRouterIdErrors, Is.EqualTo(1));
    }

    [Test]
    public void V62_IntervalZero_Discards()
    {
        var harness = new RouterHarness().Start();
        Assert.That(
            harness.ReceiveChanged(200, Peer, null, static packet => packet[24] = packet[25] = 0),
            Is.EqualTo(VrrpDiscardReason.AdvertisementInterval));
    }

    [Test]
    public void V63_DiscardedPackets_DoNotTouchTheMastersTimer()
    {
        var harness = new RouterHarness().StartMaster();
        var flood = 0;
        for (var i = 0; i < 100; i++)
        {
            harness.ReceiveChanged(255, RouterHarness.HigherAddress, null, static packet => packet[27] ^= 1);
            harness.ReceiveChanged(255, RouterHarness.HigherAddress, null, static packet => packet[8] = 3);
            flood += 2;
            harness.Elapse(100 * RouterHarness.Millisecond);
        }

        Assert.That(harness.Adverts.Count(), Is.EqualTo(10), "one a second");
        Assert.That(harness.Router.Statistics.TotalDiscarded, Is.EqualTo(flood));
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Master));
    }

    [Test]
    public void V63_DiscardedPackets_DoNotTouchTheBackupsTimer()
    {
        var harness = new RouterHarness().Start();
        for (var i = 0; i < 30; i++)
        {
            harness.ReceiveChanged(255, RouterHarness.HigherAddress, null, static packet => packet[27] ^= 1);
            harness.Elapse(120 * RouterHarness.Millisecond);
        }

        harness.Elapse(10 * RouterHarness.Millisecond);
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Master), "3.6 s have passed");
    }

    [Test]
    public void V64_DiscardedPackets_AreNoticedOnce()
    {
        var harness = new RouterHarness().Start();
        for (var i = 0; i < 1000; i++)
            harness.ReceiveChanged(255, Peer, null, static packet => packet[27] ^= 1);

        var notice = harness.Actions.Single(static action => action.Notice == VrrpNotice.Discarded);
        Assert.That((VrrpDiscardReason)notice.Value, Is.EqualTo(VrrpDiscardReason.Checksum));
        Assert.That(notice.Address, Is.EqualTo(Peer));
    }

    [Test]
    public void V65_AnotherInterval_IsNoticedOnceAndAccepted()
    {
        var harness = new RouterHarness().Start();
        static VrrpRouterOptions Slower(VrrpRouterOptions options) => options with { AdvertisementInterval = TimeSpan.FromSeconds(3) };
        harness.Receive(200, Peer);
        for (var i = 0; i < 5; i++)
            Assert.That(harness.Receive(200, Peer, Slower), Is.EqualTo(VrrpDiscardReason.None));

        Assert.That(harness.Actions.Single(static action => action.Notice == VrrpNotice.IntervalMismatch).Value, Is.EqualTo(3000));
        Assert.That(harness.Router.Statistics.IntervalMismatches, Is.EqualTo(5));
    }

    [Test]
    public void V66_OtherAddressCount_IsNoticedAndAccepted()
    {
        var harness = new RouterHarness().Start();
        var verdict = harness.Receive(
            200,
            Peer,
            static options => options with { Addresses = [.. options.Addresses, InetAddress.Parse("10.9.0.99")] });

        Assert.That(verdict, Is.EqualTo(VrrpDiscardReason.None));
        Assert.That(harness.Notices, Does.Contain(VrrpNotice.AddressCountMismatch));
    }

    [Test]
    public void V67_OwnerHearsAnAdvert_NoticesItOnceAndGoesOn()
    {
        var harness = new RouterHarness(RouterHarness.V3(255)).StartMaster();
        for (var i = 0; i < 10; i++)
            harness.Receive(200, Peer);

        Assert.That(harness.Notices.Count(static notice => notice == VrrpNotice.AdvertisementHeardByOwner), Is.EqualTo(1));
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Master));
    }

    [Test]
    public void V68_EveryDiscard_HasACounter()
    {
        var harness = new RouterHarness(RouterHarness.V2() with { Authentication = VrrpAuthentication.Pass("a") }).Start();
        harness.Receive(200, Peer, static options => options with { Authentication = VrrpAuthentication.Pass("b") });
        harness.Receive(200, Peer, static options => options with { Authentication = default });
        harness.ReceiveChanged(200, Peer, null, static packet => packet[24] = 9);
        harness.ReceiveChanged(200, Peer, null, static packet => packet[25] = 9);
        var statistics = harness.Router.Statistics;

        Assert.That(
            new[]
            {
                statistics.AuthenticationFailures,
                statistics.AuthenticationTypeMismatches,
                statistics.InvalidAuthenticationTypes,
                statistics.IntervalErrors,
            },
            Is.All.EqualTo(1));
        Assert.That(statistics.TotalDiscarded, Is.EqualTo(4));
        Assert.That(() => statistics.Discarded((VrrpDiscardReason)99), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
