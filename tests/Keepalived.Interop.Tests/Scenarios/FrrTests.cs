using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>Ours and FRR's vrrpd, version 3, in both roles.</summary>
internal sealed class FrrTests : ScenarioFixture
{
    private static readonly string[] IPv4 = [Lan.Vip];
    private static readonly string[] IPv6 = ["fe80::100", "2001:db8:90::100"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static IEnumerable<TestCaseData> Families => [new TestCaseData((object)IPv4), new TestCaseData((object)IPv6)];

    [SetUp]
    public void FrrIsNotJudged() => AllowsDefects = true;

    [TestCaseSource(nameof(Families)), Scenario("frr-master")]
    public void FrrIsMaster_OursFollowsAndTakesOverWhenItStops(string[] addresses)
    {
        var link = Link("a", "b");
        using var frr = new FrrRouter(link, "b", 200, addresses);
        link.Wire.Advert("b", Patience, match: advert => advert.Priority == 200);
        var ours = link.Start(Build.Ours, "a", Instance(addresses, 100));
        ours.ExpectLog("Entering BACKUP STATE", 8);
        Expect.Throughout(TimeSpan.FromSeconds(3), () => !ours.Holds(addresses[^1]), $"{ours} follows FRR");
        Assert.That(link.Wire.Adverts("a"), Is.Empty);

        var since = WallClock.Now;
        frr.Stop();

        ours.ExpectHolding(addresses[^1], 10);
        AssertClean(link, since);
    }

    [TestCaseSource(nameof(Families)), Scenario("frr-backup")]
    public void OursIsMaster_FrrFollowsTakesOverAndYields(string[] addresses)
    {
        var link = Link("a", "b");
        var ours = link.Start(Build.Ours, "a", Instance(addresses, 200));
        ours.ExpectHolding(addresses[^1], 10);
        using var frr = new FrrRouter(link, "b", 100, addresses);
        // Time for its master down interval, had it not understood us.
        Thread.Sleep(3000);
        var since = WallClock.Now;
        Thread.Sleep(2000);
        Assert.That(link.Wire.Adverts("b", since), Is.Empty, "FRR follows");

        Assert.That(ours.Stop(), Is.Zero);
        link.Wire.Advert("b", Patience, since, advert => advert.Priority == 100);

        ours.Start();
        ours.ExpectHolding(addresses[^1], 10);
        Expect.Within(
            Patience,
            () => link.Wire.Adverts("b", WallClock.Now - WallClock.Second).Count == 0 && link.Wire.Adverts("a", WallClock.Now - WallClock.Second).Count > 0,
            "FRR yields");
        AssertClean(link, 0);
    }

    private static VrrpInstance Instance(string[] addresses, int priority) =>
        new() { Priority = priority, Addresses = [.. addresses.Select(address => $"{address}/{(address.Contains(':', StringComparison.Ordinal) ? 64 : 24)}")] };

    private static void AssertClean(Lan link, long since) =>
        Assert.That(link.Wire.Adverts("a", since).SelectMany(frame => frame.Advert!.Defects), Is.Empty);
}
