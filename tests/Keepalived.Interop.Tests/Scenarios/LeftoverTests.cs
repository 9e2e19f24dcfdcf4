using Keepalived.Interop.Tests.Lab;
using Keepalived.Interop.Tests.Lab.Interop;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>What a killed run leaves in the kernel is adopted or removed by the next one, whatever that one wants.</summary>
internal sealed class LeftoverTests : ScenarioFixture
{
    private static readonly VrrpInstance Owner = new() { Priority = 255, State = "MASTER" };

    private static readonly object[] Everything =
    [
        "global_defs {\n disable_local_igmp\n}",
        "static_ipaddress {\n 10.90.5.1/24 dev eth0\n}",
        "static_routes {\n 10.77.0.0/16 via 10.90.0.66 dev eth0\n}",
        "static_rules {\n from 10.77.0.0/16 table 77 priority 5077\n}",
        Owner with
        {
            Lines =
            [
                "use_vmac", "virtual_routes {\n 10.78.0.0/16 via 10.90.0.66 dev eth0 metric 7\n 2001:db8:78::/48 dev eth0\n}",
                "virtual_rules {\n from 10.78.0.0/16 table 78 priority 5078\n}",
            ],
        },
        Owner with { Name = "VI_6", VirtualRouterId = 52, Addresses = ["fe80::100/64", "2001:db8:90::100/64"], Lines = ["use_vmac", "no_accept"], Priority = 200, State = "BACKUP" },
        Owner with { Name = "VI_P", VirtualRouterId = 53, Addresses = ["10.90.0.110/24"], Lines = ["promote_secondaries"] },
    ];

    [Test, Scenario("killed-other-configuration")]
    public void Killed_TheNextRunWithAnotherConfiguration_LeavesNothingOfIt()
    {
        var link = Link("a");
        var before = State(link);
        var a = link.Start(Build.Ours, "a", Everything);
        ExpectEverything(link);
        a.Crash();
        Assert.That(State(link), Is.Not.EqualTo(before), "a killed run leaves everything");

        a.Configure(Owner with { Name = "VI_Q", VirtualRouterId = 99, Addresses = ["10.90.0.119/24"] });
        a.Start();
        a.ExpectHolding("10.90.0.119", 15);
        Expect.Within(TimeSpan.FromSeconds(10), () => !State(link).Contains("10.90.0.110", StringComparison.Ordinal), "leftovers are removed");
        Assert.That(a.Stop(), Is.Zero);
        Assert.That(State(link), Is.EqualTo(before));
        Assert.That(Directory.EnumerateFiles(link.Folder, "*.journal"), Is.Empty);
    }

    [Test, Scenario("child-killed-everything")]
    public void ChildKilled_ItsSuccessorHasTheSame_AndLeavesNothing()
    {
        var link = Link("a");
        var before = State(link);
        var a = link.Start(Build.Ours, "a", Everything);
        ExpectEverything(link);
        var (during, child) = (State(link), a.VrrpPid!.Value);

        _ = Libc.SendSignal(child, Libc.Kill);
        var since = WallClock.Now;
        Expect.Within(TimeSpan.FromSeconds(10), () => a.VrrpPid is { } pid && pid != child, "another child");
        link.Wire.Advert("a", TimeSpan.FromSeconds(10), since);
        Expect.Within(TimeSpan.FromSeconds(10), () => State(link) == during, "all is as it was");
        Assert.That(a.Stop(), Is.Zero);
        Assert.That(State(link), Is.EqualTo(before));
    }

    [Test, Scenario("reload-journal")]
    public void ReloadedThenKilled_WhatTheReloadBroughtGoesToo_AndWhatOthersSetStays()
    {
        var link = Link("a");
        var before = State(link);
        var a = link.Start(Build.Ours, "a", Owner);
        a.ExpectHolding(Lan.Vip, 15);
        a.Reload(Owner with { Addresses = ["10.90.0.120/24", "10.90.0.121/24"] });
        a.ExpectHolding("10.90.0.121", 10);
        a.ExpectNotHolding(Lan.Vip, 10);
        // By its device and prefix it was ours once; now it is an administrator's.
        link.Ip("a", $"address add {Lan.Vip}/24 dev eth0", "route add 10.79.0.0/16 via 10.90.0.66 proto 18");
        a.Crash();
        a.Configure("static_rules {\n from 10.80.0.0/16 table 80 priority 5080\n}");
        a.Start();
        Expect.Within(TimeSpan.FromSeconds(15), () => !a.Holds("10.90.0.120") && !a.Holds("10.90.0.121"), "leftovers are removed");
        Assert.That(a.Holds(Lan.Vip), Is.True);
        Assert.That(a.Stop(), Is.Zero);
        link.Ip("a", $"address delete {Lan.Vip}/24 dev eth0", "route delete 10.79.0.0/16");
        Assert.That(State(link), Is.EqualTo(before));
    }

    private static void ExpectEverything(Lan link) => Expect.Within(
        TimeSpan.FromSeconds(20),
        () => State(link) is var state && ((string[])["10.90.0.100/24", "2001:db8:90::100", "10.90.0.110", "10.90.5.1", "10.77.0.0/16", "10.78.0.0/16", "5077", "5078", "2001:db8:78::/48"])
            .All(text => state.Contains(text, StringComparison.Ordinal)),
        "everything is set");

    /// <summary>All of the kernel's state that a daemon touches.</summary>
    private static string State(Lan link)
    {
        string[] settings = ["igmp_link_local_mcast_reports", "conf/eth0/promote_secondaries", "conf/eth0/arp_ignore", "conf/eth0/arp_filter", "conf/all/rp_filter"];
        var values = Namespaces.Run(
            link.Namespace("a"), () => settings.Select(static name => $"{name}={File.ReadAllText("/proc/sys/net/ipv4/" + name).Trim()}").ToArray());
        return string.Join('\n',
        [
            Ip("-br", "address"), Ip("-4", "route", "show", "table", "all", "proto", "18"), Ip("-6", "route", "show", "table", "all", "proto", "18"),
            Ip("-4", "rule"), Ip("-6", "rule"), .. values,
            Requirement.FindTool("nft") is { } nft ? Namespaces.Run(link.Namespace("a"), () => Command.Run(nft, ["list", "ruleset"])) : "",
        ]);

        string Ip(params string[] arguments) => Command.Try("ip", ["-n", link.Namespace("a"), .. arguments]).Output;
    }
}
