using System.Text.RegularExpressions;
using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>Routes, rules and addresses: what a configuration leaves in the kernel is what the real one leaves there.</summary>
internal sealed partial class KernelObjectTests : ScenarioFixture
{
    private static readonly TestCaseData[] Virtual =
    [
        Case("routes", "10.91.0.0/24 via 10.90.0.7", "10.92.0.0/24 dev eth0 scope link", "10.93.0.0/24 via 10.90.0.8 dev eth0 metric 7 src 10.90.0.100"),
        Case("tables", "default via 10.90.0.7 table 100", "10.91.0.0/24 via 10.90.0.7 table 5000", "10.92.0.0/24 dev eth0 table 100 proto static no_track"),
        Case("types", "blackhole 10.91.0.0/24", "unreachable 10.92.0.0/24 metric 9", "prohibit 10.93.0.0/24", "throw 10.94.0.0/24 table 100"),
        Case("metrics", "10.91.0.0/24 via 10.90.0.7 mtu 1400 advmss 1300 window 9000 initcwnd 12 initrwnd 13", "10.92.0.0/24 via 10.90.0.7 mtu lock 1300 hoplimit 33 quickack 1"),
        Case("round-trip", "10.91.0.0/24 via 10.90.0.7 rtt 300ms rttvar 250ms rto_min 1s reordering 5 ssthresh 100 cwnd lock 20 congctl reno features ecn"),
        Case("tos-and-onlink", "10.91.0.0/24 via 10.99.0.7 dev eth0 onlink", "10.92.0.0/24 via 10.90.0.7 tos 0x10"),
        Case("nexthops", "10.91.0.0/24 nexthop via 10.90.0.7 dev eth0 weight 3 nexthop via 10.90.0.8 dev eth0 weight 9"),
        Case("ipv6", "2001:db8:91::/64 via 2001:db8:90::7", "2001:db8:92::/64 dev eth0 metric 50", "2001:db8:93::/64 via 2001:db8:90::7 pref high",
            "2001:db8:94::/64 from 2001:db8:90::/64 via 2001:db8:90::7"),
        Case("encapsulation", "10.91.0.0/24 encap ip id 7 dst 10.90.0.9 ttl 3 tos 4 dev eth0", "10.92.0.0/24 encap ip id 8 src 10.90.0.1 dev eth0",
            "2001:db8:91::/64 encap ip6 id 7 dst 2001:db8:90::9 hoplimit 9 tc 4 dev eth0"),
        Case("realms", "10.91.0.0/24 via 10.90.0.7 realms 3/4", "10.92.0.0/24 via 10.90.0.7 realms 5"),
        Case("labels-and-cookies", "10.91.0.0/24 via 10.90.0.7 ttl-propagate enabled", "10.92.0.0/24 via 10.90.0.7 fastopen_no_cookie 1"),
        Case("order", "add 10.91.0.0/24 via 10.90.0.7", "append 10.91.0.0/24 via 10.90.0.8", "prepend 10.91.0.0/24 via 10.90.0.9"),
        Case("expiring", "2001:db8:91::/64 via 2001:db8:90::7 expires 300", "default6 via 2001:db8:90::7"),
    ];

    private static readonly TestCaseData[] Rules =
    [
        Case("from-to", "from 10.91.0.0/24 table 100 preference 500", "to 10.92.0.0/24 table 101 preference 501",
            "from 10.93.0.0/24 to 10.94.0.0/24 lookup main priority 502"),
        Case("selectors", "fwmark 7/0xff table 100 preference 510", "iif eth0 table 100 preference 511",
            "oif eth0 table 100 preference 512", "tos 0x10 table 100 preference 513", "not from 10.91.0.0/24 table 100 preference 514"),
        Case("actions", "from 10.91.0.0/24 blackhole preference 520", "from 10.92.0.0/24 unreachable preference 521",
            "from 10.93.0.0/24 prohibit preference 522", "from 10.94.0.0/24 goto 600 preference 523", "from all nop preference 600"),
        Case("suppress", "from all table main suppress_prefixlength 0 preference 530", "from all table main suppress_ifgroup 7 preference 531"),
        Case("ports", "ipproto tcp sport 100-200 table 100 preference 540", "ipproto udp dport 5-6 table 100 preference 541", "uidrange 5-9 table 100 preference 542"),
        Case("l3mdev", "l3mdev preference 560"),
        Case("tunnel-and-realms", "tunnel-id 7 table 100 preference 561", "from 10.91.0.0/24 realms 3/4 table 100 preference 562"),
        Case("ipv6", "from 2001:db8:91::/64 table 100 preference 550", "iif eth0 to 2001:db8:92::/64 table 100 preference 551"),
        Case("no-preference", "from 10.91.0.0/24 table 100", "from 10.92.0.0/24 table 100", "from 2001:db8:91::/64 table 100"),
    ];

    [TestCaseSource(nameof(Virtual)), Scenario("virtual-routes")]
    public void VirtualRoutes_AreTheRealOnes(string[] lines) => Compare($"virtual_routes {{\n        {string.Join("\n        ", lines)}\n    }}", "");

    [TestCaseSource(nameof(Rules)), Scenario("virtual-rules")]
    public void VirtualRules_AreTheRealOnes(string[] lines) => Compare($"virtual_rules {{\n        {string.Join("\n        ", lines)}\n    }}", "");

