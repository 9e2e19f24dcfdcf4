using Keepalived.Interop.Tests.Lab;
using Keepalived.Interop.Tests.Lab.Interop;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>What a reload does with the language: files are read again, as a whole, and nothing of the last reading is left.</summary>
internal sealed class ConfigurationReloadTests : ScenarioFixture
{
    private const string Extra = "10.90.0.101";

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("reload-definitions")]
    public void Reload_DefinitionThatIsGone_IsForgotten(Build build)
    {
        var link = Link("a");
        var a = link.Start(build, "a", $"$EXTRA={Extra}/24", Instance("$EXTRA"));
        a.ExpectHolding(Lan.Vip, 8);
        a.ExpectHolding(Extra, 3);

        a.Reload(Instance("$EXTRA"));

        a.ExpectNotHolding(Extra, 8);
        Assert.That((a.IsRunning, a.Holds(Lan.Vip)), Is.EqualTo((true, true)));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("reload-definitions")]
    public void Reload_DefinitionThatChanged_HasItsNewValue(Build build)
    {
        var link = Link("a");
        var a = link.Start(build, "a", $"$EXTRA={Extra}", Instance("${EXTRA}/24"), "$EXTRA=10.90.0.99");
        a.ExpectHolding(Lan.Vip, 8);
        a.ExpectHolding(Extra, 3);

        a.Reload("$EXTRA=10.90.0.102", Instance("${EXTRA}/24"));

        a.ExpectHolding("10.90.0.102", 8);
        a.ExpectNotHolding(Extra, 3);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("reload-include")]
    public void Reload_IncludedFiles_AreReadAgain(Build build)
    {
        var link = Link("a");
        Directory.CreateDirectory(Path.Combine(link.Folder, "addresses"));
        Write(link, "one", $"{Extra}/24");
        var a = link.Start(build, "a", Instance("include addresses/*.conf"));
        a.ExpectHolding(Lan.Vip, 8);
        a.ExpectHolding(Extra, 3);

        Write(link, "two", "10.90.0.102/24");
        File.Delete(Path.Combine(link.Folder, "addresses", "one.conf"));
        a.Signal(Libc.Hangup);

        a.ExpectHolding("10.90.0.102", 8);
        a.ExpectNotHolding(Extra, 3);
        Assert.That(a.Holds(Lan.Vip), Is.True);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursOnly)), Scenario("reload-include-missing")]
    public void Reload_IncludeThatMustBeThereIsMissing_TheRunningOneStays(Build build, Build _)
    {
        var link = Link("a");
        var a = link.Start(build, "a", Instance($"{Extra}/24"));
        a.ExpectHolding(Extra, 8);

        a.Reload("includem nowhere.conf", Instance("10.90.0.102/24"));

        a.ExpectLog("nowhere.conf", 8);
        Expect.Throughout(TimeSpan.FromSeconds(1), () => a.IsRunning && a.Holds(Lan.Vip) && a.Holds(Extra), $"{a} runs as before");

        a.Reload(Instance("10.90.0.102/24"));
        a.ExpectHolding("10.90.0.102", 8);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("reload-unknown-words")]
    public void Reload_FileWithUnknownWords_CountsAsFarAsItIsUnderstood(Build build)
    {
        var link = Link("a");
        var a = link.Start(build, "a", Instance($"{Extra}/24"));
        a.ExpectHolding(Extra, 8);

        a.Reload("nonsense 5", Instance("10.90.0.102/24\n10.90.0.300"), "more nonsense");

        a.ExpectHolding("10.90.0.102", 8);
        a.ExpectNotHolding(Extra, 3);
        a.ExpectLog("nonsense", 3);
        Assert.That(a.Holds(Lan.Vip), Is.True);
    }

    private static void Write(Lan link, string name, string text) =>
        File.WriteAllText(Path.Combine(link.Folder, "addresses", name + ".conf"), text + "\n");

    private static string Instance(string address) => $$"""
        vrrp_instance VI {
            interface eth0
            virtual_router_id 51
            version 3
            advert_int 0.2
            priority 200
            virtual_ipaddress {
                {{Lan.Vip}}/24
                {{address}}
            }
        }
        """;
}
