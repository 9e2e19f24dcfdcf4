using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>Interfaces and addresses come and go under a running router.</summary>
internal sealed class InterfaceTests : ScenarioFixture
{
    private static readonly VrrpInstance Instance = new() { Interval = 0.2 };

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("cable-pull")]
    public void Cable_PulledAndBack_FaultTakeoverAndReturn(Build first, Build second)
    {
        var link = Link("a", "b");
        var (a, b) = Start(link, first, second);

        link.Cable("a", plugged: false);

        a.ExpectLog("Entering FAULT STATE", 3);
        b.ExpectHolding(Lan.Vip, 3);
        a.ExpectNotHolding(Lan.Vip, 2);

        link.Cable("a", plugged: true);

        a.ExpectHolding(Lan.Vip, 4);
        b.ExpectNotHolding(Lan.Vip, 2);
        Assert.That(link.Pings(Lan.Vip), Is.True);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("interface-down")]
    public void Interface_SetDownAndUp_FaultTakeoverAndReturn(Build first, Build second)
    {
        var link = Link("a", "b");
        var (a, b) = Start(link, first, second);

        link.Ip("a", "link set dev eth0 down");

        a.ExpectLog("Entering FAULT STATE", 3);
        b.ExpectHolding(Lan.Vip, 3);

        link.Ip("a", "link set dev eth0 up");

        a.ExpectHolding(Lan.Vip, 4);
        b.ExpectNotHolding(Lan.Vip, 2);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("track-interface")]
    public void TrackedInterface_GoesDown_MasterSaysPriorityZeroAndBackupNeedsOnlyTheSkewTime(Build first, Build second)
    {
        var link = Link("a", "b");
        link.Ip("a", "link add uplink type veth peer name other", "link set dev uplink up", "link set dev other up");
        var tracking = Instance with { Priority = 200, Lines = ["track_interface {", "    uplink", "}"] };
        var a = link.Start(first, "a", tracking);
        var b = link.Start(second, "b", Instance);
        a.ExpectHolding(Lan.Vip, 5);

        link.Ip("a", "link set dev uplink down");

        b.ExpectHolding(Lan.Vip, 3);
        a.ExpectNotHolding(Lan.Vip, 1);
        var goodbye = link.Wire.Advert("a", TimeSpan.FromSeconds(1), 0, advert => advert.Priority == 0);
        var takeover = link.Wire.Advert("b", TimeSpan.FromSeconds(1), goodbye.Time);
        Expect.Duration(WallClock.Between(goodbye.Time, takeover.Time), Instance.SkewMilliseconds, 400, "priority 0 to takeover");

        link.Ip("a", "link set dev uplink up");
        a.ExpectHolding(Lan.Vip, 4);
        b.ExpectNotHolding(Lan.Vip, 2);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("track-interface-weight")]
    public void TrackedInterface_WithWeight_LowersThePriority(Build first, Build second)
    {
        var link = Link("a", "b");
        link.Ip("a", "link add uplink type veth peer name other", "link set dev uplink up", "link set dev other up");
        var tracking = Instance with { Priority = 120, Lines = ["track_interface {", "    uplink weight -30", "}"] };
        var a = link.Start(first, "a", tracking);
        var b = link.Start(second, "b", Instance);
        a.ExpectHolding(Lan.Vip, 5);
        link.Wire.Advert("a", TimeSpan.FromSeconds(1), WallClock.Now, advert => advert.Priority == 120);

        link.Ip("a", "link set dev uplink down");

        link.Wire.Advert("a", TimeSpan.FromSeconds(2), 0, advert => advert.Priority == 90);
        b.ExpectHolding(Lan.Vip, 4);
        a.ExpectNotHolding(Lan.Vip, 2);

        link.Ip("a", "link set dev uplink up");
        a.ExpectHolding(Lan.Vip, 4);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("no-source-address")]
    public void Interface_LosesItsAddressAndGetsItBack_FaultAndReturn(Build build)
    {
        var link = Link("a");
        var a = link.Start(build, "a", Instance with { Addresses = ["192.0.2.1/32"] });
        a.ExpectHolding("192.0.2.1", 5);

        link.Ip("a", $"address delete {Lan.Address("a")}/24 dev eth0");
        a.ExpectLog("Entering FAULT STATE", 3);
        a.ExpectNotHolding("192.0.2.1", 2);

        link.Ip("a", $"address add {Lan.Address("a")}/24 dev eth0");
        a.ExpectHolding("192.0.2.1", 4);
    }

    private static (Router A, Router B) Start(Lan link, Build first, Build second)
    {
        var a = link.Start(first, "a", Instance with { Priority = 200 });
        var b = link.Start(second, "b", Instance with { Priority = 100 });
        a.ExpectHolding(Lan.Vip, 5);
        return (a, b);
    }
}