    [TestCaseSource(nameof(Virtual)), Scenario("static-routes")]
    public void StaticRoutes_AreTheRealOnes(string[] lines) => Compare(
        "", $"static_ipaddress {{\n    10.90.0.100/24 dev eth0\n}}\nstatic_routes {{\n    {string.Join("\n    ", lines)}\n}}");

    [TestCaseSource(nameof(Rules)), Scenario("static-rules")]
    public void StaticRules_AreTheRealOnes(string[] lines) => Compare("", $"static_rules {{\n    {string.Join("\n    ", lines)}\n}}");

    [Test, Scenario("static-addresses")]
    public void StaticAddresses_AreTheRealOnes() => Compare("",
        """
        global_defs {
            default_interface eth0
        }
        static_ipaddress {
            10.91.0.1/24 dev eth0
            10.92.0.1/28 brd + scope link label eth0:x
            10.93.0.1 peer 10.93.0.2
            2001:db8:91::1/64 dev eth0
            2001:db8:92::1
        }
        """);

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursOnly)), Scenario("name-tables")]
    public void Names_OfTables_AreThoseOfTheDirectories_TheLocalOnesLast(Build build, Build other)
    {
        var link = Link("a");
        var (usr, etc) = (Path.Combine(link.Folder, "usr"), Path.Combine(link.Folder, "etc"));
        Directory.CreateDirectory(usr);
        Directory.CreateDirectory(Path.Combine(etc, "rt_tables.d"));
        File.WriteAllText(Path.Combine(usr, "rt_tables"), "1001 shipped\n1002 changed\n");
        File.WriteAllText(Path.Combine(etc, "rt_tables.d", "more.conf"), "1003 changed\n1004 more\n");
        var a = link.Start(
            build, "a", $"global_defs {{\n iproute_usr_dir {usr}\n iproute_etc_dir {etc}\n}}",
            new VrrpInstance
            {
                Priority = 255,
                State = "MASTER",
                Lines = ["virtual_routes {", "10.91.1.0/24 dev eth0 table shipped", "10.91.3.0/24 dev eth0 table changed", "10.91.4.0/24 dev eth0 table more", "}"],
            });
        a.ExpectHolding(Lan.Vip, 8);
        foreach (var number in (int[])[1, 3, 4])
        {
            Expect.Within(
                TimeSpan.FromSeconds(4),
                () => Command.Try("ip", ["-n", link.Namespace("a"), "route", "show", "table", $"100{number}"]).Output.StartsWith($"10.91.{number}.0/24 ", StringComparison.Ordinal),
                $"a route in table 100{number}");
        }
    }

    /// <summary>Both are masters of the address that the routes need; then both end.</summary>
    private void Compare(string lines, string blocks)
    {
        var link = Link("a", "b");
        link.Partition(cut: true);
        var before = Objects(link, "a");
        var instance = new VrrpInstance
        {
            Interval = 0.1,
            Priority = 255,
            State = "MASTER",
            Addresses = ["10.90.0.111/24"],
            Excluded = ["10.90.0.100/24"],
            Lines = [lines],
        };
        if (blocks.Contains("10.90.0.100", StringComparison.Ordinal))
            instance = instance with { Excluded = [] };
        var ours = link.Start(Pairs.Oracle ? Build.Real : Build.Ours, "a", blocks, instance);
        var real = link.Start(Build.Real, "b", blocks, instance);
        ours.ExpectHolding("10.90.0.111", 10);
        real.ExpectHolding("10.90.0.111", 10);

        Expect.Within(TimeSpan.FromSeconds(5), () => Objects(link, "a") == Objects(link, "b"),
            $"the same objects; ours:\n{Objects(link, "a")}\nthe real one's:\n{Objects(link, "b")}\n");
        Assert.That(Objects(link, "a"), Is.Not.EqualTo(before));
        Assert.That(ours.Stop(), Is.Zero);
        Assert.That(Objects(link, "a"), Is.EqualTo(before), "nothing is left");
    }

    /// <summary>All routes, rules and addresses that are not the station's own.</summary>
    private static string Objects(Lan link, string station)
    {
        string[] commands = ["-4 -d route show table all", "-6 -d route show table all", "-4 rule show", "-6 rule show", "-o address show"];
        var lines = commands.SelectMany(command => Command.Run("ip", ["-n", link.Namespace(station), .. command.Split(' ')]).Split('\n'))
            // What the kernel makes of the station's addresses, and when a route was used.
            .Where(line => line.Length > 0 && !line.Contains(" proto kernel ", StringComparison.Ordinal)
                && !line.Contains(Lan.LinkLocal(station) + "/", StringComparison.Ordinal)
                && !line.Contains(Lan.Address(station) + "/", StringComparison.Ordinal) && !line.Contains(Lan.Global(station) + "/", StringComparison.Ordinal)
                && !line.Contains("127.0.0.1", StringComparison.Ordinal) && !line.Contains("::1/128", StringComparison.Ordinal))
            .Select(static line => Varying().Replace(line, "").TrimEnd())
            .Order(StringComparer.Ordinal);
        return string.Join('\n', lines);
    }

    private static TestCaseData Case(string name, params string[] lines) => new TestCaseData([lines]).SetArgDisplayNames(name);

    [GeneratedRegex("(valid_lft|preferred_lft) [^ ]+| expires [^ ]+| proto (keepalived|18)| tentative|^[0-9]+: (?=[a-z])")]
    private static partial Regex Varying();
}
