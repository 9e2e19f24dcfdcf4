using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Vrrp.Tests.Captures;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp.Tests.Core;

/// <summary>Malformed and forged packets: each ends in its counter and changes nothing.</summary>
public sealed class NegativeVectorTests
{
    private const string Capture = "negative-vectors";

    private static readonly Dictionary<string, VrrpDiscardReason> Verdicts = new()
    {
        ["v2-good"] = VrrpDiscardReason.None,
        ["v2-bad-checksum"] = VrrpDiscardReason.Checksum,
        ["v2-zero-checksum"] = VrrpDiscardReason.Checksum,
        ["v2-ttl-254"] = VrrpDiscardReason.HopLimit,
        ["v2-ttl-1"] = VrrpDiscardReason.HopLimit,
        ["v2-version-1"] = VrrpDiscardReason.Version,
        ["v2-version-4"] = VrrpDiscardReason.Version,
        ["v2-type-2"] = VrrpDiscardReason.Type,
        ["v2-type-0"] = VrrpDiscardReason.Type,
        ["v2-other-vrid"] = VrrpDiscardReason.VirtualRouterId,
        ["v2-vrid-0"] = VrrpDiscardReason.VirtualRouterId,
        ["v2-auth-pass"] = VrrpDiscardReason.AuthenticationTypeMismatch,
        ["v2-auth-type-7"] = VrrpDiscardReason.InvalidAuthenticationType,
        ["v2-interval-3"] = VrrpDiscardReason.AdvertisementInterval,
        ["v2-interval-0"] = VrrpDiscardReason.AdvertisementInterval,
        ["v2-count-2-of-1"] = VrrpDiscardReason.PacketLength,
        ["v2-count-255"] = VrrpDiscardReason.PacketLength,
        ["v2-count-0"] = VrrpDiscardReason.PacketLength,
        ["v2-other-address"] = VrrpDiscardReason.AddressList,
        ["v2-two-addresses"] = VrrpDiscardReason.AddressList,
        ["v2-truncated-0"] = VrrpDiscardReason.TooShort,
        ["v2-truncated-1"] = VrrpDiscardReason.TooShort,
        ["v2-truncated-7"] = VrrpDiscardReason.TooShort,
        ["v2-truncated-8"] = VrrpDiscardReason.PacketLength,
        ["v2-truncated-12"] = VrrpDiscardReason.PacketLength,
        ["v2-truncated-19"] = VrrpDiscardReason.PacketLength,
        ["v2-trailing-bytes"] = VrrpDiscardReason.PacketLength,
        ["v2-ip-length-short"] = VrrpDiscardReason.PacketLength,
        ["v2-first-fragment"] = VrrpDiscardReason.Protocol,
        ["ah-empty"] = VrrpDiscardReason.TooShort,
        ["ah-short"] = VrrpDiscardReason.TooShort,
        ["ah-forged"] = VrrpDiscardReason.AuthenticationTypeMismatch,
        ["v3-good"] = VrrpDiscardReason.None,
        ["v3-no-pseudo-header"] = VrrpDiscardReason.None,
        ["v3-bad-checksum"] = VrrpDiscardReason.Checksum,
        ["v3-interval-0"] = VrrpDiscardReason.AdvertisementInterval,
        ["v3-reserved-bits"] = VrrpDiscardReason.None,
        ["v3-count-0"] = VrrpDiscardReason.NoAddresses,
        ["v3-truncated-0"] = VrrpDiscardReason.TooShort,
        ["v3-truncated-7"] = VrrpDiscardReason.TooShort,
        ["v3-truncated-8"] = VrrpDiscardReason.PacketLength,
        ["v3-truncated-11"] = VrrpDiscardReason.PacketLength,
        ["v3-ipv6-good"] = VrrpDiscardReason.None,
        ["v3-ipv6-hop-limit-254"] = VrrpDiscardReason.HopLimit,
        ["v3-ipv6-bad-checksum"] = VrrpDiscardReason.Checksum,
        ["v3-ipv6-no-pseudo-header"] = VrrpDiscardReason.Checksum,
        ["v3-ipv6-count-9"] = VrrpDiscardReason.PacketLength,
        ["v3-ipv6-global-first"] = VrrpDiscardReason.None,
        ["v3-ipv6-truncated-20"] = VrrpDiscardReason.PacketLength,
    };

