using System.Globalization;
using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>A start that keeps still for a while.</summary>
internal sealed class StartupDelayTests : ScenarioFixture
{
    private static readonly VrrpInstance Owner = new() { Priority = 255, State = "MASTER" };

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("startup-delay")]
    public void Delay_NothingIsSaidBeforeItsEnd(Build build)
    {
        var link = Link("a");
        var a = link.Start(build, "a", Global("vrrp_startup_delay 2.5"), Owner);
        var first = link.Wire.Advert("a", TimeSpan.FromSeconds(12));
        Assert.That(WallClock.Between(a.StartedAt, first.Time).TotalSeconds, Is.GreaterThan(2.5));
        a.ExpectHolding(Lan.Vip, 2);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursOnly)), Scenario("startup-delay-reload")]
    public void Reload_WhileItRuns_GivesItAnotherLength(Build build, Build other)
    {
        var link = Link("a");
        var a = link.Start(build, "a", Global("vrrp_startup_delay 600"), Owner);
        a.ExpectLog("Startup complete", 8);
        Assert.That(link.Wire.Adverts("a"), Is.Empty);
        a.Reload(Global("vrrp_startup_delay 0.5"), Owner);
        link.Wire.Advert("a", TimeSpan.FromSeconds(8));

        // One that has ended does not begin again.
        var since = WallClock.Now;
        a.Reload(Global("vrrp_startup_delay 600"), Owner with { Lines = ["garp_master_repeat 1"] });
        a.ExpectLog("Reload complete", 5);
        link.Wire.Advert("a", TimeSpan.FromSeconds(3), since + WallClock.Second);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursOnly)), Scenario("startup-delay-after-boot")]
    public void DelayAfterBoot_CountsFromTheBootOfTheMachine(Build build, Build other)
    {
        const double UpFor = 60, Delay = 64;
        Requirement.Tool("unshare");
        var text = File.ReadAllText("/proc/uptime");
        var uptime = double.Parse(text[..text.IndexOf(' ')], CultureInfo.InvariantCulture);
        var since = WallClock.Now;
        // A machine that has been up for a while, as the daemon sees it.
        string[] command = ["unshare", "--time", $"--boottime={(long)(UpFor - uptime)}"];
        if (Command.Try(command[0], [.. command[1..], "true"]).Status != 0)
            Assert.Inconclusive("there are no time namespaces");
        var link = Link("a");
        var a = new Router(link, build, "a", Global(string.Create(CultureInfo.InvariantCulture, $"vrrp_startup_delay 0.2\n vrrp_delay_after_boot {Delay}")) + Owner);
        link.Adopt(a);
        a.Start(command);
        var first = link.Wire.Advert("a", TimeSpan.FromSeconds(15));
        // Whole seconds are all that a time namespace is told in.
        Assert.That(WallClock.Between(since, first.Time).TotalSeconds, Is.InRange(Delay - UpFor - 1, Delay - UpFor + 15));
        a.ExpectHolding(Lan.Vip, 2);
    }

    private static string Global(string line) => $"global_defs {{\n    {line}\n}}";
}
