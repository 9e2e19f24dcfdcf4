using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>SIGHUP: what changed changes, and what did not change does not notice.</summary>
internal sealed class ReloadTests : ScenarioFixture
{
    private const string CheckFirst = "global_defs {\n    reload_check_config\n}";
    private static readonly VrrpInstance Instance = new() { Interval = 0.2, Priority = 200 };

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("reload-unchanged")]
    public void Reload_NothingChanged_MasterMissesNoAdvert(Build first, Build second)
    {
        var link = Link("a", "b");
        var a = link.Start(first, "a", Instance);
        a.ExpectHolding(Lan.Vip, 5);
        var b = link.Start(second, "b", Instance with { Priority = 100 });
        b.ExpectLog("Entering BACKUP STATE", 8);
        var since = WallClock.Now;

        for (var i = 0; i < 3; i++)
        {
            a.Reload(Instance);
            Thread.Sleep(700);
        }

        Assert.That(LongestGap(link, since).TotalMilliseconds, Is.LessThan(200 + 150), "longest gap between adverts (ms)");
        Assert.That(a.Holds(Lan.Vip), Is.True);
        Assert.That(b.Holds(Lan.Vip), Is.False);
        Assert.That(link.Wire.Adverts("b"), Is.Empty);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("reload-adds-removes-address")]
    public void Reload_AddressAddedAndRemoved_OnlyThatChanges(Build first, Build second)
    {
        var link = Link("a", "b");
        var wider = Instance with { Addresses = [Lan.Vip + "/24", "10.90.0.101/24"], Excluded = ["10.90.1.1/32"] };
        var a = link.Start(first, "a", Instance);
        var b = link.Start(second, "b", Instance with { Priority = 100 });
        a.ExpectHolding(Lan.Vip, 5);

        var reloaded = WallClock.Now;
        b.Reload(wider with { Priority = 100 });
        a.Reload(wider);

        a.ExpectHolding("10.90.0.101", 3);
        a.ExpectHolding("10.90.1.1", 1);
        link.Wire.Announcement("a", "10.90.0.101", TimeSpan.FromSeconds(2), reloaded);
        link.Wire.Advert("a", TimeSpan.FromSeconds(2), reloaded, advert => advert.Addresses.Count == 2);

        a.Reload(Instance);
        b.Reload(Instance with { Priority = 100 });

        a.ExpectNotHolding("10.90.0.101", 3);
        a.ExpectNotHolding("10.90.1.1", 1);
        Assert.That(a.Holds(Lan.Vip), Is.True);
        Assert.That(b.Holds(Lan.Vip), Is.False);
        Assert.That(link.Wire.Adverts("a").All(frame => frame.Advert!.Priority == 200), Is.True, "never gave up");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("reload-adds-removes-instance")]
    public void Reload_InstanceAddedAndRemoved_TheOtherDoesNotNotice(Build first, Build second)
    {
        var link = Link("a", "b");
        var other = Instance with { Name = "VI_2", VirtualRouterId = 52, Addresses = ["10.90.0.200/24"] };
        var a = link.Start(first, "a", Instance);
        var b = link.Start(second, "b", Instance with { Priority = 100 }, other with { Priority = 100 });
        a.ExpectHolding(Lan.Vip, 5);
        b.ExpectHolding("10.90.0.200", 5);
        var since = WallClock.Now;

        a.Reload(Instance, other);

        a.ExpectHolding("10.90.0.200", 4);
        b.ExpectNotHolding("10.90.0.200", 2);

        a.Reload(Instance);

        a.ExpectNotHolding("10.90.0.200", 3);
        link.Wire.Advert("a", TimeSpan.FromSeconds(1), since, advert => advert is { VirtualRouterId: 52, Priority: 0 });
        b.ExpectHolding("10.90.0.200", 3);
        Assert.That(LongestGap(link, since).TotalMilliseconds, Is.LessThan(200 + 150), "longest gap of the untouched instance (ms)");
        Assert.That(a.Holds(Lan.Vip), Is.True);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("reload-bad-config")]
    public void Reload_CheckedBadConfiguration_TheRunningOneStays(Build build)
    {
        var link = Link("a");
        var a = link.Start(build, "a", CheckFirst, Instance);
        a.ExpectHolding(Lan.Vip, 5);

        a.Reload(CheckFirst, Instance with { VirtualRouterId = 0 }, "vrrp_instance {{{ nonsense");

        Expect.Throughout(TimeSpan.FromSeconds(1.5), () => a.IsRunning && a.Holds(Lan.Vip), $"{a} runs as before");
        link.Wire.Advert("a", TimeSpan.FromSeconds(1), WallClock.Now, advert => advert is { VirtualRouterId: 51, Priority: 200 });

        a.Reload(CheckFirst, Instance with { Addresses = [Lan.Vip + "/24", "10.90.0.101/24"] });
        a.ExpectHolding("10.90.0.101", 3);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursFirst)), Scenario("reload-bad-config")]
    public void Reload_UncheckedBadConfiguration_TheRunningOneStays(Build first, Build second)
    {
        var link = Link("a", "b");
        var a = link.Start(first, "a", Instance);
        var b = link.Start(second, "b", Instance with { Priority = 100 });
        a.ExpectHolding(Lan.Vip, 5);

        a.Reload(Instance with { VirtualRouterId = 999 });

        Expect.Throughout(TimeSpan.FromSeconds(1.5), () => a.IsRunning && a.Holds(Lan.Vip), $"{a} runs as before");
        Assert.That(b.Holds(Lan.Vip), Is.False);
        Assert.That(string.Join('\n', a.Log), Does.Contain("a.conf").And.Contain("virtual_router_id"), "says what and where");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("reload-priority")]
    public void Reload_PriorityLowered_TheOtherTakesOver(Build first, Build second)
    {
        var link = Link("a", "b");
        var a = link.Start(first, "a", Instance);
        var b = link.Start(second, "b", Instance with { Priority = 100 });
        a.ExpectHolding(Lan.Vip, 5);

        a.Reload(Instance with { Priority = 50 });

        b.ExpectHolding(Lan.Vip, 4);
        a.ExpectNotHolding(Lan.Vip, 2);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursOnly)), Scenario("reload-swap")]
    public void Reload_TwoInstancesSwapAddressesThenIds_NeitherIsEverAway(Build first, Build second)
    {
        const string otherVip = "10.90.0.200";
        var link = Link("a");
        var other = Instance with { Name = "VI_2", VirtualRouterId = 52, Addresses = [otherVip + "/24"] };
        var a = link.Start(first, "a", Instance, other);
        a.ExpectHolding(Lan.Vip, 10);
        a.ExpectHolding(otherVip, 10);
        using var monitor = new AddressMonitor(link.Namespace("a"));
        var since = WallClock.Now;

        // The addresses change hands; then the instances change their ids, and their names with them.
        a.Reload(Instance with { Addresses = other.Addresses }, other with { Addresses = Instance.Addresses });
        link.Wire.Advert("a", TimeSpan.FromSeconds(10), since,
            advert => advert.VirtualRouterId == 51 && advert.Addresses.Single().ToString() == otherVip);
        a.Reload(Instance with { VirtualRouterId = 52 }, other with { VirtualRouterId = 51 });
        link.Wire.Advert("a", TimeSpan.FromSeconds(10), since,
            advert => advert.VirtualRouterId == 52 && advert.Addresses.Single().ToString() == Lan.Vip);
        Thread.Sleep(700);

        Assert.That(monitor.Lines.Where(static line => line.Contains("Deleted", StringComparison.Ordinal)), Is.Empty);
        Assert.That((a.Holds(Lan.Vip), a.Holds(otherVip)), Is.EqualTo((true, true)));
        Assert.That(link.Wire.Adverts("a", since).All(frame => frame.Advert!.Priority == 200), Is.True, "nobody gave up");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursOnly)), Scenario("reload-moves-address")]
    public void Reload_AddressMovesFromAnInstanceThatEnds_IsNeverAway(Build first, Build second)
    {
        const string otherVip = "10.90.0.200";
        var link = Link("a");
        var other = Instance with { Name = "VI_2", VirtualRouterId = 52, Addresses = [otherVip + "/24"] };
        var a = link.Start(first, "a", Instance, other);
        a.ExpectHolding(Lan.Vip, 10);
        a.ExpectHolding(otherVip, 10);
        using var monitor = new AddressMonitor(link.Namespace("a"));
        var since = WallClock.Now;

        a.Reload(Instance with { Addresses = [Lan.Vip + "/24", otherVip + "/24"] });

        link.Wire.Advert("a", TimeSpan.FromSeconds(10), since, advert => advert is { VirtualRouterId: 51, Addresses.Count: 2 });
        link.Wire.Advert("a", TimeSpan.FromSeconds(10), since, advert => advert is { VirtualRouterId: 52, Priority: 0 });
        Thread.Sleep(500);
        Assert.That(monitor.Lines.Where(static line => line.Contains("Deleted", StringComparison.Ordinal)), Is.Empty);
        Assert.That((a.Holds(Lan.Vip), a.Holds(otherVip)), Is.EqualTo((true, true)));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("reload-file")]
    public void Reload_File_IsThereWhileTheConfigurationIsRead(Build build)
    {
        var link = Link("a");
        var path = Path.Combine(link.Folder, "reading");
        var global = $"global_defs {{\n    reload_file {path}\n}}";
        var a = link.Start(build, "a", global, Instance);
        a.ExpectHolding(Lan.Vip, 10);
        var created = 0;
        using var watcher = new FileSystemWatcher(link.Folder, "reading");
        watcher.Created += (_, _) => Interlocked.Increment(ref created);
        watcher.EnableRaisingEvents = true;

        a.Reload(global, Instance);

        Expect.Within(TimeSpan.FromSeconds(10), () => Volatile.Read(ref created) > 0 && !File.Exists(path), "the file was there");
    }

    /// <summary>The longest time between two adverts of VRID 51 from station a.</summary>
    private static TimeSpan LongestGap(Lan link, long since)
    {
        var adverts = link.Wire.Adverts("a", since).Where(frame => frame.Advert!.VirtualRouterId == 51);
        long[] times = [since, .. adverts.Select(frame => frame.Time)];
        return times.Zip(times.Skip(1)).Max(pair => WallClock.Between(pair.First, pair.Second));
    }
}