    private static IEnumerable<TestCaseData> Vectors =>
        CaptureFile.Read(Capture).Select(static frame => new TestCaseData(frame.Name).SetArgDisplayNames(frame.Name));

    [Test]
    public void Verdicts_OfTheTable_CoverEveryVector() =>
        Assert.That(CaptureFile.Read(Capture).Select(static frame => frame.Name), Is.EquivalentTo(Verdicts.Keys));

    [TestCaseSource(nameof(Vectors))]
    public void Backup_Vector_GivesTheVerdictAndChangesNothingIfDiscarded(string name) =>
        Check(name, new RouterHarness(OptionsFor(name)).Start());

    [TestCaseSource(nameof(Vectors))]
    public void Master_Vector_GivesTheVerdictAndChangesNothingIfDiscarded(string name) =>
        Check(name, new RouterHarness(OptionsFor(name)).StartMaster());

    [Test]
    public void Backup_ChecksumWithoutPseudoHeaderWhereOnlyTheOtherFormIsAccepted_IsDiscarded()
    {
        var harness = new RouterHarness(OptionsFor("v3-good") with { AcceptEitherChecksumForm = false }).Start();
        var frame = CaptureFile.Read(Capture).Single(static frame => frame.Name == "v3-no-pseudo-header");

        Assert.That(harness.Router.HandleDatagram(frame.Header, frame.Datagram, harness.Now), Is.EqualTo(VrrpDiscardReason.Checksum));
    }

    private static void Check(string name, RouterHarness harness)
    {
        var router = harness.Router;
        var frame = CaptureFile.Read(Capture).Single(frame => frame.Name == name);
        var (state, deadline, sent) = (router.State, router.NextDeadline, router.Statistics.AdvertisementsSent);
        harness.Elapse(router.NextDeadline - harness.Now - 1);
        var verdict = router.HandleDatagram(frame.Header, frame.Datagram, harness.Now);

        Assert.That(verdict, Is.EqualTo(Verdicts[name]), frame.Expectation);
        if (verdict == VrrpDiscardReason.None)
        {
            Assert.That(router.State, Is.EqualTo(VrrpState.Backup), "priority 254 is better than ours");
            Assert.That(router.NextDeadline, Is.GreaterThan(deadline));
        }
        else
        {
            Assert.That(router.Statistics.Discarded(verdict), Is.EqualTo(1));
            Assert.That(router.Statistics.TotalDiscarded, Is.EqualTo(1));
            Assert.That((router.State, router.NextDeadline, router.Statistics.AdvertisementsSent), Is.EqualTo((state, deadline, sent)));
            while (router.TryDequeue(out var action))
                Assert.That(action.Kind, Is.EqualTo(VrrpActionKind.Notice));
        }
    }

    private static VrrpRouterOptions OptionsFor(string name)
    {
        if (!name.StartsWith("v3-ipv6", StringComparison.Ordinal))
        {
            var options = name.StartsWith("v3", StringComparison.Ordinal) ? RouterHarness.V3() : RouterHarness.V2();
            return options with { Addresses = [InetAddress.Parse("10.90.0.100")], SourceAddress = InetAddress.Parse("10.90.0.1") };
        }

        // The addresses of the good vector.
        var good = CaptureFile.Read(Capture).Single(static frame => frame.Name == "v3-ipv6-good");
        VrrpAdvertisement.TryParse(good.Datagram, AddressFamily.InterNetworkV6, out var message);
        var addresses = new InetAddress[message.AddressCount];
        for (var i = 0; i < addresses.Length; i++)
            addresses[i] = message.GetAddress(i);
        return RouterHarness.V3IPv6() with { Addresses = [.. addresses] };
    }
}
