using System.Buffers.Binary;
using Keepalived.Netlink;
using Keepalived.Vrrp.Tests.Captures;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp.Tests.Core;

/// <summary>Version 2 with an IP authentication header: what is believed, and how numbers go.</summary>
public sealed class AuthenticationHeaderTests
{
    private const int HeaderOffset = 20;
    private static readonly InetAddress Peer = RouterHarness.LowerAddress;
    private static readonly VrrpAuthentication Key = VrrpAuthentication.AuthenticationHeader("s3cret");

    [TestCase("vrrp2-ah", false)]
    [TestCase("vrrp2-ah-newer", false)]
    [TestCase("vrrp2-ah-unicast", true)]
    public void Capture_OfTheRealOne_IsAccepted(string name, bool unicast)
    {
        var router = new RouterHarness(Captured(unicast)).Start().Router;
        var frames = CaptureFile.Read(name).Where(static frame => frame.Kind == "vrrp").ToList();
        Assert.That(frames, Has.Count.GreaterThan(5));
        foreach (var frame in frames)
        {
            var verdict = router.HandleDatagram(frame.Header, frame.Datagram, RouterHarness.Epoch + 1);
            Assert.That(verdict, Is.EqualTo(VrrpDiscardReason.None), frame.Name);
        }
    }

    [TestCase("vrrp2-ah", false)]
    [TestCase("vrrp2-ah-unicast", true)]
    public void Capture_WithAnyOtherByte_IsDiscarded(string name, bool unicast)
    {
        var frame = CaptureFile.Read(name).First(static frame => frame.Kind == "vrrp");
        for (var i = 0; i < frame.Datagram.Length; i++)
        {
            var router = new RouterHarness(Captured(unicast)).Start().Router;
            var packet = frame.Datagram.ToArray();
            packet[i] ^= 1;
            var accepted = router.HandleDatagram(frame.Header, packet, RouterHarness.Epoch + 1) == VrrpDiscardReason.None;
            // Not covered: type of service, fragment field (but fragments are refused), header checksum, and in unicast the TTL.
            var isMutable = i is 1 or 10 or 11 || (i == 8 && unicast);
            Assert.That(accepted, Is.EqualTo(isMutable), $"byte {i}");
        }
    }

    [Test]
    public void Receive_OtherPassword_IsAFailure()
    {
        var harness = Harness().Start();
        var packet = harness.Advertisement(200, Peer, static options => options with
        {
            Authentication = VrrpAuthentication.AuthenticationHeader("another"),
        }, 1);
        Assert.That(harness.ReceivePacket(packet, Peer), Is.EqualTo(VrrpDiscardReason.AuthenticationFailure));
        Assert.That(harness.Router.Statistics.AuthenticationFailures, Is.EqualTo(1));
    }

