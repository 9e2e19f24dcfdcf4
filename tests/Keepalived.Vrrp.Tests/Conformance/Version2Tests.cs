using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Wire;
using Keepalived.Vrrp.Tests.Core;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp.Tests.Conformance;

/// <summary>RFC 3768 (version 2) where it differs, and RFC 5798 against RFC 9568.</summary>
public sealed class Version2Tests
{
    private static readonly InetAddress Peer = RouterHarness.LowerAddress;

    [Test]
    public void W1_Layout_HasAuthenticationAndWholeSeconds()
    {
        var template = new VrrpAdvertisementTemplate(RouterHarness.V2(200) with { AdvertisementInterval = TimeSpan.FromSeconds(3) });
        var message = template.Message;

        Assert.That(message.Length, Is.EqualTo(8 + 4 + 8));
        Assert.That(message[..6].ToArray(), Is.EqualTo(new byte[] { 0x21, 51, 200, 1, 0, 3 }));
        Assert.That(message[12..].ToArray(), Is.All.Zero);
    }

    [Test]
    public void W2_Owner_Is255() => Assert.That(new VrrpAdvertisementTemplate(RouterHarness.V2(255)).Message[2], Is.EqualTo(255));

    [TestCase(1, VrrpDiscardReason.AuthenticationTypeMismatch)]
    [TestCase(2, VrrpDiscardReason.AuthenticationTypeMismatch)]
    [TestCase(3, VrrpDiscardReason.InvalidAuthenticationType)]
    [TestCase(255, VrrpDiscardReason.InvalidAuthenticationType)]
    public void W3_UnknownOrOtherAuthentication_Discards(byte type, VrrpDiscardReason expected)
    {
        var harness = new RouterHarness(RouterHarness.V2()).Start();
        Assert.That(harness.ReceiveChanged(200, Peer, null, packet => packet[24] = type), Is.EqualTo(expected));
    }

    [Test]
    public void W4_AuthenticationData_IsIgnoredOnReceipt()
    {
        var harness = new RouterHarness(RouterHarness.V2()).Start();
        var verdict = harness.ReceiveChanged(200, Peer, null, static packet =>
        {
            packet.AsSpan(32, 8).Fill(0x5a);
            packet[26] = packet[27] = 0;
            var checksum = InternetChecksum.Compute(packet.AsSpan(20));
            packet[26] = (byte)(checksum >> 8);
            packet[27] = (byte)checksum;
        });
        Assert.That(verdict, Is.EqualTo(VrrpDiscardReason.None));
    }

    [Test]
    public void D9_PasswordAndKey_AreCutAtEightBytesAndPaddedWithZeros()
    {
        Assert.That(VrrpAuthentication.Pass("s3cret-s3cret"), Is.EqualTo(VrrpAuthentication.Pass("s3cret-s")));
        Assert.That(
            VrrpAuthentication.AuthenticationHeader("s3cret-s3cret"), Is.EqualTo(VrrpAuthentication.AuthenticationHeader("s3cret-s")));
        Assert.That(VrrpAuthentication.AuthenticationHeader("x"), Is.EqualTo(VrrpAuthentication.AuthenticationHeader("x\0\0"u8)));
    }

    [TestCase(false, VrrpDiscardReason.HopLimit)]
    [TestCase(true, VrrpDiscardReason.None)]
    public void D9_TimeToLive_IsInTheCheckValueOfMulticastOnly(bool unicast, VrrpDiscardReason expected)
    {
        var options = RouterHarness.V2() with { Authentication = VrrpAuthentication.AuthenticationHeader("key") };
        var harness = new RouterHarness(unicast ? RouterHarness.Unicast(options, "10.9.0.1") : options).Start();
        var packet = harness.Advertisement(200, Peer, null, 1);
        var unchanged = new byte[12];
        AuthenticationHeader.ComputeCheckValue(packet, 20, options.Authentication, unicast, unchanged);
        packet[8]--;
        var changed = new byte[12];
        AuthenticationHeader.ComputeCheckValue(packet, 20, options.Authentication, unicast, changed);
        Assert.That(changed.AsSpan().SequenceEqual(unchanged), Is.EqualTo(unicast));
        Assert.That(harness.ReceivePacket(packet, Peer), Is.EqualTo(expected));
    }

