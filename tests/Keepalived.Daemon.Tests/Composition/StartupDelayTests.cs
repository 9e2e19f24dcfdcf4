using Keepalived.Daemon.Composition;
using Keepalived.Daemon.Configuration.Model;
using static System.TimeSpan;

namespace Keepalived.Daemon.Tests.Composition;

/// <summary>How long a start keeps still.</summary>
public sealed class StartupDelayTests
{
    [TestCase(0, 0, 0, 0, 0)]
    [TestCase(8, 0, 0, 5000, 8)]
    [TestCase(8, 0, 3, 5000, 5)]
    [TestCase(8, 0, 9, 5000, 0)]
    [TestCase(0, 60, 0, 20, 40)]
    [TestCase(0, 60, 0, 61, 0)]
    [TestCase(8, 60, 0, 55, 8)]
    [TestCase(8, 60, 5, 55, 5)]
    public void Remaining_OfBoth_IsTheLonger(int delay, int afterBoot, int elapsed, int uptime, int expected)
    {
        var defaults = new VrrpDefaults { StartupDelay = FromSeconds(delay), DelayAfterBoot = FromSeconds(afterBoot) };
        Assert.That(StartupDelay.Remaining(defaults, FromSeconds(elapsed), FromSeconds(uptime)), Is.EqualTo(FromSeconds(expected)));
    }

    [Test]
    public void DelayAfterBoot_OfAMachineThatIsUpForLong_IsNone() =>
        Assert.That(StartupDelay.Remaining(new VrrpDefaults { DelayAfterBoot = FromMilliseconds(1) }), Is.EqualTo(Zero));
}
