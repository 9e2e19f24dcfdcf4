using Keepalived.Netlink.Io;
using Keepalived.Vrrp.Tests.Core;

namespace Keepalived.Vrrp.Tests.Conformance;

/// <summary>RFC 9568 section 6.4.2: state Backup.</summary>
public sealed class BackupStateTests
{
    private static readonly VrrpActionKind[] AddressActions =
        [VrrpActionKind.ConfigureAddresses, VrrpActionKind.AnnounceAddresses, VrrpActionKind.SendAdvertisement];

    [Test]
    public void V34_V35_V38_Backup_NeverHoldsOrAnnouncesTheAddresses()
    {
        var harness = new RouterHarness().Start();
        for (var i = 0; i < 100; i++)
        {
            harness.Receive(i % 7 == 0 ? 0 : 200, RouterHarness.LowerAddress);
            harness.Elapse(500 * RouterHarness.Millisecond);
        }

        Assert.That(harness.Kinds, Has.None.AnyOf(AddressActions.Cast<object>().ToArray()));
    }

    [Test]
    public void V39_ShutdownInBackup_CancelsTheTimerAndSendsNothing()
    {
        var harness = new RouterHarness().Start();
        harness.Log.Clear();
        harness.Do(static (router, now) => router.Stop(now));

        Assert.That(harness.Router.NextDeadline, Is.EqualTo(MonotonicClock.Never));
        Assert.That(harness.Kinds, Is.EqualTo(new[] { VrrpActionKind.StateChanged }));
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Initialize));
    }

    [Test]
    public void V40_MasterDownTimerFires_AdvertisesAnnouncesAndIsMaster()
    {
        var harness = new RouterHarness().Start();
        harness.Log.Clear();
        harness.Elapse(harness.Router.MasterDownInterval);

        Assert.That(harness.Kinds.First(), Is.EqualTo(VrrpActionKind.SendAdvertisement));
        Assert.That(harness.Kinds, Does.Contain(VrrpActionKind.AnnounceAddresses));
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Master));
        Assert.That(harness.Router.NextDeadline - harness.Now, Is.EqualTo(RouterHarness.Second));
    }

    [TestCase(VrrpVersion.V2)]
    [TestCase(VrrpVersion.V3)]
    public void V42_Backup_PriorityZero_SetsMasterDownTimerToSkew(VrrpVersion version)
    {
        var harness = new RouterHarness(RouterHarness.V2() with { Version = version }).Start();
        harness.Receive(0, RouterHarness.LowerAddress);

        Assert.That(harness.Router.NextDeadline - harness.Now, Is.EqualTo(609_375 * MonotonicClock.Microsecond));
        Assert.That(harness.Router.Statistics.PriorityZeroReceived, Is.EqualTo(1));
    }

    [TestCase(100)]
    [TestCase(101)]
    [TestCase(255)]
    public void V43_Backup_PriorityNotBelowOurs_AdoptsIntervalAndRestarts(int priority)
    {
        var harness = new RouterHarness().Start();
        harness.Elapse(RouterHarness.Second);
        harness.Receive(
            priority,
            RouterHarness.LowerAddress,
            static options => options with { AdvertisementInterval = TimeSpan.FromSeconds(2) });

        Assert.That(harness.Router.MasterInterval, Is.EqualTo(2 * RouterHarness.Second));
        Assert.That(harness.Router.NextDeadline - harness.Now, Is.EqualTo(7_218_750 * MonotonicClock.Microsecond));
    }

    [Test]
    public void V43_BackupWithoutPreemption_AnyPriority_AdoptsIntervalAndRestarts()
    {
        var harness = new RouterHarness(RouterHarness.V3() with { Preempt = false }).Start();
        harness.Elapse(3 * RouterHarness.Second);
        harness.Receive(
            1,
            RouterHarness.LowerAddress,
            static options => options with { AdvertisementInterval = TimeSpan.FromMilliseconds(100) });

        Assert.That(harness.Router.MasterInterval, Is.EqualTo(100 * RouterHarness.Millisecond));
        Assert.That(harness.Router.NextDeadline - harness.Now, Is.EqualTo(harness.Router.MasterDownInterval));
    }

    [Test]
    public void V44_Backup_LowerPriority_IsDiscardedAndTheTimerGoesOn()
    {
        var harness = new RouterHarness().Start();
        var deadline = harness.Router.NextDeadline;
        harness.Elapse(RouterHarness.Second);
        harness.Receive(
            99,
            RouterHarness.HigherAddress,
            static options => options with { AdvertisementInterval = TimeSpan.FromSeconds(9) });

        Assert.That(harness.Router.NextDeadline, Is.EqualTo(deadline));
        Assert.That(harness.Router.MasterInterval, Is.EqualTo(RouterHarness.Second));
    }
}
