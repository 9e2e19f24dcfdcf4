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

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("garp-global")]
    public void Garp_GlobalDefaults_AreTakenWhereTheInstanceSaysNothing(Build build)
    {
        var link = Link("a");
        link.Start(build, "a", Global(
            "vrrp_garp_master_repeat 2", "vrrp_garp_master_delay 1", "vrrp_garp_master_refresh 1", "vrrp_garp_master_refresh_repeat 3"),
            new VrrpInstance { Addresses = [Lan.Vip + "/24"], Lines = ["garp_master_refresh 0"] },
            new VrrpInstance { Name = "VI_2", VirtualRouterId = 52, Addresses = ["10.90.0.102/24"], Lines = ["garp_master_delay 0"] });

        var first = link.Wire.Announcement("a", Lan.Vip, TimeSpan.FromSeconds(5));
        Burst(link, Lan.Vip, first.Time, afterMilliseconds: 0, count: 2);
        Burst(link, Lan.Vip, first.Time, afterMilliseconds: 1000, count: 2);
        first = link.Wire.Announcement("a", "10.90.0.102", TimeSpan.FromSeconds(5));
        Burst(link, "10.90.0.102", first.Time, afterMilliseconds: 0, count: 2);
        Burst(link, "10.90.0.102", first.Time, afterMilliseconds: 1000, count: 3);
        Burst(link, "10.90.0.102", first.Time, afterMilliseconds: 2000, count: 3);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("garp-minimal")]
    public void Garp_Minimal_IsOneForEachAddress(Build build)
    {
        var link = Link("a");
        var a = link.Start(build, "a", Global("vrrp_min_garp"), new VrrpInstance { Addresses = [Lan.Vip + "/24", "10.90.0.101/24"] });
        a.ExpectHolding("10.90.0.101", 8);
        // By default the second burst would come after 5 s.
        Thread.Sleep(6000);
        Assert.That(link.Wire.Announcements("a", Lan.Vip), Has.Count.EqualTo(1));
        Assert.That(link.Wire.Announcements("a", "10.90.0.101"), Has.Count.EqualTo(1));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("garp-interval")]
    public void Interval_OfAnInterface_IsKeptBetweenFrames(Build build)
    {
        var link = Link("a");
        link.Start(build, "a", Global("vrrp_garp_interval 0.1", "vrrp_gna_interval 0.2"),
            new VrrpInstance { Addresses = [Lan.Vip + "/24", "10.90.0.101/24"], Lines = ["garp_master_delay 0"] },
            new VrrpInstance { Name = "VI_6", VirtualRouterId = 52, Addresses = ["fe80::100/64", "2001:db8:90::100/64"], Lines = ["garp_master_delay 0"] });
        link.Wire.Announcement("a", "10.90.0.101", TimeSpan.FromSeconds(8));
        link.Wire.Announcement("a", "2001:db8:90::100", TimeSpan.FromSeconds(8));
        Thread.Sleep(1500);
        foreach (var (isIPv6, milliseconds) in ((bool, int)[])[(false, 100), (true, 200)])
        {
            long[] times = [.. link.Wire.Frames
                .Where(frame => frame is { Port: "a", Announcement: { } one } && one.Address.ToString().Contains(':', StringComparison.Ordinal) == isIPv6)
                .Select(static frame => frame.Time)];
            Assert.That(times, Has.Length.GreaterThanOrEqualTo(2));
            // Without the interval all of them leave within a millisecond; one that is late does not hold up the next.
            Assert.That(
                WallClock.Between(times[0], times[^1]).TotalMilliseconds, Is.GreaterThan((times.Length - 1) * milliseconds / 2), "ms for all frames");
        }
    }

    [TestCase("", "garp_extra_if 1"), Scenario("garp-extra-interface")]
    [TestCase("", "vmac_garp_intvl 1")]
    [TestCase("", "garp_extra_if all 1")]
    [TestCase("vrrp_garp_extra_if 1", "")]
    [TestCase("vrrp_garp_extra_if all 1", "")]
    [TestCase("vrrp_vmac_garp_intvl 1", "")]
    public void ExtraInterface_WithoutAdverts_IsAnnouncedAgainAndAgain(string global, string line)
    {
        var link = Link("a");
        // With "all" it need not be a virtual MAC interface.
        var isVirtual = !(global + line).Contains(" all ", StringComparison.Ordinal);
        link.Ip("a", "link add u0 type veth peer name u1", "link set u1 up", "link set u0 up", "address add 10.93.0.9/24 dev u0");
        link.Start(Pairs.Oracle ? Build.Real : Build.Ours, "a", Global(global), new VrrpInstance
        {
            Interface = "u0",
            Addresses = ["10.93.0.1/24", Lan.Vip + "/24 dev eth0"],
            Lines = [.. isVirtual ? (string[])["use_vmac", "use_vmac_addr"] : [], line, "garp_master_delay 0", "garp_master_repeat 1"],
        });
        var first = link.Wire.Announcement("a", Lan.Vip, TimeSpan.FromSeconds(8));
        Assert.That(first.Announcement!.Owner == "00:00:5e:00:01:33", Is.EqualTo(isVirtual));
        Burst(link, Lan.Vip, first.Time, afterMilliseconds: 1000, count: 1);
        Burst(link, Lan.Vip, first.Time, afterMilliseconds: 2000, count: 1);
    }

    private static string Global(params string[] lines) => $"global_defs {{\n    {string.Join("\n    ", lines)}\n}}";

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
