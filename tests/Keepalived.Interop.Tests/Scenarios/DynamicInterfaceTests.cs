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
}
