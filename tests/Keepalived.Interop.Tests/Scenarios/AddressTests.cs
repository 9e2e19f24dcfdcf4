using System.Text.Json.Nodes;
using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>What stands on the interface while a router is master.</summary>
internal sealed class AddressTests : ScenarioFixture
{
    private static readonly TestCaseData[] Options =
    [
        Case("plain", ["10.90.0.100"]),
        Case("prefix", ["10.90.0.100/24", "10.90.3.1/28"]),
        Case("dev", ["10.90.0.100/24 dev eth0"]),
        Case("scope", ["10.95.0.1/24 scope link", "10.96.0.1/24 scope site", "10.97.0.1/24 scope 201"]),
        Case("broadcast", ["10.90.0.100/24 broadcast 10.90.0.255", "10.91.0.1/24 brd +", "10.92.0.1/24 brd -"]),
        Case("label", ["10.90.0.100/24 dev eth0 label eth0:vip"]),
        Case("peer", ["10.90.0.100 peer 10.93.0.1"]),
        Case("flags", ["10.90.0.100/24 noprefixroute", "10.94.0.1/24 noprefixroute"]),
        Case("no-track", ["10.90.0.100/24 no_track"]),
        Case("ipv6", ["fe80::100/64", "2001:db8:90::100/64", "2001:db8:91::1", "2001:db8:92::1/128 preferred_lft forever"]),
        Case("ipv6-options", ["fe80::100/64 -nodad", "2001:db8:90::100/64 preferred_lft 3600 noprefixroute", "2001:db8:93::1/64 home"]),
        Case("temporary", ["fe80::100/64", "2001:db8:90::100/64 mngtmpaddr preferred_lft forever"]),
        Case("autojoin", ["10.90.0.100/24", "224.1.1.77/32 autojoin"]),
    ];

