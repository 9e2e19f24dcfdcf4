using System.Text.RegularExpressions;
using Keepalived.Interop.Tests.Lab;
using Keepalived.Interop.Tests.Wire;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>The packet filter of masters that do not accept packets, and of virtual MAC interfaces.</summary>
internal sealed partial class AcceptModeTests : ScenarioFixture
{
    private static readonly TestCaseData[] Configurations =
    [
        Case("ipv4", "", new VrrpInstance { Lines = ["no_accept"] }),
        Case("table-priority-counters", "nftables mine\n nftables_priority -20\n nftables_counters", new VrrpInstance { Lines = ["no_accept"] }),
        Case("excluded", "", new VrrpInstance { Lines = ["no_accept"], Excluded = ["10.90.0.110/24"] }),
        Case("ipv6", "", new VrrpInstance { Lines = ["no_accept"], Addresses = ["fe80::100/64", "2001:db8:90::100/64"] }),
        Case(
            "by-name", "",
            new VrrpInstance { Lines = ["no_accept", "dont_track_primary"], Addresses = ["fe80::100/64", "2001:db8:90::100/64"] }),
        Case(
            "by-index-all-the-same", "nftables_ifindex",
            new VrrpInstance { Lines = ["no_accept", "dont_track_primary"], Addresses = ["fe80::100/64", "2001:db8:90::100/64"] }),
        Case("strict", "", new VrrpInstance { Lines = ["strict_mode on"], Addresses = ["10.90.0.100"] }),
        Case("excluded-ipv6", "", new VrrpInstance { Lines = ["no_accept"], Excluded = ["2001:db8:90::9/64"] }),
        Case("excluded-link-local", "", new VrrpInstance { Lines = ["no_accept"], Excluded = ["fe80::9/64"] }),
        Case("vmac", "", new VrrpInstance { Lines = ["use_vmac"] }),
        Case("vmac-counters", "nftables_counters", new VrrpInstance { Lines = ["use_vmac"] }),
        Case("vmac-no-igmp", "disable_local_igmp", new VrrpInstance { Lines = ["use_vmac"] }),
        Case("vmac-no-igmp-no-accept", "disable_local_igmp", new VrrpInstance { Lines = ["use_vmac", "no_accept"] }),
        Case("vmac-xmit-base", "", new VrrpInstance { Lines = ["use_vmac", "vmac_xmit_base"] }),
        Case("vmac-no-accept", "", new VrrpInstance { Lines = ["use_vmac", "no_accept"] }),
        Case("vmac-excluded-ipv6", "", new VrrpInstance { Lines = ["use_vmac"], Excluded = ["2001:db8:90::9/64"] }),
        Case("vmac-for-addresses", "", new VrrpInstance { Lines = ["use_vmac", "use_vmac_addr"], Excluded = ["2001:db8:90::9/64"] }),
        Case("vmac-ipv6", "", new VrrpInstance { Lines = ["use_vmac"], Addresses = ["fe80::100/64", "2001:db8:90::100/64"] }),
        Case(
            "vmac-ipv6-no-igmp", "disable_local_igmp",
            new VrrpInstance { Lines = ["use_vmac"], Addresses = ["fe80::100/64", "2001:db8:90::100/64"] }),
        Case(
            "vmac-ipv6-no-accept", "",
            new VrrpInstance { Lines = ["use_vmac", "no_accept"], Addresses = ["fe80::100/64", "2001:db8:90::100/64"] }),
        Case(
            "vmac-ipv6-by-name", "",
            new VrrpInstance { Lines = ["use_vmac", "no_accept", "dont_track_primary"], Addresses = ["fe80::100/64", "2001:db8:90::100/64"] }),
        Case("iptables-without-iptables", "vrrp_iptables", new VrrpInstance { Lines = ["no_accept"] }),
        Case("ipsets-without-iptables", "vrrp_iptables\n vrrp_ipsets", new VrrpInstance { Lines = ["no_accept"] }),
        Case("accept", "", new VrrpInstance { Lines = ["accept"] }),
        Case("owner", "", new VrrpInstance { Lines = ["no_accept"], Priority = 255 }),
    ];

    [SetUp]
    public void RequireNft() => Requirement.Tool("nft");

