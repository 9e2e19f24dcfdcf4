using System.Net;
using Keepalived.Interop.Tests.Lab;
using Keepalived.Interop.Tests.Wire;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>Statements of RFC 9568 that only the wire and the kernel can tell, by their numbers.</summary>
internal sealed class ConformanceTests : ScenarioFixture
{
    private const string Virtual6 = "2001:db8:90::100";
    private static readonly VrrpInstance OverIPv6 = new() { Addresses = ["fe80::100/64", Virtual6 + "/64"] };

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("v4-encapsulation")]
    public void V1_V2_V4_V6_AdvertOverIPv4_IsEncapsulatedAsItMust(Build build)
    {
        var link = Link("a");
        link.Start(build, "a", new VrrpInstance());
        // That it is found at all says that it is protocol 112.
        var advert = link.Wire.Advert("a", TimeSpan.FromSeconds(8)).Advert!;
        Assert.Multiple(() =>
        {
            Assert.That(advert.Source.ToString(), Is.EqualTo(Lan.Address("a")));
            Assert.That(advert.Destination, Is.EqualTo(AdvertDecoder.Group4));
            Assert.That(advert.Ttl, Is.EqualTo(255));
        });
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("v6-encapsulation")]
    public void V7_V8_V10_V12_AdvertOverIPv6_IsEncapsulatedAsItMust(Build build)
    {
        var link = Link("a");
        link.Start(build, "a", OverIPv6);
        var advert = link.Wire.Advert("a", TimeSpan.FromSeconds(8)).Advert!;
        Assert.Multiple(() =>
        {
            Assert.That(advert.Source, Is.EqualTo(IPAddress.Parse(Lan.LinkLocal("a"))));
            Assert.That(advert.Destination, Is.EqualTo(AdvertDecoder.Group6));
            Assert.That(advert.Ttl, Is.EqualTo(255));
        });
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("v6-no-duplicate-address-detection")]
    public void V86_VirtualAddressOverIPv6_IsUsableAtOnce(Build build)
    {
        var link = Link("a");
        var a = link.Start(build, "a", OverIPv6);
        a.ExpectHolding(Virtual6, 8);
        var address = link.Addresses("a").Single(entry => (string?)entry["local"] == Virtual6);
        Assert.That((bool?)address["tentative"], Is.Not.True);
        Assert.That((bool?)address["nodad"], Is.True);
    }

    [Test, NonParallelizable, Scenario("discard-log-limit")]
    public void V64_DiscardedAdverts_AreLoggedButNotEachOfThem()
    {
        var link = Link("a");
        var a = link.Start(Build.Ours, "a", new VrrpInstance());
        a.ExpectHolding(Lan.Vip, 8);
        var before = a.Log.Count;
        using var stranger = new Injector(link);
        stranger.Flood(MalformedAdverts.Version3, 2000, TimeSpan.FromSeconds(3));
        Expect.Within(TimeSpan.FromSeconds(5), () => a.Log.Count > before, "something is logged");
        Assert.That(a.Log.Count - before, Is.LessThan(100), "lines for 6,000 bad adverts");
    }
}
