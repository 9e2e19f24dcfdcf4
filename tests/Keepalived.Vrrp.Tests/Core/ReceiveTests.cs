using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp.Tests.Core;

/// <summary>The checks that the hand-made vectors do not reach: unicast, addresses, padding, checksum forms, their order.</summary>
public sealed class ReceiveTests
{
    private static readonly InetAddress Peer = RouterHarness.LowerAddress;

    [Test]
    public void Unicast_PeerWithAnyHopLimit_IsAccepted()
    {
        var harness = new RouterHarness(RouterHarness.Unicast(RouterHarness.V3(), "10.9.0.1")).Start();
        Assert.That(harness.Receive(200, Peer, static options => options with { UnicastHopLimit = 5 }), Is.EqualTo(VrrpDiscardReason.None));
    }

    [Test]
    public void Unicast_StrangerWithoutSourceCheck_IsAccepted()
    {
        var harness = new RouterHarness(RouterHarness.Unicast(RouterHarness.V3(), "10.9.0.1")).Start();
        Assert.That(harness.Receive(200, RouterHarness.HigherAddress), Is.EqualTo(VrrpDiscardReason.None));
    }

    [Test]
    public void Unicast_StrangerWithSourceCheck_IsDiscarded()
    {
        var harness = new RouterHarness(RouterHarness.Unicast(RouterHarness.V3(), "10.9.0.1") with { CheckUnicastSource = true }).Start();
        Assert.That(harness.Receive(200, RouterHarness.HigherAddress), Is.EqualTo(VrrpDiscardReason.UnknownPeer));
        Assert.That(harness.Receive(200, Peer), Is.EqualTo(VrrpDiscardReason.None));
        Assert.That(harness.Router.LastSource, Is.EqualTo(Peer));
        Assert.That(harness.Router.HasPeer(Peer), Is.True);
        Assert.That(harness.Router.HasPeer(RouterHarness.HigherAddress), Is.False);
    }

    [TestCase(253, VrrpDiscardReason.PeerHopLimit)]
    [TestCase(254, VrrpDiscardReason.None)]
    [TestCase(255, VrrpDiscardReason.None)]
    public void Unicast_PeerWithMinHopLimit_IsHeld(byte hopLimit, VrrpDiscardReason expected)
    {
        var options = RouterHarness.V3() with { Peers = [new VrrpPeer(Peer, MinHopLimit: 254)] };
        var harness = new RouterHarness(options).Start();
        Assert.That(harness.Receive(200, Peer, options => options with { UnicastHopLimit = hopLimit }), Is.EqualTo(expected));
        Assert.That(harness.Router.Statistics.HopLimitErrors, Is.EqualTo(expected == VrrpDiscardReason.None ? 0 : 1));
    }

    [Test]
    public void Unicast_RouterHearingTheGroup_Discards()
    {
        var harness = new RouterHarness(RouterHarness.Unicast(RouterHarness.V3(), "10.9.0.1")).Start();
        Assert.That(harness.Receive(200, Peer, static options => options with { Peers = [] }), Is.EqualTo(VrrpDiscardReason.Destination));
        Assert.That(harness.Router.Statistics.AddressListErrors, Is.EqualTo(1));
    }

    [Test]
    public void IPv6_OtherKindOfDestination_IsDiscardedSilently()
    {
        var harness = new RouterHarness(RouterHarness.V3IPv6()).Start();
        var source = InetAddress.Parse("fe80::1");
        harness.Log.Clear();
        var verdict = harness.ReceivePacket(harness.Advertisement(200, source), source, 255, InetAddress.Parse("fe80::5"));

        Assert.That(verdict, Is.EqualTo(VrrpDiscardReason.DestinationKind));
        Assert.That(harness.Log, Is.Empty);
    }

    [Test]
    public void IPv6_UnknownHopLimit_IsDiscarded()
    {
        var harness = new RouterHarness(RouterHarness.V3IPv6()).Start();
        var source = InetAddress.Parse("fe80::1");
        Assert.That(
            harness.ReceivePacket(harness.Advertisement(200, source), source, hopLimit: -1),
            Is.EqualTo(VrrpDiscardReason.HopLimit));
    }

    [Test]
    public void IPv6_GlobalAddressFirst_IsNoticedAndAccepted()
    {
        var harness = new RouterHarness(RouterHarness.V3IPv6()).Start();
        var verdict = harness.Receive(
            200,
            InetAddress.Parse("fe80::1"),
            static options => options with { Addresses = [.. options.Addresses.Reverse()] });

        Assert.That(verdict, Is.EqualTo(VrrpDiscardReason.None));
        Assert.That(harness.Notices, Does.Contain(VrrpNotice.LinkLocalNotFirst));
        Assert.That(harness.Router.Statistics.AddressListErrors, Is.Zero, "the order does not matter to the comparison");
    }

