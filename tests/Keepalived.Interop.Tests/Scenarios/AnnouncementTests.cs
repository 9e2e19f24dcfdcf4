using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>How often, and when, a master tells the link where its addresses live.</summary>
internal sealed class AnnouncementTests : ScenarioFixture
{
    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("garp-default")]
    public void Garp_Defaults_FiveAtOnceAndFiveAfterFiveSeconds(Build build)
    {
        var link = Link("a");
        link.Start(build, "a", new VrrpInstance());

        var first = link.Wire.Announcement("a", Lan.Vip, TimeSpan.FromSeconds(5));

        Burst(link, Lan.Vip, first.Time, afterMilliseconds: 0, count: 5);
        Burst(link, Lan.Vip, first.Time, afterMilliseconds: 5000, count: 5);
        Assert.That(first.Announcement!.Owner, Is.EqualTo(link.Wire.Adverts("a")[0].Advert!.SourceMac));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("garp-repeat"), Scenario("garp-delay")]
    public void Garp_RepeatAndDelay_AreTheConfiguredOnes(Build build)
    {
        var link = Link("a");
        link.Start(build, "a", new VrrpInstance
        {
            Addresses = [Lan.Vip + "/24", "10.90.0.101/24"],
            Excluded = ["10.90.0.102/24"],
            Lines = ["garp_master_repeat 3", "garp_master_delay 1"],
        });

        foreach (var address in (string[])[Lan.Vip, "10.90.0.101", "10.90.0.102"])
        {
            var first = link.Wire.Announcement("a", address, TimeSpan.FromSeconds(5));
            Burst(link, address, first.Time, afterMilliseconds: 0, count: 3);
            Burst(link, address, first.Time, afterMilliseconds: 1000, count: 3);
        }
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("garp-refresh")]
    public void Garp_Refresh_ComesAgainAndAgain(Build build)
    {
        var link = Link("a");
        link.Start(build, "a", new VrrpInstance
        {
            Lines =
            [
                "garp_master_repeat 1", "garp_master_delay 0", "garp_master_refresh 1", "garp_master_refresh_repeat 2",
            ],
        });

        var first = link.Wire.Announcement("a", Lan.Vip, TimeSpan.FromSeconds(5));

        Burst(link, Lan.Vip, first.Time, afterMilliseconds: 0, count: 1);
        Burst(link, Lan.Vip, first.Time, afterMilliseconds: 1000, count: 2);
        Burst(link, Lan.Vip, first.Time, afterMilliseconds: 2000, count: 2);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("gna-refresh")]
    public void NeighbourAdvertisement_RepeatAndRefresh_AreTheConfiguredOnes(Build build)
    {
        const string Address = "2001:db8:90::100";
        var link = Link("a");
        link.Start(build, "a", new VrrpInstance
        {
            Addresses = ["fe80::100/64", Address + "/64"],
            Lines = ["garp_master_repeat 2", "garp_master_delay 0", "garp_master_refresh 1", "garp_master_refresh_repeat 1"],
        });

        foreach (var address in (string[])["fe80::100", Address])
        {
            var first = link.Wire.Announcement("a", address, TimeSpan.FromSeconds(5));
            Burst(link, address, first.Time, afterMilliseconds: 0, count: 2);
            Burst(link, address, first.Time, afterMilliseconds: 1000, count: 1);
            Burst(link, address, first.Time, afterMilliseconds: 2000, count: 1);
        }
    }

    /// <summary>Waits for the burst to be over and counts the announcements around its time.</summary>
    private static void Burst(Lan link, string address, long first, int afterMilliseconds, int count)
    {
        const int Around = 450;
        var centre = first + (afterMilliseconds * WallClock.Millisecond);
        Expect.Within(TimeSpan.FromSeconds(8), () => WallClock.Now > centre + (Around * WallClock.Millisecond), "time passes");
        var burst = link.Wire.Announcements("a", address).Count(frame => Math.Abs(frame.Time - centre) < Around * WallClock.Millisecond);
        Assert.That(burst, Is.EqualTo(count), $"announcements of {address} around {afterMilliseconds} ms");
    }
}
