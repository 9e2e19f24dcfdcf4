namespace Keepalived.Vrrp.Tests.Core;

/// <summary>Two routers with priority 255.</summary>
public sealed class OwnerConflictTests
{
    [Test]
    public void Receive_OtherOwnerWithHigherAddress_YieldsAtOnce()
    {
        var harness = Owner();
        harness.Receive(255, RouterHarness.HigherAddress);

        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Backup));
        Assert.That(harness.Notices, Does.Contain(VrrpNotice.OwnerConflictYielding));
        Assert.That(harness.Router.SkewTime, Is.EqualTo(3_906_000), "the skew keeps to priority 255");
    }

    [Test]
    public void Receive_OtherOwnerWithLowerAddress_IsAnsweredAndNoticedOnce()
    {
        var harness = Owner();
        harness.Receive(255, RouterHarness.LowerAddress);

        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Master));
        Assert.That(harness.Adverts.Single().Priority, Is.EqualTo(255));
        Assert.That(harness.Notices.Count(static notice => notice == VrrpNotice.OwnerConflict), Is.EqualTo(1));
    }

    [Test]
    public void Receive_OtherOwnerPersists_YieldsAs254()
    {
        var harness = Owner();
        for (var i = 0; i < 3 && harness.Router.State == VrrpState.Master; i++)
        {
            harness.Receive(255, RouterHarness.LowerAddress);
            harness.Elapse(RouterHarness.Second);
        }

        Assert.That(harness.Notices, Does.Contain(VrrpNotice.OwnerConflictPersists));
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Backup));
        Assert.That(harness.Router.EffectivePriority, Is.EqualTo(254));
    }

    [Test]
    public void OtherOwner_FallsSilent_EndsTheConflict()
    {
        var harness = Owner();
        harness.Receive(255, RouterHarness.LowerAddress);
        harness.Elapse(5 * RouterHarness.Second);

        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Master));
        Assert.That(harness.Notices.Count(static notice => notice == VrrpNotice.OwnerConflictEnded), Is.EqualTo(1));
        harness.Receive(255, RouterHarness.LowerAddress);
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Master), "a new conflict starts over");
    }

    [TestCase(1000, 1200)]
    [TestCase(3000, 3600)]
    public void OtherOwner_FallsSilent_IsAwaitedForItsIntervalAndAFifthAfterTwoAdverts(int interval, int wait)
    {
        var harness = Owner();
        harness.Receive(
            255,
            RouterHarness.LowerAddress,
            options => options with { AdvertisementInterval = TimeSpan.FromMilliseconds(interval) });
        harness.Elapse(20 * RouterHarness.Second);
        var second = harness.Log.Where(static entry => entry.Action.Kind == VrrpActionKind.SendAdvertisement).ElementAt(1).Time;
        var end = harness.Log.Single(static entry => entry.Action.Notice == VrrpNotice.OwnerConflictEnded).Time;

        Assert.That(end - second, Is.EqualTo(wait * RouterHarness.Millisecond));
    }

    [Test]
    public void YieldedOwner_HearsALowerPriority_ClaimsAgain()
    {
        var harness = Owner();
        for (var i = 0; i < 4 && harness.Router.State == VrrpState.Master; i++)
        {
            harness.Receive(255, RouterHarness.LowerAddress);
            harness.Elapse(RouterHarness.Second);
        }

        harness.Receive(200, RouterHarness.LowerAddress);
        Assert.That(harness.Router.EffectivePriority, Is.EqualTo(255));
    }

    [Test]
    public void YieldedOwner_BecomesMasterAgain_As255()
    {
        var harness = Owner();
        for (var i = 0; i < 4 && harness.Router.State == VrrpState.Master; i++)
        {
            harness.Receive(255, RouterHarness.LowerAddress);
            harness.Elapse(RouterHarness.Second);
        }

        harness.Log.Clear();
        harness.Elapse(10 * RouterHarness.Second);
        Assert.That(harness.Adverts.First().Priority, Is.EqualTo(255));
    }

    [Test]
    public void OwnerIgnoreAdvertisements_OtherOwner_IsDiscardedSilently()
    {
        var harness = new RouterHarness(RouterHarness.V3(255) with { OwnerIgnoreAdvertisements = true }).StartMaster();

        Assert.That(harness.Receive(255, RouterHarness.HigherAddress), Is.EqualTo(VrrpDiscardReason.IgnoredByOwner));
        Assert.That(harness.Log, Is.Empty);
        Assert.That(harness.Router.Statistics.AdvertisementsReceived, Is.Zero);
    }

    private static RouterHarness Owner() => new RouterHarness(RouterHarness.V3(255)).StartMaster();
}
