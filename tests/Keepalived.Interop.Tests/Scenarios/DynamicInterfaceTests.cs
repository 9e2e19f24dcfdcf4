using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>Interfaces that are not there yet, go, come back and change their names.</summary>
internal sealed class DynamicInterfaceTests : ScenarioFixture
{
    private const string Global = "global_defs {\n    dynamic_interfaces\n}";
    private const string Vip = "10.95.0.100";
    private static readonly VrrpInstance Instance = new() { Interface = "eth5", Addresses = [Vip + "/24"] };
    private static readonly string[] Make = ["link add eth5 type veth peer name other", "link set other up", "address add 10.95.0.1/24 dev eth5", "link set eth5 up"];

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("dynamic-interfaces")]
    public void Interface_ComesLaterAndGoesAndComesBack(Build build)
    {
        var link = Link("a");
        var other = new VrrpInstance { Name = "VI_2", VirtualRouterId = 52 };
        var a = link.Start(build, "a", Global, Instance, other);
        a.ExpectHolding(Lan.Vip, 8);
        a.ExpectLog("FAULT", 2);

        for (var i = 0; i < 2; i++)
        {
            link.Ip("a", Make);
            Expect.Within(TimeSpan.FromSeconds(8), () => link.Holds("a", Vip, "eth5"), "the address is on the interface that came");
            link.Ip("a", "link delete eth5");
            Thread.Sleep(300);
        }

        Assert.That(a.Holds(Lan.Vip), Is.True, "the other one did not notice");
        Assert.That(a.Stop(), Is.Zero);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("interface-renamed")]
    public void Interface_Renamed_IsAnotherUntilItHasItsNameBack(Build build)
    {
        var link = Link("a");
        link.Ip("a", Make);
        var a = link.Start(build, "a", Instance);
        Expect.Within(TimeSpan.FromSeconds(8), () => link.Holds("a", Vip, "eth5"), "master");
        link.Ip("a", "link set eth5 down", "link set eth5 name eth9", "link set eth9 up");
        a.ExpectLog("Entering FAULT STATE", 3);
        Thread.Sleep(1000);
        Assert.That(link.Holds("a", Vip, "eth9"), Is.False);
        link.Ip("a", "link set eth9 down", "link set eth9 name eth5", "link set eth5 up");
        Expect.Within(TimeSpan.FromSeconds(8), () => link.Holds("a", Vip, "eth5"), "master again");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("allow-if-changes")]
    public void Interface_ComesBackOnTheWireOfAnother_IsInFaultAsLongAsItsIdentifierIsInUseThere(Build build)
    {
        var link = Link("a");
        var a = link.Start(build, "a", "global_defs {\n    dynamic_interfaces allow_if_changes\n}", new VrrpInstance(), Instance with { Name = "VI_2" });
        a.ExpectHolding(Lan.Vip, 8);
        for (var i = 0; i < 2; i++)
        {
            link.Ip("a", ["link add eth5 link eth0 type macvlan", .. Make[2..]]);
            Thread.Sleep(1200);
            Assert.That((a.Holds(Lan.Vip), link.Holds("a", Vip, "eth5")), Is.EqualTo((true, false)), "on the same wire");
            link.Ip("a", "link delete eth5");
            link.Ip("a", Make);
            Expect.Within(TimeSpan.FromSeconds(8), () => link.Holds("a", Vip, "eth5"), "on a wire of its own");
            Assert.That(a.Holds(Lan.Vip), Is.True);
            link.Ip("a", "link delete eth5");
        }
    }

    [TestCase("dynamic_interfaces", false), TestCase("dynamic_interfaces allow_if_changes", true), Scenario("allow-if-changes")]
    public void TwoInterfacesOfOneWire_AtTheStart_AreAnErrorUnlessTheyMayChange(string global, bool starts)
    {
        var link = Link("a");
        link.Ip("a", ["link add eth5 link eth0 type macvlan", .. Make[2..]]);
        var a = link.Start(
            Pairs.Oracle ? Build.Real : Build.Ours, "a", $"global_defs {{\n    {global}\n}}", new VrrpInstance(), Instance with { Name = "VI_2" });
        if (!starts)
        {
            Assert.That(a.WaitForExit(TimeSpan.FromSeconds(8)), Is.Not.Zero);
            return;
        }

        Expect.Within(TimeSpan.FromSeconds(8), Holders, "one of them is master");
        Expect.Throughout(TimeSpan.FromSeconds(1), Holders, "one of them is master");

        bool Holders() => a.Holds(Lan.Vip) != link.Holds("a", Vip, "eth5");
    }
}
