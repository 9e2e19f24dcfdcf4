using Keepalived.Vrrp.Tracking;
using static Keepalived.Vrrp.Tests.Transport.TestLink;

namespace Keepalived.Vrrp.Tests.Transport;

/// <summary>What tracked objects and interfaces do to a running virtual router.</summary>
[NonParallelizable]
public sealed class TrackingTests
{
    private TestLink _link = null!;

    [SetUp]
    public void MakeLink() => _link = new TestLink();

    [TearDown]
    public void RemoveLink() => _link?.Dispose();

    [Test]
    public async Task UnweightedObject_NeverReported_HoldsTheRouterBack()
    {
        var engine = await _link.StartAsync('a', Owner() with { TrackedObjects = [new("web", new TrackerWeight(0))] });
        var router = engine.Routers[0];
        engine.ReportTracked("another", TrackedState.Up);
        Assert.That(router.State, Is.EqualTo(VrrpState.Initialize));

        engine.ReportTracked("web", TrackedState.Up);
        await Expect(router, VrrpState.Master);
    }

    [Test]
    public async Task UnweightedObject_Down_IsAFaultUntilItIsUp()
    {
        var engine = await _link.StartAsync('a', Owner() with { TrackedObjects = [new("web", new TrackerWeight(0))] });
        var router = engine.Routers[0];
        engine.ReportTracked("web", TrackedState.Down);
        await Expect(router, VrrpState.Fault);
        engine.ReportTracked("web", TrackedState.Up);
        await Expect(router, VrrpState.Master);
        engine.ReportTracked("web", TrackedState.Down);
        await Expect(router, VrrpState.Fault);
        await Expect(() => !_link.Holds('a', "10.91.0.100"), "the address is gone");
    }

    [Test]
    public async Task WeightedObject_Changes_MovesThePriority()
    {
        var engine = await _link.StartAsync('a', Router() with { TrackedObjects = [new("web", new TrackerWeight(20)), new("db", new TrackerWeight(-30))] });
        var router = engine.Routers[0];
        Assert.That(router.Priority, Is.EqualTo(100));
        engine.ReportTracked("web", TrackedState.Up);
        await Expect(() => router.Priority == 120, "the weight of what is up");
        engine.ReportTracked("db", TrackedState.Down);
        await Expect(() => router.Priority == 90, "the weight of what is down");
        router.SetPriority(150);
        await Expect(() => router.Priority == 140, "the weights on top of a requested priority");
    }

    [Test]
    public async Task ReportedState_BeforeTheRouterIsAdded_Counts()
    {
        var engine = await _link.StartAsync('a', Router());
        engine.ReportTracked("web", TrackedState.Up);
        await engine.ApplyAsync([Router() with { TrackedObjects = [new("web", new TrackerWeight(7))] }]);
        await Expect(() => engine.Routers[0].Priority == 107, "the weight of what was reported before");
    }

    [Test]
    public async Task TrackedInterface_GoesDownAndUp_MovesThePriority()
    {
        _link.Ip('a', "link add up0 type veth peer name up1");
        _link.Ip('a', "link set up0 up");
        _link.Ip('a', "link set up1 up");
        var engine = await _link.StartAsync('a', Router() with { TrackedInterfaces = [new("up0", new TrackerWeight(-40))] });
        await Expect(() => engine.Routers[0].Priority == 100, "the interface is up");
        _link.Ip('a', "link set up1 down");
        await Expect(() => engine.Routers[0].Priority == 60, "the interface is down");
        _link.Ip('a', "link set up1 up");
        await Expect(() => engine.Routers[0].Priority == 100, "the interface is up again");
    }

    [Test]
    public async Task ConfigurationError_HoldsInFaultUntilOptionsWithoutIt()
    {
        var engine = await _link.StartAsync('a', Owner() with { ConfigurationError = "it must not" });
        Assert.That(engine.Routers[0].State, Is.EqualTo(VrrpState.Fault));
        await engine.ApplyAsync([Owner()]);
        await Expect(engine.Routers[0], VrrpState.Master);
    }

    [Test]
    public void Weight_BeyondTheLimit_IsRefused() =>
        Assert.That((Router() with { TrackedObjects = [new("web", new TrackerWeight(255))] }).FindErrors(), Has.Length.EqualTo(1));

    private static VirtualRouterOptions Router() => new()
    {
        Name = "tracker",
        Interface = "eth0",
        VirtualRouterId = 51,
        Addresses = [VirtualAddress.Parse("10.91.0.100/24")],
    };

    private static VirtualRouterOptions Owner() => Router() with { Priority = 255 };
}
