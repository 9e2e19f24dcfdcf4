using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Vrrp.Tests.Core;

namespace Keepalived.Vrrp.Tests.Conformance;

/// <summary>RFC 9568 sections 6.1 to 6.3 and 6.4.1: parameters, timers, state Initialize.</summary>
public sealed class ParameterTests
{
    [Test]
    public void V26_SkewTime_Is256MinusPriorityOf256PartsOfTheMastersInterval()
    {
        var harness = new RouterHarness(RouterHarness.V3(156)).Start();
        harness.Receive(
            200,
            RouterHarness.LowerAddress,
            static options => options with { AdvertisementInterval = TimeSpan.FromMilliseconds(2560) });
        Assert.That(harness.Router.SkewTime, Is.EqualTo(RouterHarness.Second));
    }

    [Test]
    public void V27_MasterDownInterval_IsThreeIntervalsOfTheMasterAndSkew()
    {
        var harness = new RouterHarness(RouterHarness.V3(156)).Start();
        harness.Receive(
            200,
            RouterHarness.LowerAddress,
            static options => options with { AdvertisementInterval = TimeSpan.FromMilliseconds(2560) });
        Assert.That(harness.Router.MasterDownInterval, Is.EqualTo((3 * 2560 * RouterHarness.Millisecond) + RouterHarness.Second));
    }

    [Test]
    public void V28_Preempt_DefaultsToOn() => Assert.That(RouterHarness.V3().Preempt, Is.True);

    [Test]
    public void V28_Owner_CannotBeToldNotToPreempt() =>
        Assert.That((RouterHarness.V3(255) with { Preempt = false }).FindErrors(), Is.Not.Empty);

    [Test]
    public void V31_Router_HasOneDeadlineForBothTimers()
    {
        var harness = new RouterHarness(RouterHarness.V3() with { Announcements = new() { Delay = TimeSpan.Zero } }).Start();
        Assert.That(harness.Router.NextDeadline - harness.Now, Is.EqualTo(harness.Router.MasterDownInterval));
        harness.Elapse(harness.Router.MasterDownInterval);
        Assert.That(harness.Router.NextDeadline - harness.Now, Is.EqualTo(RouterHarness.Second));
    }

    [Test]
    public void V32_StartOfTheOwner_IsMasterWithoutWaiting()
    {
        var harness = new RouterHarness(RouterHarness.V3(255)).Start();
        harness.Elapse(MonotonicClock.Microsecond);

        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Master));
        Assert.That(harness.Kinds, Is.EqualTo(new[]
        {
            VrrpActionKind.SendAdvertisement,
            VrrpActionKind.ConfigureAddresses,
            VrrpActionKind.AnnounceAddresses,
            VrrpActionKind.StateChanged,
        }));
        Assert.That(harness.Router.NextDeadline - harness.Now, Is.EqualTo(RouterHarness.Second));
    }

    [TestCase(null)]
    [TestCase(VrrpState.Master)]
    [TestCase(VrrpState.Backup)]
    public void V33_StartOfAnother_IsBackupForAMasterDownInterval(VrrpState? wish)
    {
        var harness = new RouterHarness(RouterHarness.V3() with { InitialState = wish }).Start();

        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Backup));
        Assert.That(harness.Router.MasterInterval, Is.EqualTo(RouterHarness.Second));
        Assert.That(harness.Router.NextDeadline - harness.Now, Is.EqualTo(3_609_375 * MonotonicClock.Microsecond));
        Assert.That(harness.Adverts, Is.Empty);
        Assert.That(harness.Router.MasterAddress, Is.EqualTo(InetAddress.None));
    }
}
