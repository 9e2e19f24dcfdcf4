using Keepalived.Netlink;

namespace Keepalived.Vrrp.Tests.Core;

public sealed class VrrpRouterOptionsTests
{
    private static readonly VrrpRouterOptions Good = RouterHarness.V3();

    private static IEnumerable<TestCaseData> Bad()
    {
        static TestCaseData Case(VrrpRouterOptions options, string member, string name) =>
            new TestCaseData(options, member).SetArgDisplayNames(name);

        yield return Case(Good with { Name = " " }, nameof(Good.Name), "no name");
        yield return Case(Good with { VirtualRouterId = 0 }, nameof(Good.VirtualRouterId), "VRID 0");
        yield return Case(Good with { Family = default }, nameof(Good.Family), "no family");
        yield return Case(Good with { Version = (VrrpVersion)4 }, nameof(Good.Version), "version 4");
        yield return Case(Good with { Priority = 0 }, nameof(Good.Priority), "priority 0");
        yield return Case(Good with { InitialState = VrrpState.Fault }, nameof(Good.InitialState), "initial fault");
        yield return Case(Good with { Addresses = [InetAddress.Parse("fe80::1")] }, nameof(Good.Addresses), "mixed families");
        yield return Case(Good with { Addresses = [InetAddress.Parse("0.0.0.0")] }, nameof(Good.Addresses), "unspecified address");
        yield return Case(Good with { Addresses = [.. Good.Addresses, .. Good.Addresses] }, nameof(Good.Addresses), "duplicate address");
        yield return Case(Good with { Addresses = default }, nameof(Good.Addresses), "default addresses");
        yield return Case(
            Good with { Addresses = [.. Enumerable.Range(1, 256).Select(static i => InetAddress.FromIPv4(0x0a000000u + (uint)i))] },
            nameof(Good.Addresses),
            "256 addresses");
        yield return Case(Good with { Peers = [new VrrpPeer(InetAddress.Parse("fe80::1"))] }, nameof(Good.Peers), "peer of another family");
        yield return Case(
            Good with { Peers = [new(RouterHarness.LowerAddress), new(RouterHarness.LowerAddress, 1)] },
            nameof(Good.Peers),
            "duplicate peer");
        yield return Case(
            Good with { SourceAddress = InetAddress.Parse("fe80::1") },
            nameof(Good.SourceAddress),
            "source of another family");
        yield return Case(Good with { Group = InetAddress.Parse("10.0.0.1") }, nameof(Good.Group), "group not multicast");
        yield return Case(Good with { OldUnicastChecksumGroup = default }, nameof(Good.OldUnicastChecksumGroup), "no checksum group");
        yield return Case(Good with { AdvertisementInterval = TimeSpan.FromMilliseconds(5) }, nameof(Good.AdvertisementInterval), "5 ms");
        yield return Case(Good with { AdvertisementInterval = TimeSpan.FromMilliseconds(15) }, nameof(Good.AdvertisementInterval), "15 ms");
        yield return Case(Good with { AdvertisementInterval = TimeSpan.FromSeconds(41) }, nameof(Good.AdvertisementInterval), "41 s");
        yield return Case(
            RouterHarness.V2() with { AdvertisementInterval = TimeSpan.FromMilliseconds(1500) },
            nameof(Good.AdvertisementInterval),
            "1.5 s in version 2");
        yield return Case(Good with { PreemptDelay = TimeSpan.FromSeconds(1001) }, nameof(Good.PreemptDelay), "preempt delay too long");
        yield return Case(
            Good with { PreemptDelay = TimeSpan.FromSeconds(1), Preempt = false },
            nameof(Good.PreemptDelay),
            "preempt delay without preemption");
        yield return Case(Good with { Preempt = false, Priority = 255 }, nameof(Good.Preempt), "owner that does not preempt");
        yield return Case(Good with { DownTimerAdverts = 0 }, nameof(Good.DownTimerAdverts), "no adverts");
        yield return Case(Good with { DownTimerAdverts = 101 }, nameof(Good.DownTimerAdverts), "101 adverts");
        yield return Case(Good with { Announcements = null! }, nameof(Good.Announcements), "no announcements");
        yield return Case(Good with { Announcements = new() { Repeat = 0 } }, nameof(Good.Announcements), "no repeat");
        yield return Case(
            Good with { Announcements = new() { Delay = TimeSpan.FromSeconds(5000) } },
            nameof(Good.Announcements),
            "delay too long");
        yield return Case(
            Good with { OwnerIgnoreAdvertisements = true },
            nameof(Good.OwnerIgnoreAdvertisements),
            "ignoring without owning");
        yield return Case(Good with { LateTimerPeerPriority = 0, Preempt = false }, nameof(Good.LateTimerPeerPriority), "late peer 0");
        yield return Case(Good with { LateTimerPeerPriority = 100 }, nameof(Good.LateTimerPeerPriority), "late peer with preemption");
        yield return Case(
            Good with { Authentication = VrrpAuthentication.Pass("x") },
            nameof(Good.Authentication),
            "password in version 3");
        yield return Case(
            Good with { Authentication = VrrpAuthentication.AuthenticationHeader("x") },
            nameof(Good.Authentication),
            "authentication header in version 3");
        yield return Case(
            RouterHarness.V2() with { Authentication = VrrpAuthentication.Pass("x"), Hmac = TestKeys.Hmac() },
            nameof(Good.Hmac),
            "two authentications");
        yield return Case(Good with { Hmac = TestKeys.Hmac() with { Keys = [] } }, nameof(Good.Hmac), "no keys");
        yield return Case(Good with { Hmac = TestKeys.Hmac() with { ActiveKeyId = 9 } }, nameof(Good.Hmac), "no active key");
        yield return Case(
            Good with { Hmac = TestKeys.Hmac() with { Keys = [TestKeys.First, TestKeys.First] } }, nameof(Good.Hmac), "a key twice");
        yield return Case(
            Good with { Hmac = TestKeys.Hmac() with { TimeWindow = TimeSpan.FromSeconds(301) } }, nameof(Good.Hmac), "window too wide");
        yield return Case(
            Good with { Hmac = TestKeys.Hmac() with { TimeWindow = TimeSpan.FromSeconds(1.5) } }, nameof(Good.Hmac), "half a second");
    }