    [TestCaseSource(nameof(Configurations)), Scenario("no-accept-rules")]
    public void Ruleset_OfAMaster_IsTheRealOnes(string global, VrrpInstance instance)
    {
        var link = Link("a", "b");
        var block = $"global_defs {{\n {global}\n}}";
        link.Partition(cut: true);
        var ours = link.Start(Pairs.Oracle ? Build.Real : Build.Ours, "a", block, instance with { Interval = 0.1 });
        var real = link.Start(Build.Real, "b", block, instance with { Interval = 0.1 });
        var vip = instance.Addresses[0].Split('/')[0];
        var device = instance.Lines.Contains("use_vmac") ? "vrrp.51" : Lan.Interface;
        foreach (var station in (string[])["a", "b"])
            Expect.Within(TimeSpan.FromSeconds(30), () => link.Holds(station, vip, device), $"{station} holds {vip}");
        Assert.That(IgmpSetting(link, "a"), Is.EqualTo(IgmpSetting(link, "b")));

        Expect.Within(TimeSpan.FromSeconds(5), () => Ruleset(link, "a") == Ruleset(link, "b"), "both list the same rules");
        Assert.That(Ruleset(link, "a"), Is.EqualTo(Ruleset(link, "b")));
        Assert.That(ours.Stop(), Is.Zero);
        Assert.That(Ruleset(link, "a"), Is.Empty);
        Assert.That(IgmpSetting(link, "a"), Is.EqualTo("1"));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("vmac-reports")]
    public void Wire_HasNoGroupReportOfAVirtualMac(Build build)
    {
        var link = Link("a");
        var ipv4 = new VrrpInstance { Interval = 0.1, Lines = ["use_vmac"] };
        var ipv6 = ipv4 with { Name = "VI_6", VirtualRouterId = 52, Addresses = ["fe80::100/64", "2001:db8:90::100/64"] };
        var router = link.Start(build, "a", ipv4, ipv6);
        foreach (var (vip, device) in ((string, string)[])[(Lan.Vip, "vrrp.51"), ("2001:db8:90::100", "vrrp.52")])
            Expect.Within(TimeSpan.FromSeconds(30), () => link.Holds("a", vip, device), $"a holds {vip}");
        foreach (var isReport in (Func<Frame, bool>[])[IsIgmp, IsListenerReport])
            Expect.Within(TimeSpan.FromSeconds(10), () => link.Wire.Frames.Any(frame => isReport(frame) && !IsVirtual(frame)), "the base reports the groups");
        Assert.That(router.Stop(), Is.Zero);
        Thread.Sleep(200);
        Assert.That(link.Wire.Frames.Where(static frame => (IsIgmp(frame) || IsListenerReport(frame)) && IsVirtual(frame)), Is.Empty);
    }

    [Test, Scenario("no-accept-killed")]
    public void Table_OfAKilledRun_IsRemovedAtTheNextStart()
    {
        var link = Link("a");
        var instance = new VrrpInstance { Interval = 0.1, Lines = ["no_accept"] };
        var router = link.Start(Build.Ours, "a", instance);
        router.ExpectHolding(Lan.Vip, 30);
        Assert.That(Ruleset(link, "a"), Does.Contain("ip daddr @vips drop"));
        router.Crash();
        Assert.That(Ruleset(link, "a"), Does.Contain("ip daddr @vips drop"), "nothing lets packets in while nobody runs");

        router.Configure(instance with { Lines = [] });
        router.Start();
        Expect.Within(TimeSpan.FromSeconds(30), () => Ruleset(link, "a").Length == 0, "the rules are gone");
        router.ExpectHolding(Lan.Vip, 30);
    }

    /// <summary>Whether the source is the MAC address of a virtual router (RFC 9568 section 7.3).</summary>
    private static bool IsVirtual(Frame frame) => frame.Bytes.AsSpan(6).StartsWith((ReadOnlySpan<byte>)[0, 0, 0x5e, 0]);

    private static bool IsIgmp(Frame frame) => frame.Bytes.Length > 33 && frame.Bytes is [_, _, _, _, _, _, _, _, _, _, _, _, 8, 0, ..] && frame.Bytes[23] == 2;

    /// <summary>ICMPv6 143 or 131, always behind a hop-by-hop option (RFC 3810 section 5).</summary>
    private static bool IsListenerReport(Frame frame) => frame.Bytes.Length > 62 && frame.Bytes is [_, _, _, _, _, _, _, _, _, _, _, _, 0x86, 0xdd, ..]
        && frame.Bytes[20] == 0 && frame.Bytes[62] is 143 or 131;

    private static string IgmpSetting(Lan link, string station) => Namespaces.Run(
        link.Namespace(station), static () => File.ReadAllText("/proc/sys/net/ipv4/igmp_link_local_mcast_reports").Trim());

    /// <summary>What nft lists, without what counts, and the elements of each set in one order on one line.</summary>
    private static string Ruleset(Lan link, string station)
    {
        var text = Namespaces.Run(link.Namespace(station), () => Command.Run(Requirement.FindTool("nft")!, ["list", "ruleset"]));
        text = Counter().Replace(text, "counter");
        // The real one here knows MLDv2 only; later ones have both.
        text = ListenerReports().Replace(text, "").Replace("@mld-report", "mld2-listener-report", StringComparison.Ordinal);
        return Elements().Replace(text, static match =>
            $"elements = {{ {string.Join(", ", match.Groups[1].Value.Split(',').Select(static element => element.Trim()).Order(StringComparer.Ordinal))} }}");
    }

    private static TestCaseData Case(string name, string global, VrrpInstance instance) => new TestCaseData(global, instance).SetArgDisplayNames(name);

    [GeneratedRegex("counter packets [0-9]+ bytes [0-9]+")]
    private static partial Regex Counter();

    [GeneratedRegex("\tset mld-report \\{[^}]*\\}\\s*\\}\n\n")]
    private static partial Regex ListenerReports();

    [GeneratedRegex("elements = \\{([^}]*)\\}")]
    private static partial Regex Elements();
}
