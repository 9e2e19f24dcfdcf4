using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Vrrp.Tests.Core;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp.Tests.Conformance;

/// <summary>RFC 9568 sections 7.2, 7.3 and 8: sending and operation.</summary>
public sealed class OperationTests
{
    [Test]
    public void V69_V71_V72_Advert_IsFilledFromTheConfiguration()
    {
        var options = RouterHarness.V3(142) with { AdvertisementInterval = TimeSpan.FromMilliseconds(250) };
        var harness = new RouterHarness(options).Start();
        harness.Elapse(5 * RouterHarness.Second);
        var packet = harness.Router.GetAdvertisement(harness.Adverts.First(), harness.Router.Destinations[0]);

        Assert.That(IPv4Header.TryParse(packet, out var ip), Is.True);
        Assert.That(ip.Source, Is.EqualTo(options.SourceAddress));
        Assert.That(ip.Protocol, Is.EqualTo(112));
        Assert.That(
            VrrpAdvertisement.TryParse(packet[20..], AddressFamily.InterNetwork, out var message),
            Is.EqualTo(VrrpDecodeError.None));
        Assert.That(message.VirtualRouterId, Is.EqualTo(51));
        Assert.That(message.Priority, Is.EqualTo(142));
        Assert.That(message.IntervalField, Is.EqualTo(25));
        Assert.That(message.GetAddress(0), Is.EqualTo(options.Addresses[0]));
        Assert.That(message.HasValidChecksum(ip.Source, ip.Destination), Is.True);
    }

    [Test]
    public void V73_VirtualMac_HasTheFamilyAndTheVirtualRouterId()
    {
        Assert.That(LinkLayerAddress.VirtualRouterIPv4(0x33).ToString(), Is.EqualTo("00:00:5e:00:01:33"));
        Assert.That(LinkLayerAddress.VirtualRouterIPv6(0x33).ToString(), Is.EqualTo("00:00:5e:00:02:33"));
    }

    [Test]
    public void V77_V84_Announcements_ComeAfterTheAddresses()
    {
        var harness = new RouterHarness(RouterHarness.V3(255)).Start();
        harness.Elapse(RouterHarness.Second);
        var kinds = harness.Kinds.ToList();
        Assert.That(kinds.IndexOf(VrrpActionKind.AnnounceAddresses), Is.GreaterThan(kinds.IndexOf(VrrpActionKind.ConfigureAddresses)));
    }

    [TestCase(100)]
    [TestCase(255)]
    public void V79_V85_InterfaceComesUp_TheMasterAnnounces(byte priority)
    {
        var harness = new RouterHarness(RouterHarness.V3(priority)).StartMaster();
        var fault = new VrrpFault(VrrpFaultReason.InterfaceDown, 2);
        harness.Do((router, now) => router.SetFault(fault, true, now));
        harness.Log.Clear();
        harness.Do((router, now) => router.SetFault(fault, false, now));
        harness.Elapse(4 * RouterHarness.Second);
        Assert.That(harness.Kinds, Does.Contain(VrrpActionKind.AnnounceAddresses));
    }

    [Test]
    public void V88_TwoOwners_AreNoticedOnce()
    {
        var harness = new RouterHarness(RouterHarness.V3(255)).StartMaster();
        harness.Receive(255, RouterHarness.LowerAddress);
        harness.Receive(255, RouterHarness.LowerAddress);
        Assert.That(harness.Notices.Count(static notice => notice == VrrpNotice.OwnerConflict), Is.EqualTo(1));
    }

    [Test]
    public void V89_EqualPriorities_AreNoticedOnce()
    {
        var harness = new RouterHarness().StartMaster();
        harness.Receive(100, RouterHarness.LowerAddress);
        harness.Receive(100, RouterHarness.LowerAddress);
        Assert.That(harness.Notices.Count(static notice => notice == VrrpNotice.EqualPriority), Is.EqualTo(1));
    }
}