    [TestCase(VrrpAddressMismatch.ByVersion, VrrpVersion.V2, 200, VrrpDiscardReason.AddressList)]
    [TestCase(VrrpAddressMismatch.ByVersion, VrrpVersion.V2, 255, VrrpDiscardReason.None)]
    [TestCase(VrrpAddressMismatch.ByVersion, VrrpVersion.V3, 200, VrrpDiscardReason.None)]
    [TestCase(VrrpAddressMismatch.Accept, VrrpVersion.V2, 200, VrrpDiscardReason.None)]
    [TestCase(VrrpAddressMismatch.Discard, VrrpVersion.V3, 255, VrrpDiscardReason.AddressList)]
    public void Receive_OtherAddresses_IsJudgedByTheOptions(
        VrrpAddressMismatch option,
        VrrpVersion version,
        int priority,
        VrrpDiscardReason expected)
    {
        var harness = new RouterHarness(RouterHarness.V2() with { Version = version, AddressMismatch = option }).Start();
        var verdict = harness.Receive(priority, Peer, static options => options with { Addresses = [InetAddress.Parse("10.9.0.99")] });

        Assert.That(verdict, Is.EqualTo(expected));
        Assert.That(harness.Router.Statistics.AddressListErrors, Is.EqualTo(1));
        Assert.That(harness.Notices, Does.Contain(VrrpNotice.AddressListMismatch));
    }

    [Test]
    public void SkipAddressCheckOfMaster_KnownMaster_IsNotCompared()
    {
        var harness = new RouterHarness(RouterHarness.V2() with { SkipAddressCheckOfMaster = true }).Start();
        harness.Receive(200, Peer);
        static VrrpRouterOptions Other(VrrpRouterOptions options) => options with { Addresses = [InetAddress.Parse("10.9.0.99")] };

        Assert.That(harness.Receive(200, Peer, Other), Is.EqualTo(VrrpDiscardReason.None));
        Assert.That(harness.Receive(200, RouterHarness.HigherAddress, Other), Is.EqualTo(VrrpDiscardReason.AddressList));
    }

    [Test]
    public void Receive_AddressesInAnotherOrder_AreOurs()
    {
        var addresses = Enumerable.Range(1, 20).Select(static i => InetAddress.FromIPv4(0x0a090100u + (uint)i));
        var options = RouterHarness.V2() with { Addresses = [.. addresses] };
        var harness = new RouterHarness(options).Start();
        Assert.That(
            harness.Receive(200, Peer, static other => other with { Addresses = [.. other.Addresses.Reverse()] }),
            Is.EqualTo(VrrpDiscardReason.None));
        Assert.That(harness.Router.Statistics.AddressListErrors, Is.Zero);
    }

    [Test]
    public void Receive_WrongPassword_IsDiscarded()
    {
        var harness = new RouterHarness(RouterHarness.V2() with { Authentication = VrrpAuthentication.Pass("secret") }).Start();
        Assert.That(
            harness.Receive(200, Peer, static options => options with { Authentication = VrrpAuthentication.Pass("secres") }),
            Is.EqualTo(VrrpDiscardReason.AuthenticationFailure));
        Assert.That(
            harness.Receive(200, Peer, static options => options with { Authentication = default }),
            Is.EqualTo(VrrpDiscardReason.AuthenticationTypeMismatch));
        Assert.That(harness.Receive(200, Peer), Is.EqualTo(VrrpDiscardReason.None));
    }

    [Test]
    public void Receive_PasswordLongerThanEight_IsComparedByEight()
    {
        var harness = new RouterHarness(RouterHarness.V2() with { Authentication = VrrpAuthentication.Pass("12345678ABC") }).Start();
        Assert.That(
            harness.Receive(200, Peer, static options => options with { Authentication = VrrpAuthentication.Pass("12345678") }),
            Is.EqualTo(VrrpDiscardReason.None));
    }

    [Test]
    public void Receive_PaddedToTheEthernetMinimum_IsAccepted()
    {
        foreach (var options in (VrrpRouterOptions[])[RouterHarness.V2(), RouterHarness.V3()])
        {
            var harness = new RouterHarness(options).Start();
            var packet = harness.Advertisement(200, Peer);
            Assert.That(harness.ReceivePacket([.. packet, .. new byte[46 - packet.Length]], Peer), Is.EqualTo(VrrpDiscardReason.None));
            Assert.That(harness.ReceivePacket([.. packet, .. new byte[4]], Peer), Is.EqualTo(VrrpDiscardReason.PacketLength));
        }
    }