    [TestCaseSource(nameof(Options)), Scenario("address-options")]
    public void VirtualAddress_Options_LeaveTheKernelAsTheRealOneDoes(string[] addresses)
    {
        var text = addresses[0].Split(' ', '/')[0];
        var link = Link("a", "b");
        var instance = new VrrpInstance { Interval = 0.1, Addresses = addresses };
        link.Partition(cut: true);
        var ours = link.Start(Pairs.Oracle ? Build.Real : Build.Ours, "a", instance);
        var real = link.Start(Build.Real, "b", instance);
        ours.ExpectHolding(text, 4);
        real.ExpectHolding(text, 4);
        // Tentative addresses settle, and the last of the list follows the first.
        Thread.Sleep(100);

        Assert.That(Described(link, "a"), Is.EqualTo(Described(link, "b")));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("excluded")]
    public void Excluded_Addresses_AreHeldButNotAdvertised(Build first, Build second)
    {
        var link = Link("a", "b");
        var instance = new VrrpInstance { Interval = 0.1, Excluded = ["10.90.0.110/24", "10.90.0.111"] };
        Moves(link, first, second, instance, [Lan.Vip, "10.90.0.110", "10.90.0.111"], advertised: 1);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("mixed-family-excluded")]
    public void Excluded_OfTheOtherFamily_MoveWithTheInstance(Build first, Build second)
    {
        var link = Link("a", "b");
        var instance = new VrrpInstance { Interval = 0.1, Excluded = ["2001:db8:90::100/64", "fe80::100/64"] };
        Moves(link, first, second, instance, [Lan.Vip, "2001:db8:90::100", "fe80::100"], advertised: 1);
        link.Wire.Announcement("b", "2001:db8:90::100", TimeSpan.FromSeconds(1));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursOnly)), Scenario("no-addresses")]
    public void NoAddresses_OverIPv6_ElectAndCarryTheExcludedOnes(Build first, Build second)
    {
        var link = Link("a", "b");
        var instance = new VrrpInstance { Interval = 0.2, Addresses = [], Excluded = [Lan.Vip + "/24"], Lines = ["native_ipv6", "no_virtual_ipaddress"] };
        Moves(link, first, second, instance, [Lan.Vip], advertised: 0);
        var advert = link.Wire.Advert("a", TimeSpan.FromSeconds(1)).Advert!;
        Assert.That((advert.Destination.ToString(), advert.Version, advert.Addresses.Count), Is.EqualTo(("ff02::12", 3, 0)));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("many-addresses")]
    public void TwentyAddresses_OneAdvert_MoveTogether(Build first, Build second)
    {
        var link = Link("a", "b");
        string[] addresses = [.. Enumerable.Range(100, 20).Select(number => $"10.90.0.{number}")];
        var instance = new VrrpInstance { Interval = 0.2, Addresses = [.. addresses.Select(address => address + "/24")] };
        Moves(link, first, second, instance, addresses, advertised: 20);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("existing-address")]
    public void Address_AlreadyThere_IsRemovedWhenBackupAndTakenWhenMaster(Build build)
    {
        var link = Link("a");
        link.Ip("a", $"address add {Lan.Vip}/24 dev eth0");
        var instance = new VrrpInstance { Interval = 0.5, Addresses = [$"{Lan.Vip}/24"] };

        var a = link.Start(build, "a", instance);

        a.ExpectNotHolding(Lan.Vip, 2);
        a.ExpectHolding(Lan.Vip, 5);
        Assert.That(a.Stop(), Is.Zero);
        Assert.That(a.Holds(Lan.Vip), Is.False);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("vip-deleted")]
    public void Address_DeletedBySomebodyElse_GivesUpForTheSkewTimeAndComesBack(Build first, Build second)
    {
        var link = Link("a", "b");
        var instance = new VrrpInstance { Interval = 0.4 };
        var better = instance with { Priority = 200 };
        // Ours puts the address back by default; the original knows no such keyword.
        var a = link.Start(first, "a", first == Build.Ours ? better with { Lines = ["drift_repair false"] } : better);
        link.Start(second, "b", instance with { Priority = 100 });
        a.ExpectHolding(Lan.Vip, 5);

        var deleted = WallClock.Now;
        link.Ip("a", $"address delete {Lan.Vip}/24 dev eth0");

        var goodbye = link.Wire.Advert("a", TimeSpan.FromSeconds(2), deleted, advert => advert.Priority == 0);
        var back = link.Wire.Advert("a", TimeSpan.FromSeconds(2), goodbye.Time, advert => advert.Priority == 200);
        Expect.Duration(WallClock.Between(goodbye.Time, back.Time), better.SkewMilliseconds, 400, "priority 0 to mastership");
        a.ExpectHolding(Lan.Vip, 2);
    }

    private static void Moves(Lan link, Build first, Build second, VrrpInstance instance, string[] addresses, int advertised)
    {
        var a = link.Start(first, "a", instance with { Priority = 200 });
        var b = link.Start(second, "b", instance with { Priority = 100 });
        foreach (var address in addresses)
            a.ExpectHolding(address, 5);
        var advert = link.Wire.Advert("a", TimeSpan.FromSeconds(1)).Advert!;
        Assert.That(advert.Addresses.Select(address => address.ToString()), Is.EqualTo(addresses[..advertised]));

        Assert.That(a.Stop(), Is.Zero);

        foreach (var address in addresses)
            b.ExpectHolding(address, 3);
        foreach (var address in addresses)
            Assert.That(a.Holds(address), Is.False, address);
    }

    /// <summary>Every address but the station's own, each as the kernel describes it.</summary>
    private static string Described(Lan link, string station) => string.Join('\n', link.Addresses(station)
        .Where(entry => (string?)entry["local"] is { } local
            && local != Lan.Address(station) && local != Lan.LinkLocal(station) && local != Lan.Global(station))
        .Select(entry => entry.Where(field => !Varies(field)).Select(field => $"{field.Key}={field.Value?.ToJsonString()}"))
        .Select(fields => string.Join(' ', fields))
        .Order());

    /// <summary>A finite lifetime counts down; who set the address is told by newer programs only.</summary>
    private static bool Varies(KeyValuePair<string, JsonNode?> field) =>
        field.Key is "protocol" or "tentative" || (field.Key == "preferred_life_time" && (uint?)field.Value is > 0 and < 4000);

    private static TestCaseData Case(string name, string[] addresses) => new TestCaseData([addresses]).SetArgDisplayNames(name);
}
