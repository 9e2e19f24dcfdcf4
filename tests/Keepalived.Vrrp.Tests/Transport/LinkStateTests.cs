using System.Diagnostics;
using Keepalived.Vrrp.Interfaces;
using static Keepalived.Vrrp.Tests.Transport.TestLink;

namespace Keepalived.Vrrp.Tests.Transport;

/// <summary>Which interfaces count as up, and when.</summary>
[NonParallelizable]
public sealed class LinkStateTests
{
    private static readonly VirtualRouterOptions Options = new()
    {
        Name = "web",
        VirtualRouterId = 51,
        Interface = Interface,
        AdvertisementInterval = TimeSpan.FromMilliseconds(500),
        InitialState = VrrpState.Master,
        Priority = 255,
        Addresses = [VirtualAddress.Parse("10.91.0.100/24")],
    };

    private TestLink _link = null!;

    [SetUp]
    public void MakeLink() => _link = new TestLink();

    [TearDown]
    public void RemoveLink() => _link?.Dispose();

    [Test]
    public async Task Delay_AShortAbsenceIsNotNoticed_ALongOneIs()
    {
        var router = await StartAsync(new VrrpInterfaceOptions { Delays = [new InterfaceDelay(Interface, TimeSpan.FromMilliseconds(900), default)] });
        _link.Ip('b', "link set dev eth0 down", "link set dev eth0 up");
        await Task.Delay(1200);
        Assert.That(router.Statistics.ReleasedMaster, Is.Zero);
        var start = Stopwatch.StartNew();
        _link.Ip('b', "link set dev eth0 down");
        await Expect(router, VrrpState.Fault);
        Assert.That(start.ElapsedMilliseconds, Is.GreaterThan(700));
        _link.Ip('b', "link set dev eth0 up");
        await Expect(router, VrrpState.Master);
    }

    [Test]
    public async Task Delay_LongerThanABackupWaits_IsCut()
    {
        var router = await StartAsync(new VrrpInterfaceOptions { Delays = [new InterfaceDelay(Interface, TimeSpan.FromSeconds(200), default)] });
        var start = Stopwatch.StartNew();
        _link.Ip('b', "link set dev eth0 down");
        await Expect(router, VrrpState.Fault);
        Assert.That(start.ElapsedMilliseconds, Is.InRange(800, 3000), "two intervals, less a bit");
    }

    [TestCase(LinkPollingMethod.Automatic)]
    [TestCase(LinkPollingMethod.Ethtool)]
    [TestCase(LinkPollingMethod.Flags)]
    public async Task Polled_DownAndUpAreNoticed(LinkPollingMethod method)
    {
        var router = await StartAsync(new VrrpInterfaceOptions { Polled = [new LinkPolling(Interface, method)] });
        _link.Ip('b', "link set dev eth0 down");
        await Expect(router, VrrpState.Fault);
        _link.Ip('b', "link set dev eth0 up");
        await Expect(router, VrrpState.Master);
    }

    [Test]
    public async Task PromoteSecondaries_AsLongAsTheRouterRuns()
    {
        const string Setting = "net/ipv4/conf/eth0/promote_secondaries";
        Assert.That(_link.Setting('a', Setting), Is.Zero);
        var engine = await _link.StartAsync('a', Options with { PromoteSecondaries = true });
        Assert.That(_link.Setting('a', Setting), Is.EqualTo(1));
        await engine.ApplyAsync([Options]);
        Assert.That(_link.Setting('a', Setting), Is.Zero);
        await engine.ApplyAsync([Options with { PromoteSecondaries = true }]);
        Assert.That(_link.Setting('a', Setting), Is.EqualTo(1));
        await engine.StopAsync();
        Assert.That(_link.Setting('a', Setting), Is.Zero);
    }

    [Test]
    public void SameVirtualRouterIdOnOneWire_IsRefused()
    {
        _link.Ip('a', "link add mv0 link eth0 type macvlan mode bridge", "link set mv0 up", "address add 10.91.0.3/24 dev mv0");
        Assert.That(
            async () => await _link.StartAsync('a', Options, Options with { Name = "other", Interface = "mv0" }),
            Throws.ArgumentException.With.Message.Contains("one wire"));
    }

    [Test]
    public async Task SameVirtualRouterIdOnOneWire_WithChangingInterfaces_TheSecondIsInFaultUntilTheFirstEnds()
    {
        _link.Ip('a', "link add mv0 link eth0 type macvlan mode bridge", "link set mv0 up", "address add 10.91.0.3/24 dev mv0");
        var engine = await _link.StartAsync(
            'a', new VrrpEngineOptions { AllowInterfaceChanges = true, DynamicInterfaces = true }, Options, Options with { Name = "other", Interface = "mv0" });
        await Expect(engine.Routers[0], VrrpState.Master);
        Assert.That(engine.Routers[1].State, Is.EqualTo(VrrpState.Fault));
        _link.Ip('a', "link delete mv0", "link add mv0 type veth peer name mv1", "link set mv1 up", "link set mv0 up", "address add 10.93.0.3/24 dev mv0");
        await Expect(engine.Routers[1], VrrpState.Master);
    }

    private async Task<VirtualRouter> StartAsync(VrrpInterfaceOptions interfaces)
    {
        var engine = await _link.StartAsync('a', interfaces, Options);
        await Expect(engine.Routers[0], VrrpState.Master);
        return engine.Routers[0];
    }
}