    [Test]
    public void D9_Numbers_StartOverAfterARestartAndAreAcceptedByTheNewMaster()
    {
        var options = RouterHarness.V2() with { Authentication = VrrpAuthentication.AuthenticationHeader("key") };
        var other = new RouterHarness(options).Start();
        Assert.That(other.ReceivePacket(other.Advertisement(200, Peer, null, 500), Peer), Is.EqualTo(VrrpDiscardReason.None));
        Assert.That(other.ReceivePacket(other.Advertisement(200, Peer, null, 1), Peer), Is.EqualTo(VrrpDiscardReason.AuthenticationReplay));

        // It becomes master, and says its number; who restarted goes on from there.
        other.Elapse(4 * MonotonicClock.Second);
        Assert.That(other.Adverts.First().Value, Is.EqualTo(501));
        Assert.That(other.ReceivePacket(other.Advertisement(200, Peer, null, 502), Peer), Is.EqualTo(VrrpDiscardReason.None));
        Assert.That(other.Router.State, Is.EqualTo(VrrpState.Backup));
    }

    [Test]
    public void W5_Checksum_CoversTheWholeMessageWithoutPseudoHeader()
    {
        var template = new VrrpAdvertisementTemplate(RouterHarness.V2() with { Authentication = VrrpAuthentication.Pass("secret") });
        Assert.That(InternetChecksum.IsValid(template.Message), Is.True);
    }

    [Test]
    public void W6_SkewTime_DoesNotScaleWithTheInterval()
    {
        var harness = new RouterHarness(RouterHarness.V2() with { AdvertisementInterval = TimeSpan.FromSeconds(10) }).Start();
        Assert.That(harness.Router.SkewTime, Is.EqualTo(609_375 * MonotonicClock.Microsecond));
        Assert.That(harness.Router.MasterDownInterval, Is.EqualTo(30_609_375 * MonotonicClock.Microsecond));
    }

    [Test]
    public void W7_X2_Owner_DiscardsAdvertsWhereToldTo()
    {
        foreach (var options in (VrrpRouterOptions[])[RouterHarness.V2(255), RouterHarness.V3(255)])
        {
            var strict = new RouterHarness(options with { OwnerIgnoreAdvertisements = true }).StartMaster();
            Assert.That(strict.Receive(200, Peer), Is.EqualTo(VrrpDiscardReason.IgnoredByOwner));
            var listening = new RouterHarness(options).StartMaster();
            Assert.That(listening.Receive(200, Peer), Is.EqualTo(VrrpDiscardReason.None));
        }
    }

    [Test]
    public void W8_MissingAuthenticationData_Discards()
    {
        var harness = new RouterHarness(RouterHarness.V2()).Start();
        var packet = harness.Advertisement(200, Peer)[..^8];
        Assert.That(harness.ReceivePacket(packet, Peer), Is.EqualTo(VrrpDiscardReason.PacketLength));
    }

    [TestCase(254, VrrpDiscardReason.AddressList)]
    [TestCase(255, VrrpDiscardReason.None)]
    public void W9_OtherAddresses_AreDroppedUnlessTheSenderIsTheOwner(int priority, VrrpDiscardReason expected)
    {
        var harness = new RouterHarness(RouterHarness.V2()).Start();
        Assert.That(
            harness.Receive(priority, Peer, static options => options with { Addresses = [InetAddress.Parse("10.9.0.9")] }),
            Is.EqualTo(expected));
    }

