using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Wire;
using Keepalived.Vrrp.Tests.Core;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp.Tests.Conformance;

/// <summary>RFC 9568 section 5.2: packet fields.</summary>
public sealed class PacketFieldTests
{
    private static readonly InetAddress Peer = RouterHarness.LowerAddress;

    [Test]
    public void V13_AdvertOfVersion3_SaysSo() => Assert.That(Sent(RouterHarness.V3()).Version, Is.EqualTo(VrrpVersion.V3));

    [TestCase(0)]
    [TestCase(2)]
    [TestCase(15)]
    public void V14_AnotherType_Discards(int type)
    {
        Assert.That(Sent(RouterHarness.V3()).Type, Is.EqualTo(1));
        var harness = new RouterHarness().Start();
        var verdict = harness.ReceiveChanged(200, Peer, null, packet => packet[20] = (byte)(0x30 | type));
        Assert.That(verdict, Is.EqualTo(VrrpDiscardReason.Type));
    }

    [Test]
    public void V15_VirtualRouterIdZero_IsRefused() =>
        Assert.That((RouterHarness.V3() with { VirtualRouterId = 0 }).FindErrors(), Has.Some.Contains("VirtualRouterId"));

    [Test]
    public void V16_Owner_Advertises255() => Assert.That(Sent(RouterHarness.V3(255)).Priority, Is.EqualTo(255));

    [Test]
    public void V16_OwnerWithWeights_StillAdvertises255()
    {
        var harness = new RouterHarness(RouterHarness.V3(255)).StartMaster();
        harness.Do(static (router, now) => router.SetPriority(10, now));
        Assert.That(harness.Router.EffectivePriority, Is.EqualTo(255));
    }

    [TestCase(-100, 1)]
    [TestCase(0, 1)]
    [TestCase(1, 1)]
    [TestCase(254, 254)]
    [TestCase(255, 254)]
    [TestCase(1000, 254)]
    public void V17_NotOwner_StaysWithin1And254(int total, int expected)
    {
        var harness = new RouterHarness().Start();
        harness.Do((router, now) => router.SetPriority(total, now));
        Assert.That(harness.Router.EffectivePriority, Is.EqualTo(expected));
    }

    [Test]
    public void V17_Default_Is100()
    {
        var options = new VrrpRouterOptions { Name = "x", VirtualRouterId = 1, Family = AddressFamily.InterNetwork };
        Assert.That(options.Priority, Is.EqualTo(100));
    }

    [Test]
    public void V18_StoppingMaster_AdvertisesPriorityZero()
    {
        var harness = new RouterHarness().StartMaster();
        harness.Do(static (router, now) => router.Stop(now));
        Assert.That(harness.Adverts.Single().Priority, Is.Zero);
        Assert.That(harness.Router.GetAdvertisement(harness.Adverts.Single(), harness.Router.Destinations[0])[22], Is.Zero);
    }

    [Test]
    public void V19_CountZero_Discards()
    {
        var harness = new RouterHarness().Start();
        Assert.That(
            harness.Receive(200, Peer, static options => options with { Addresses = [] }),
            Is.EqualTo(VrrpDiscardReason.NoAddresses));
        Assert.That(harness.Router.Statistics.AddressListErrors, Is.EqualTo(1));
    }

    [Test]
    public void V20_ReservedBits_AreSentAsZero() => Assert.That(Sent(RouterHarness.V3()).Bytes[4] >> 4, Is.Zero);

    [Test]
    public void V20_ReservedBits_AreIgnoredOnReceipt()
    {
        byte[] message = [0x31, 51, 200, 1, 0xf0, 100, 0, 0, 10, 9, 0, 100];
        Assert.That(
            VrrpAdvertisement.TryParse(message, AddressFamily.InterNetwork, out var advertisement),
            Is.EqualTo(VrrpDecodeError.None));
        Assert.That(advertisement.IntervalField, Is.EqualTo(100));
    }

    [TestCase(10)]
    [TestCase(1000)]
    [TestCase(40_950)]
    public void V21_Interval_IsTwelveBitsOfCentiseconds(int milliseconds)
    {
        var sent = Sent(RouterHarness.V3() with { AdvertisementInterval = TimeSpan.FromMilliseconds(milliseconds) });
        Assert.That(sent.IntervalField, Is.EqualTo(milliseconds / 10));
        Assert.That(sent.Interval, Is.EqualTo(milliseconds * MonotonicClock.Millisecond));
    }

    [Test]
    public void V22_ChecksumOverIPv4_CanCoverTheMessageOnly()
    {
        var sent = Sent(RouterHarness.V3() with { ChecksumForm = VrrpChecksumForm.MessageOnly });
        Assert.That(InternetChecksum.IsValid(sent.Bytes), Is.True);
    }

    [Test]
    public void V22_ChecksumOverIPv6_CoversThePseudoHeader()
    {
        var sent = Sent(RouterHarness.V3IPv6());
        Assert.That(sent.HasValidChecksum(InetAddress.Parse("fe80::5"), InetAddress.Parse("ff02::12")), Is.True);
        Assert.That(InternetChecksum.IsValid(sent.Bytes), Is.False);
    }

    [Test]
    public void V23_WrongChecksum_Discards()
    {
        foreach (var options in (VrrpRouterOptions[])[RouterHarness.V2(), RouterHarness.V3(), RouterHarness.V3IPv6()])
        {
            var harness = new RouterHarness(options).Start();
            var source = options.SourceAddress.IsIPv4 ? Peer : InetAddress.Parse("fe80::1");
            var last = options.SourceAddress.IsIPv4 ? 27 : 7;
            Assert.That(harness.ReceiveChanged(200, source, null, packet => packet[last] ^= 1), Is.EqualTo(VrrpDiscardReason.Checksum));
        }
    }

    [Test]
    public void V24_MixedFamilies_AreRefused() =>
        Assert.That(
            (RouterHarness.V3() with { Addresses = [InetAddress.Parse("10.9.0.1"), InetAddress.Parse("fe80::1")] }).FindErrors(),
            Is.Not.Empty);

    [Test]
    public void V25_LinkLocalNotFirst_IsNoticedOnReceipt()
    {
        var harness = new RouterHarness(RouterHarness.V3IPv6()).Start();
        harness.Receive(200, InetAddress.Parse("fe80::1"), static options => options with { Addresses = [.. options.Addresses.Reverse()] });
        Assert.That(harness.Notices, Does.Contain(VrrpNotice.LinkLocalNotFirst));
    }

    private static VrrpAdvertisement Sent(VrrpRouterOptions options)
    {
        var router = new RouterHarness(options).Start();
        router.Elapse(150 * RouterHarness.Second);
        var packet = router.Router.GetAdvertisement(router.Adverts.First(), router.Router.Destinations[0]);
        var message = options.Family == AddressFamily.InterNetwork ? packet[20..] : packet;
        Assert.That(VrrpAdvertisement.TryParse(message, options.Family, out var advertisement), Is.EqualTo(VrrpDecodeError.None));
        return advertisement;
    }
}
