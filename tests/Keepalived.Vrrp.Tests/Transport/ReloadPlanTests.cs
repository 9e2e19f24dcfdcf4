using Keepalived.Netlink;
using Keepalived.Vrrp.Transport;

namespace Keepalived.Vrrp.Tests.Transport;

public sealed class ReloadPlanTests
{
    private static readonly VirtualRouterOptions Web = new()
    {
        Name = "web",
        VirtualRouterId = 51,
        Interface = "eth0",
        Addresses = [VirtualAddress.Parse("192.0.2.10/24")],
    };

    private static readonly VirtualRouterOptions Unicast = Web with
    {
        Name = "unicast",
        SourceAddress = InetAddress.Parse("192.0.2.1"),
        Peers = [new VrrpPeer(InetAddress.Parse("192.0.2.2"))],
    };

    [Test]
    public void Create_EqualOptions_AreUntouched()
    {
        var plan = ReloadPlan.Create([Web], [Web with { Addresses = [VirtualAddress.Parse("192.0.2.10/24")] }]);
        Assert.That(plan.Matches, Is.EqualTo(new[] { 0 }));
        Assert.That(plan.Untouched, Is.EqualTo(1));
        Assert.That(plan.Removed, Is.Empty);
    }

    private static IEnumerable<VirtualRouterOptions> StillTheSame()
    {
        yield return Web with { Name = "other" };
        yield return Web with { Priority = 7, Version = VrrpVersion.V2 };
        yield return Web with { Addresses = [VirtualAddress.Parse("192.0.2.11/24")] };
        yield return Web with { Group = InetAddress.Parse("224.0.0.18") };
        yield return Web with { SourceAddress = InetAddress.Parse("192.0.2.1") };
    }

    [TestCaseSource(nameof(StillTheSame))]
    public void Create_OtherDetails_AreCarriedOver(VirtualRouterOptions wanted)
    {
        var plan = ReloadPlan.Create([Web], [wanted]);
        Assert.That(plan.Matches, Is.EqualTo(new[] { 0 }));
        Assert.That(plan.Untouched, Is.Zero);
        Assert.That(plan.Removed, Is.Empty);
    }

    private static IEnumerable<VirtualRouterOptions> AnotherRouter()
    {
        yield return Web with { VirtualRouterId = 52 };
        yield return Web with { Interface = "eth1" };
        yield return Web with { Group = InetAddress.Parse("224.0.0.99") };
        yield return Web with { Addresses = [VirtualAddress.Parse("fe80::1")] };
        yield return Unicast;
    }

    [TestCaseSource(nameof(AnotherRouter))]
    public void Create_OtherIdentity_IsAnotherRouter(VirtualRouterOptions wanted)
    {
        var plan = ReloadPlan.Create([Web], [wanted]);
        Assert.That(plan.Matches, Is.EqualTo(new[] { -1 }));
        Assert.That(plan.Removed, Is.EqualTo(new[] { 0 }));
    }

    [Test]
    public void Create_OtherUnicastSource_IsAnotherRouter() =>
        Assert.That(ReloadPlan.Create([Unicast], [Unicast with { SourceAddress = InetAddress.Parse("192.0.2.3") }]).Removed,
            Is.EqualTo(new[] { 0 }));

    [Test]
    public void Create_SeveralWithTheSameKey_ArePairedByEqualityThenName()
    {
        var second = Unicast with { Name = "second", Peers = [new VrrpPeer(InetAddress.Parse("192.0.2.3"))] };
        var plan = ReloadPlan.Create([Unicast, second], [second with { Priority = 9 }, Unicast]);
        Assert.That(plan.Matches, Is.EqualTo(new[] { 1, 0 }));
        Assert.That(plan.Untouched, Is.EqualTo(1));
    }

    [Test]
    public void Validate_SameName_Throws() =>
        Assert.That(
            () => ReloadPlan.Validate([Web, Web with { VirtualRouterId = 52 }]),
            Throws.ArgumentException.With.Message.Contains("two virtual routers named 'web'"));

    [Test]
    public void Validate_SameVridInSamePlace_Throws() =>
        Assert.That(
            () => ReloadPlan.Validate([Web, Web with { Name = "other" }]),
            Throws.ArgumentException.With.Message.Contains("same virtual router id 51"));

    [Test]
    public void Validate_SameVridElsewhere_Passes() =>
        Assert.That(
            () => ReloadPlan.Validate([
                Web, Unicast, Web with { Name = "eth1", Interface = "eth1" },
                Web with { Name = "6", Addresses = [VirtualAddress.Parse("fe80::1")] },
            ]),
            Throws.Nothing);

    [Test]
    public void Validate_UnicastSharingAPeer_Throws()
    {
        var other = Unicast with { Name = "other" };
        Assert.That(() => ReloadPlan.Validate([Unicast, other]), Throws.ArgumentException);
        Assert.That(
            () => ReloadPlan.Validate([Unicast, other with { Peers = [new VrrpPeer(InetAddress.Parse("192.0.2.3"))] }]), Throws.Nothing);
    }
}
