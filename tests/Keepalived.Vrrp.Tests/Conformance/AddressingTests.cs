using Keepalived.Netlink;
using Keepalived.Vrrp.Tests.Core;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp.Tests.Conformance;

/// <summary>RFC 9568 section 5.1: addressing and encapsulation.</summary>
public sealed class AddressingTests
{
    [Test]
    public void V1_AdvertOverIPv4_ComesFromThePrimaryAddress() => Assert.That(SentOverIPv4().Source, Is.EqualTo(RouterHarness.OurAddress));

    [Test]
    public void V2_AdvertOverIPv4_GoesTo224_0_0_18() =>
        Assert.That(SentOverIPv4().Destination, Is.EqualTo(InetAddress.Parse("224.0.0.18")));

    [Test]
    public void V4_AdvertOverIPv4_HasTimeToLive255() => Assert.That(SentOverIPv4().TimeToLive, Is.EqualTo(255));

    [TestCase(254)]
    [TestCase(1)]
    [TestCase(0)]
    public void V5_ReceivedTimeToLiveIsNot255_Discards(byte timeToLive)
    {
        var harness = new RouterHarness().Start();
        var verdict = harness.ReceiveChanged(200, RouterHarness.LowerAddress, null, packet => packet[8] = timeToLive);
        Assert.That(verdict, Is.EqualTo(VrrpDiscardReason.HopLimit));
    }

    [Test]
    public void V6_AdvertOverIPv4_IsProtocol112()
    {
        Assert.That(SentOverIPv4().Protocol, Is.EqualTo(112));
        var harness = new RouterHarness().Start();
        Assert.That(
            harness.ReceiveChanged(200, RouterHarness.LowerAddress, null, static packet => packet[9] = 17),
            Is.EqualTo(VrrpDiscardReason.Protocol));
    }

    [Test]
    public void V8_AdvertOverIPv6_GoesToFf02_12()
    {
        var harness = new RouterHarness(RouterHarness.V3IPv6()).StartMaster();
        Assert.That(harness.Router.Destinations.ToArray(), Is.EqualTo(new[] { InetAddress.Parse("ff02::12") }));
    }

    [TestCase(254)]
    [TestCase(64)]
    public void V11_ReceivedHopLimitIsNot255_Discards(int hopLimit)
    {
        var harness = new RouterHarness(RouterHarness.V3IPv6()).Start();
        var source = InetAddress.Parse("fe80::1");
        Assert.That(harness.ReceivePacket(harness.Advertisement(200, source), source, hopLimit), Is.EqualTo(VrrpDiscardReason.HopLimit));
    }

    private static IPv4Header SentOverIPv4()
    {
        var harness = new RouterHarness().Start();
        harness.Elapse(5 * RouterHarness.Second);
        var packet = harness.Router.GetAdvertisement(harness.Adverts.First(), harness.Router.Destinations[0]);
        Assert.That(IPv4Header.TryParse(packet, out var header), Is.True);
        return header;
    }
}
