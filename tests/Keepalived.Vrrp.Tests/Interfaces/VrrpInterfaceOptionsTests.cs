using Keepalived.Vrrp.Interfaces;

namespace Keepalived.Vrrp.Tests.Interfaces;

/// <summary>What concerns the interfaces of all routers: checked as a whole, and compared by what it says.</summary>
public sealed class VrrpInterfaceOptionsTests
{
    [Test]
    public void AnnouncementGroups_AreComparedByTheirElements()
    {
        var (one, other) = (Options(Group("eth0", "eth1")), Options(Group("eth0", "eth1")));
        Assert.That(one, Is.EqualTo(other));
        Assert.That(one.GetHashCode(), Is.EqualTo(other.GetHashCode()));
        Assert.That(Options(Group("eth0")), Is.Not.EqualTo(Options(Group("eth1"))));
        Assert.That(Options(Group("eth0")), Is.Not.EqualTo(Options(Group("eth0") with { ArpInterval = TimeSpan.FromSeconds(2) })));
    }

    [Test]
    public void AnnouncementGroups_ThatContradictEachOther_AreRefused()
    {
        Assert.That(Options(Group("eth0"), Group("eth1")).Validate, Throws.Nothing);
        Assert.That(Options(Group("eth0"), Group("eth1", "eth0")).Validate, Throws.ArgumentException.With.Message.Contains("eth0"));
        Assert.That(Options(Group("no/name")).Validate, Throws.ArgumentException);
        Assert.That(Options(Group("eth0") with { NeighborAdvertisementInterval = TimeSpan.FromSeconds(-1) }).Validate, Throws.ArgumentException);
    }

    private static AnnouncementGroup Group(params string[] names) => new() { Interfaces = [.. names], ArpInterval = TimeSpan.FromSeconds(1) };

    private static VrrpInterfaceOptions Options(params AnnouncementGroup[] groups) => new() { AnnouncementGroups = [.. groups] };
}