    [Test]
    public void Receive_IndexThatIsNotTheSource_IsAFailure()
    {
        var harness = Harness().Start();
        var packet = harness.Advertisement(200, Peer, null, 1);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(HeaderOffset + 4), 0x0a090002);
        AuthenticationHeader.ComputeCheckValue(packet, HeaderOffset, Key, false, packet.AsSpan(HeaderOffset + 12, 12));
        Assert.That(harness.ReceivePacket(packet, Peer), Is.EqualTo(VrrpDiscardReason.AuthenticationFailure));
    }

    [Test]
    public void Receive_AnotherNextHeader_IsNotForUs()
    {
        var harness = Harness().Start();
        var packet = harness.Advertisement(200, Peer, null, 1);
        packet[HeaderOffset] = 6;
        AuthenticationHeader.ComputeCheckValue(packet, HeaderOffset, Key, false, packet.AsSpan(HeaderOffset + 12, 12));
        Assert.That(harness.ReceivePacket(packet, Peer), Is.EqualTo(VrrpDiscardReason.Protocol));
    }

    [Test]
    public void Receive_WithoutAuthenticationHeader_IsAMismatch()
    {
        var harness = Harness().Start();
        var packet = harness.Advertisement(200, Peer, static options => options with { Authentication = VrrpAuthentication.None });
        Assert.That(harness.ReceivePacket(packet, Peer), Is.EqualTo(VrrpDiscardReason.AuthenticationTypeMismatch));
        Assert.That(harness.Router.Statistics.AuthenticationTypeMismatches, Is.EqualTo(1));
    }

    [Test]
    public void Receive_MessageThatDeniesItsHeader_IsAMismatch()
    {
        var harness = Harness().Start();
        var packet = harness.Advertisement(200, Peer, null, 1);
        packet[HeaderOffset + AuthenticationHeader.Length + 4] = 0;
        Assert.That(harness.ReceivePacket(packet, Peer), Is.EqualTo(VrrpDiscardReason.AuthenticationTypeMismatch));
    }

    [Test]
    public void Receive_NumberNotHigher_IsAReplay()
    {
        var harness = Harness().Start();
        Assert.That(Receive(harness, 200, 7), Is.EqualTo(VrrpDiscardReason.None));
        var deadline = harness.Router.NextDeadline;
        harness.Elapse(RouterHarness.Second);
        Assert.That(Receive(harness, 200, 7), Is.EqualTo(VrrpDiscardReason.AuthenticationReplay));
        Assert.That(Receive(harness, 200, 6), Is.EqualTo(VrrpDiscardReason.AuthenticationReplay));
        Assert.That(harness.Router.NextDeadline, Is.EqualTo(deadline), "a recording keeps nobody master");
        Assert.That(harness.Router.Statistics.AuthenticationFailures, Is.EqualTo(2));
        Assert.That(Receive(harness, 200, 9), Is.EqualTo(VrrpDiscardReason.None));
    }

    [Test]
    public void Send_AfterHearing_GoesOnFromTheNumberHeard()
    {
        var harness = Harness().Start();
        Receive(harness, 200, 41);
        harness.Elapse(4 * RouterHarness.Second);
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Master));
        Assert.That(harness.Adverts.First().Value, Is.EqualTo(42));
    }

    [Test]
    public void Send_FreshRouter_StartsWithOneAndCountsAdvertsNotCopies()
    {
        var options = RouterHarness.Unicast(Harness().Router.Options, "10.9.0.1", "10.9.0.2");
        var harness = new RouterHarness(options).Start();
        harness.Elapse(5 * RouterHarness.Second);
        Assert.That(harness.Adverts.Select(static advert => advert.Value), Is.EqualTo([1L, 2L]));
        var action = harness.Adverts.First();
        var copies = options.Peers.Select(peer => harness.Router.GetAdvertisement(action, peer.Address).ToArray()).ToList();
        var checks = copies.Select(static copy => Convert.ToHexString(copy.AsSpan(HeaderOffset + 12, 12))).ToList();
        Assert.That(copies.Select(static copy => BinaryPrimitives.ReadUInt32BigEndian(copy.AsSpan(HeaderOffset + 8))), Is.All.EqualTo(1u));
        Assert.That(checks[0], Is.Not.EqualTo(checks[1]), "the destination is covered");
    }

    [Test]
    public void Master_LowerPriority_SkipsBeyondItsNumber()
    {
        var harness = Harness().StartMaster();
        Assert.That(Receive(harness, 50, 70), Is.EqualTo(VrrpDiscardReason.None));
        Assert.That(harness.Adverts.Single().Value, Is.EqualTo(72));
    }

    [Test]
    public void Numbers_UsedUp_StartOverAsMaster()
    {
        var harness = Harness().Start();
        Receive(harness, 200, 0xfffffffd);
        harness.Elapse(5 * RouterHarness.Second);
        Assert.That(harness.Adverts.Select(static advert => advert.Value), Is.EqualTo([0xfffffffeL, 0xfffffffeL]), "no number is left");

        // Another master without numbers: it yields, and starts over when it takes over again.
        harness.Do(static (router, now) => router.SetFault(new VrrpFault(VrrpFaultReason.Tracker), true, now));
        harness.Do(static (router, now) => router.SetFault(new VrrpFault(VrrpFaultReason.Tracker), false, now));
        harness.Log.Clear();
        harness.Elapse(4 * RouterHarness.Second);
        Assert.That(harness.Adverts.First().Value, Is.EqualTo(1));
    }

    [Test]
    public void Numbers_UsedUpButAPeerHasHigherOnes_GoOn()
    {
        var harness = Harness().Start();
        Receive(harness, 200, 0xfffffffe);
        harness.Elapse(5 * RouterHarness.Second);
        Assert.That(Receive(harness, 200, 0xffffffff), Is.EqualTo(VrrpDiscardReason.None));
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Backup));
        harness.Log.Clear();
        harness.Elapse(4 * RouterHarness.Second);
        Assert.That(harness.Adverts.First().Value, Is.EqualTo(0xffffffff), "a higher priority said it has numbers");
    }

    [Test]
    public void SourceAddress_Changed_IsTheNewIndex()
    {
        var harness = Harness().StartMaster();
        var other = InetAddress.Parse("10.9.0.77");
        harness.Do((router, now) => router.SetSourceAddress(other, now));
        harness.Elapse(RouterHarness.Second);
        var packet = harness.Router.GetAdvertisement(harness.Adverts.Last(), harness.Router.Destinations[0]).ToArray();
        var listener = Harness().Start();
        Assert.That(listener.ReceivePacket(packet, other), Is.EqualTo(VrrpDiscardReason.None));
        Assert.That(BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(HeaderOffset + 4)), Is.EqualTo(0x0a09004du));
    }

    [Test]
    public void Reconfigure_NumberGoesOn()
    {
        var harness = Harness().StartMaster();
        harness.Elapse(10 * RouterHarness.Second);
        var last = harness.Adverts.Last().Value;
        harness.Do(static (router, now) => router.Reconfigure(router.Options with { Priority = 120 }, false, now));
        Assert.That(harness.Adverts.Last().Value, Is.EqualTo(last + 1));
    }

    /// <summary>A router that restarts begins with number 1, which the others refuse; they meet again all the same.</summary>
    private static VrrpDiscardReason Receive(RouterHarness harness, int priority, uint number) =>
        harness.ReceivePacket(harness.Advertisement(priority, Peer, null, number), Peer);

    private static RouterHarness Harness() => new(RouterHarness.V2() with { Authentication = Key });

    private static VrrpRouterOptions Captured(bool unicast)
    {
        var options = RouterHarness.V2() with
        {
            Addresses = [InetAddress.Parse("10.90.0.100")],
            SourceAddress = InetAddress.Parse("10.90.0.2"),
            Authentication = Key,
        };
        return unicast ? RouterHarness.Unicast(options, "10.90.0.1", "10.90.0.2") : options;
    }
}
