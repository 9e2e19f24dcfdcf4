using Keepalived.Netlink.Io;
using Keepalived.Vrrp.Interfaces;

namespace Keepalived.Vrrp.Tests.Interfaces;

public sealed class LinkDebounceTests
{
    [Test]
    public void WithoutDelays_EverythingCountsAtOnce()
    {
        var link = new LinkDebounce();
        Assert.That(link.Report(true, 0));
        Assert.That(link.IsUp);
        Assert.That(link.Report(false, 1));
        Assert.That(link.IsUp, Is.False);
        Assert.That(link.NextDeadline, Is.EqualTo(MonotonicClock.Never));
    }

    [Test]
    public void FirstUp_CountsAtOnce() => Assert.That(new LinkDebounce { UpDelay = 10 }.Report(true, 0));

    [Test]
    public void Down_CountsAfterItsDelay()
    {
        var link = Up();
        Assert.That(link.Report(false, 100), Is.False);
        Assert.That(link.NextDeadline, Is.EqualTo(110));
        Assert.That(link.HandleTimeout(109), Is.False);
        Assert.That(link.IsUp);
        Assert.That(link.HandleTimeout(110));
        Assert.That(link.IsUp, Is.False);
    }

    [Test]
    public void Down_ReportedAgain_DoesNotBeginAnew()
    {
        var link = Up();
        link.Report(false, 100);
        link.Report(false, 105);
        Assert.That(link.NextDeadline, Is.EqualTo(110));
    }

    [Test]
    public void Down_ThatPasses_NeverHappened()
    {
        var link = Up();
        link.Report(false, 100);
        Assert.That(link.Report(true, 105), Is.False);
        Assert.That(link.NextDeadline, Is.EqualTo(MonotonicClock.Never));
        Assert.That(link.HandleTimeout(200), Is.False);
        Assert.That(link.IsUp);
    }

    [Test]
    public void UpAgain_CountsAfterItsOwnDelay()
    {
        var link = Up();
        link.Report(false, 100);
        link.HandleTimeout(110);
        Assert.That(link.Report(true, 200), Is.False);
        Assert.That(link.NextDeadline, Is.EqualTo(220));
        Assert.That(link.HandleTimeout(220));
        Assert.That(link.IsUp);
    }

    private static LinkDebounce Up()
    {
        var link = new LinkDebounce { DownDelay = 10, UpDelay = 20 };
        link.Report(true, 0);
        return link;
    }
}