    [Test]
    public void W10_OtherInterval_Discards()
    {
        var harness = new RouterHarness(RouterHarness.V2()).Start();
        var verdict = harness.Receive(200, Peer, static options => options with { AdvertisementInterval = TimeSpan.FromSeconds(2) });
        Assert.That(verdict, Is.EqualTo(VrrpDiscardReason.AdvertisementInterval));
        Assert.That(harness.Router.Statistics.IntervalErrors, Is.EqualTo(1));
    }

    [Test]
    public void W11_Backup_FollowsAsInVersion3ButKeepsItsInterval()
    {
        var harness = new RouterHarness(RouterHarness.V2()).Start();
        harness.Elapse(RouterHarness.Second);
        harness.Receive(100, Peer);
        Assert.That(harness.Router.NextDeadline - harness.Now, Is.EqualTo(3_609_375 * MonotonicClock.Microsecond));
        var deadline = harness.Router.NextDeadline;
        harness.Elapse(RouterHarness.Second);
        harness.Receive(99, Peer);
        Assert.That(harness.Router.NextDeadline, Is.EqualTo(deadline));
        harness.Receive(0, Peer);
        Assert.That(harness.Router.NextDeadline - harness.Now, Is.EqualTo(609_375 * MonotonicClock.Microsecond));
    }

    [Test]
    public void W12_X3_MasterHearingALowerPriority_IsSilentWhereToldTo()
    {
        var harness = new RouterHarness(RouterHarness.V2() with { LowerPriorityNoAdvertisement = true }).StartMaster();
        harness.Receive(50, Peer);
        Assert.That(harness.Adverts, Is.Empty);
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Master));
    }

    [Test]
    public void W14_GratuitousArp_IsABroadcastRequest()
    {
        var frame = new byte[GratuitousArp.MaxLength];
        var broadcast = new LinkLayerAddress([255, 255, 255, 255, 255, 255]);
        GratuitousArp.Write(frame, 1, LinkLayerAddress.VirtualRouterIPv4(51), broadcast, InetAddress.Parse("10.9.0.100"));

        Assert.That(frame[..6], Is.All.EqualTo(0xff));
        Assert.That(frame[20..22], Is.EqualTo(new byte[] { 0, 1 }));
        Assert.That(frame[28..32], Is.EqualTo(frame[38..42]), "sender and target address are the same");
    }

    [Test]
    public void X1_D1_EitherChecksumOverIPv4_IsAcceptedByDefault()
    {
        foreach (var form in Enum.GetValues<VrrpChecksumForm>())
        {
            var harness = new RouterHarness().Start();
            Assert.That(harness.Receive(200, Peer, options => options with { ChecksumForm = form }), Is.EqualTo(VrrpDiscardReason.None));
        }

        var template = new VrrpAdvertisementTemplate(RouterHarness.V3());
        VrrpAdvertisement.TryParse(template.Message, AddressFamily.InterNetwork, out var sent);
        Assert.That(
            sent.HasValidChecksum(RouterHarness.OurAddress, VrrpRouterOptions.DefaultGroupIPv4),
            Is.True,
            "the pseudo-header is sent");
    }

    [Test]
    public void D9_Password_IsCutAtEightAndPaddedWithZero()
    {
        var cut = new VrrpAdvertisementTemplate(RouterHarness.V2() with { Authentication = VrrpAuthentication.Pass("123456789") });
        Assert.That(cut.Message[^8..].SequenceEqual("12345678"u8), Is.True);
        var padded = new VrrpAdvertisementTemplate(RouterHarness.V2() with { Authentication = VrrpAuthentication.Pass("123") });
        Assert.That(padded.Message[^8..].SequenceEqual("123\0\0\0\0\0"u8), Is.True);
    }

    [Test]
    public void D10_Fault_MasterSendsPriorityZero()
    {
        var harness = new RouterHarness(RouterHarness.V2()).StartMaster();
        harness.Do(static (router, now) => router.SetFault(new VrrpFault(VrrpFaultReason.Tracker, 7), true, now));
        Assert.That(harness.Adverts.Single().Priority, Is.Zero);
    }
}
