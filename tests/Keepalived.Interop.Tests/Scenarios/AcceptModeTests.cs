using System.Text.RegularExpressions;
using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>The packet filter of masters that do not accept packets.</summary>
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
        ours.ExpectHolding(vip, 30);
        real.ExpectHolding(vip, 30);

        Expect.Within(TimeSpan.FromSeconds(5), () => Ruleset(link, "a") == Ruleset(link, "b"), "both list the same rules");
        Assert.That(Ruleset(link, "a"), Is.EqualTo(Ruleset(link, "b")));
        Assert.That(ours.Stop(), Is.Zero);
        Assert.That(Ruleset(link, "a"), Is.Empty);
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

    /// <summary>What nft lists, without what counts, and the elements of each set in one order on one line.</summary>
    private static string Ruleset(Lan link, string station)
    {
        var text = Namespaces.Run(link.Namespace(station), () => Command.Run(Requirement.FindTool("nft")!, ["list", "ruleset"]));
        text = Counter().Replace(text, "counter");
        return Elements().Replace(text, static match =>
            $"elements = {{ {string.Join(", ", match.Groups[1].Value.Split(',').Select(static element => element.Trim()).Order(StringComparer.Ordinal))} }}");
    }

    private static TestCaseData Case(string name, string global, VrrpInstance instance) => new TestCaseData(global, instance).SetArgDisplayNames(name);

    [GeneratedRegex("counter packets [0-9]+ bytes [0-9]+")]
    private static partial Regex Counter();

    [GeneratedRegex("elements = \\{([^}]*)\\}")]
    private static partial Regex Elements();
}