    [Test]
    public void Receive_OldUnicastChecksum_IsDetectedAndAdopted()
    {
        var harness = new RouterHarness(RouterHarness.Unicast(RouterHarness.V3(50), "10.9.0.1")).Start();
        Assert.That(harness.ReceivePacket(OldUnicast(harness), Peer), Is.EqualTo(VrrpDiscardReason.None));
        Assert.That(harness.ReceivePacket(OldUnicast(harness), Peer), Is.EqualTo(VrrpDiscardReason.None));
        Assert.That(harness.Notices.Count(static notice => notice == VrrpNotice.OldUnicastChecksumDetected), Is.EqualTo(1));

        harness.Elapse(5 * RouterHarness.Second);
        var sent = harness.Router.GetAdvertisement(harness.Adverts.First(), Peer);
        VrrpAdvertisement.TryParse(sent[20..], AddressFamily.InterNetwork, out var message);
        Assert.That(message.HasValidChecksum(RouterHarness.OurAddress, VrrpRouterOptions.DefaultGroupIPv4), Is.True);
    }

    [Test]
    public void Receive_OldUnicastChecksumNever_IsDiscarded()
    {
        var options = RouterHarness.Unicast(RouterHarness.V3(), "10.9.0.1") with { OldUnicastChecksum = VrrpOldUnicastChecksum.Never };
        var harness = new RouterHarness(options).Start();
        Assert.That(harness.ReceivePacket(OldUnicast(harness), Peer), Is.EqualTo(VrrpDiscardReason.Checksum));
    }

    [Test]
    public void Receive_OldUnicastChecksumAlways_TakesOnlyThat()
    {
        var options = RouterHarness.Unicast(RouterHarness.V3(), "10.9.0.1") with { OldUnicastChecksum = VrrpOldUnicastChecksum.Always };
        var harness = new RouterHarness(options).Start();
        Assert.That(harness.ReceivePacket(OldUnicast(harness), Peer), Is.EqualTo(VrrpDiscardReason.None));
        Assert.That(
            harness.ReceivePacket(harness.Advertisement(200, Peer), Peer),
            Is.EqualTo(VrrpDiscardReason.Checksum));
    }

    [Test]
    public void Receive_Truncated_IsCountedAsLength()
    {
        var harness = new RouterHarness().Start();
        var packet = harness.Advertisement(200, Peer);
        var verdict = harness.Router.HandleDatagram(new DatagramHeader { Length = packet.Length, IsTruncated = true }, packet, harness.Now);
        Assert.That(verdict, Is.EqualTo(VrrpDiscardReason.Truncated));
        Assert.That(harness.Router.Statistics.PacketLengthErrors, Is.EqualTo(1));
    }

    [Test]
    public void Receive_SeveralDefects_TheFirstInOrderCounts()
    {
        var harness = new RouterHarness(RouterHarness.V2()).Start();
        Assert.That(
            harness.ReceiveChanged(200, Peer, null, static packet => Break(packet, 0)),
            Is.EqualTo(VrrpDiscardReason.VirtualRouterId));
        Assert.That(harness.ReceiveChanged(200, Peer, null, static packet => Break(packet, 1)), Is.EqualTo(VrrpDiscardReason.PacketLength));
        Assert.That(harness.ReceiveChanged(200, Peer, null, static packet => Break(packet, 2)), Is.EqualTo(VrrpDiscardReason.HopLimit));
        Assert.That(harness.ReceiveChanged(200, Peer, null, static packet => Break(packet, 3)), Is.EqualTo(VrrpDiscardReason.Version));
        Assert.That(
            harness.ReceiveChanged(200, Peer, null, static packet => Break(packet, 4)),
            Is.EqualTo(VrrpDiscardReason.InvalidAuthenticationType));
        Assert.That(
            harness.ReceiveChanged(200, Peer, null, static packet => Break(packet, 5)),
            Is.EqualTo(VrrpDiscardReason.AdvertisementInterval));
        Assert.That(harness.ReceiveChanged(200, Peer, null, static packet => Break(packet, 6)), Is.EqualTo(VrrpDiscardReason.Type));
        Assert.That(harness.ReceiveChanged(200, Peer, null, static packet => Break(packet, 7)), Is.EqualTo(VrrpDiscardReason.Checksum));
    }

    /// <summary>Breaks everything that is checked at <paramref name="step"/> and later.</summary>
    private static void Break(byte[] packet, int step)
    {
        packet[27] ^= 0xff;
        if (step <= 6)
            packet[20] = 0x22;
        if (step <= 5)
            packet[25] = 9;
        if (step <= 4)
            packet[24] = 9;
        if (step <= 3)
            packet[20] = 0x41;
        if (step <= 2)
            packet[8] = 1;
        if (step <= 1)
            packet[23] = 9;
        if (step <= 0)
            packet[21] = 9;
    }

    private static byte[] OldUnicast(RouterHarness harness)
    {
        var options = harness.Router.Options with { SourceAddress = Peer, Peers = [new VrrpPeer(RouterHarness.OurAddress)] };
        var template = new VrrpAdvertisementTemplate(options);
        template.UseOldUnicastChecksum(VrrpRouterOptions.DefaultGroupIPv4);
        return template.Patch(200, 1, Peer, RouterHarness.OurAddress).ToArray();
    }
}