    [TestCaseSource(nameof(Bad))]
    public void FindErrors_BadOptions_NamesTheMember(VrrpRouterOptions options, string member)
    {
        Assert.That(options.FindErrors(), Has.Some.StartsWith(member));
        Assert.That(() => new VrrpRouter(options), Throws.ArgumentException.With.Message.Contains(member));
    }

    [Test]
    public void FindErrors_GoodOptions_FindsNone()
    {
        foreach (var options in (VrrpRouterOptions[])[
            Good,
            RouterHarness.V2(255),
            RouterHarness.V3IPv6(),
            Good with { Addresses = [] },
            RouterHarness.V2() with { Addresses = [] },
            Good with { Hmac = TestKeys.Hmac() },
            RouterHarness.V2() with { Authentication = VrrpAuthentication.AuthenticationHeader("x") }])
            Assert.That(options.FindErrors(), Is.Empty);
    }

    [Test]
    public void FindErrors_SeveralErrors_FindsAll() =>
        Assert.That((Good with { Name = "", VirtualRouterId = 0, DownTimerAdverts = 0 }).FindErrors(), Has.Count.EqualTo(3));

    [Test]
    public void Hmac_AsText_HidesTheKeys()
    {
        var secret = "0123456789abcdef0123456789abcdef";
        var hmac = TestKeys.Hmac() with { Keys = [new VrrpHmacKey(1, System.Text.Encoding.ASCII.GetBytes(secret))] };
        foreach (var text in (string[])[hmac.ToString(), hmac.Keys[0].ToString(), (Good with { Hmac = hmac }).ToString()])
            Assert.That(text, Does.Not.Contain("789").And.Not.Contain("30313233"));
    }

    [Test]
    public void Hmac_SameContent_IsEqual()
    {
        var one = TestKeys.Hmac();
        var other = TestKeys.Hmac();
        Assert.That(one, Is.EqualTo(other));
        Assert.That(one.GetHashCode(), Is.EqualTo(other.GetHashCode()));
        Assert.That(one, Is.Not.EqualTo(other with { Keys = [TestKeys.First, TestKeys.Second] }));
        Assert.That(one, Is.Not.EqualTo(other with { Mode = VrrpHmacMode.Permissive }));
        Assert.That(TestKeys.First, Is.Not.EqualTo(new VrrpHmacKey(1, new byte[32])));
    }

    [TestCase(31)]
    [TestCase(65)]
    [TestCase(0)]
    public void HmacKey_OfAnotherLength_Throws(int length) =>
        Assert.That(() => new VrrpHmacKey(1, new byte[length]), Throws.ArgumentException);

    [Test]
    public void HmacKey_NumberZero_Throws() =>
        Assert.That(() => new VrrpHmacKey(0, new byte[32]), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [TestCase(1.0, 5)]
    [TestCase(2.99, 6)]
    [TestCase(0.1, 5)]
    [TestCase(255.0, 300)]
    public void Hmac_WindowNotGiven_IsThreeIntervalsWithinLimits(double interval, int expected) =>
        Assert.That(TestKeys.Hmac().WindowSeconds(TimeSpan.FromSeconds(interval)), Is.EqualTo(expected));

    [Test]
    public void Authentication_AsText_HidesTheSecret()
    {
        var authentication = VrrpAuthentication.Pass("hunter2");
        Assert.That(authentication.ToString(), Does.Not.Contain("hunter"));
        Assert.That((RouterHarness.V2() with { Authentication = authentication }).ToString(), Does.Not.Contain("hunter"));
        Assert.That(authentication, Is.EqualTo(VrrpAuthentication.Pass("hunter2"u8)));
        Assert.That(authentication, Is.Not.EqualTo(VrrpAuthentication.Pass("hunter3")));
    }
}
