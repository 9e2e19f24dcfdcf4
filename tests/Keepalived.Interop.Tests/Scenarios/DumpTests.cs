using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>What signals make the daemon write down: in the places and in the words of the real one.</summary>
internal sealed partial class DumpTests : ScenarioFixture
{
    private const int User1 = 10;
    private const int User2 = 12;
    private const int Json = 36;
    private const int StatisticsClear = 63;

    private static readonly VrrpInstance First = new()
    {
        Priority = 150,
        Addresses = [Lan.Vip + "/24", "10.90.0.101/32 scope link label eth0:1"],
        Excluded = ["2001:db8:90::100/64"],
        Lines = ["notify_master \"/bin/true m 'x y'\"", "notify_deleted", "garp_master_refresh 60", "track_script {\n chk\n}"],
    };

    private static readonly VrrpInstance Second = new()
    {
        Name = "VI_2",
        VirtualRouterId = 52,
        Version = 2,
        Interval = 1,
        Addresses = ["10.90.0.102/24"],
        Lines = ["authentication {\n auth_type PASS\n auth_pass secret\n}", "nopreempt", "smtp_alert", "dont_track_primary"],
    };

    private const string Script = "vrrp_script chk {\n    script \"/bin/true a\"\n    interval 1\n    weight 10\n}";

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("dump-json")]
    public void Json_OfTwoInstances_IsTheRealOnes(Build build)
    {
        var expected = JsonOf(Build.Real);
        var json = build == Build.Real ? expected : JsonOf(build);

        Assert.That(json.Select(static node => node!["data"]!["iname"]!.ToString()), Is.EqualTo(new[] { "VI_1", "VI_2" }));
        foreach (var (ours, real) in json.Zip(expected))
        {
            Assert.That(Text(ours!["data"]!), Is.EqualTo(Text(real!["data"]!)));
            Assert.That(Names(ours["stats"]!).Where(static name => !name.StartsWith("auth_ext_", StringComparison.Ordinal)),
                Is.EqualTo(Names(real["stats"]!)));
        }
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("dump-stats")]
    public void Statistics_AreTheRealOnesAndClearedOnDemand(Build build)
    {
        var expected = Labels(Statistics(Start(Build.Real), User2));
        var a = Start(build);
        var text = Statistics(a, User2);

        Assert.That(Labels(ExtensionErrors().Replace(text, "")), Is.EqualTo(expected));
        Assert.That(text, Does.Contain("Became master: 1"));
        Assert.That(Statistics(a, StatisticsClear), Does.Contain("Became master: 1"));
        Assert.That(Statistics(a, User2), Does.Contain("Became master: 0"));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("dump-data")]
    public void Data_OfBothProcesses_HasTheLabelsThatScriptsLookFor(Build build)
    {
        var a = Start(build);

        var text = Dump(a, User1, "keepalived.data");
        Dump(a, User1, "keepalived_parent.data");

        string[] lines =
        [
            " Router ID = lb1", " VRRP Instance = VI_1", "   VRRP Version = 3", "   State = MASTER", "   Virtual Router ID = 51",
            "   Effective priority = 160", "   Advert interval = 200 milli-sec", "   Virtual IP (2):",
            "     10.90.0.100/24 dev eth0 scope global set", "     10.90.0.101 dev eth0 scope link label eth0:1 set",
            "   Master state transition script = ", " VRRP Script = chk", "   Notify deleted = Deleted", "   Authentication type = SIMPLE_PASSWORD",
        ];
        foreach (var line in lines)
            Assert.That(text, Does.Contain("\n" + line));
        if (build == Build.Ours)
            Assert.That(text, Does.Not.Contain("secret"));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursOnly)), Scenario("dump-places")]
    public void Dumps_GoWhereTheConfigurationSays(Build build, Build other)
    {
        var link = Link("a");
        var a = link.Start(build, "a",
            "global_defs {\n    state_dump_file my.dat\n    stats_dump_file my.stats\n    json_dump_file my.json\n    json_version 2\n    data_use_instance\n}",
            "instance in1", First with { Lines = [] });
        a.ExpectHolding(Lan.Vip, 10);

        Assert.That(Dump(a, User1, "my.in1.dat"), Does.Contain("VRRP Instance = VI_1"));
        Assert.That(Dump(a, User1, "my_parent.in1.dat"), Does.Contain("Instance name = in1"));
        Assert.That(Dump(a, User2, "my.stats"), Does.Contain("VRRP Instance: VI_1"));
        Assert.That(JsonNode.Parse(Dump(a, Json, "my.json"))!["vrrp"]!.AsArray(), Has.Count.EqualTo(1));
    }

    private JsonArray JsonOf(Build build) => JsonNode.Parse(Dump(Start(build), Json, "keepalived.json"))!.AsArray();

    private Router Start(Build build)
    {
        var a = Link("a").Start(build, "a", "global_defs {\n    router_id lb1\n}", Script, First, Second);
        a.ExpectHolding(Lan.Vip, 10);
        a.ExpectHolding("10.90.0.102", 10);
        a.ExpectLog("(VI_1) Changing effective priority from 150 to 160", 5);
        return a;
    }

    private string Statistics(Router a, int signal) => Dump(a, signal, "keepalived.stats");

    private static string Dump(Router a, int signal, string name) => a.Dump(signal, name);

    /// <summary>All but what differs from run to run, and the password, which ours does not tell.</summary>
    private static string Text(JsonNode data)
    {
        var all = data.AsObject();
        Assert.That(all["last_transition"]!.GetValue<double>(), Is.GreaterThan(1e9));
        all["last_transition"] = 0;
        if (all.ContainsKey("auth_data"))
            all["auth_data"] = "";
        return all.ToJsonString().Replace("/usr/bin/true", "/bin/true", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(JsonNode node) => node.AsObject().Select(static member => member.Key);

    private static string Labels(string text) => Numbers().Replace(text, "");

    [GeneratedRegex("[0-9]+$", RegexOptions.Multiline)]
    private static partial Regex Numbers();

    [GeneratedRegex("  Authentication Extension Errors:\n(    .*\n)*")]
    private static partial Regex ExtensionErrors();
}
