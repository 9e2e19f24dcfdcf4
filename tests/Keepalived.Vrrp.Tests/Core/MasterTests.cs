using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Vrrp.Tests.Core;

/// <summary>What keepalived adds to state Master: answers to other priorities, lost addresses, new options.</summary>
public sealed class MasterTests
{
    private static readonly VrrpActionKind[] Resignation =
        [VrrpActionKind.SendAdvertisement, VrrpActionKind.RemoveAddresses, VrrpActionKind.StateChanged];

    [Test]
    public void BecomingMaster_Always_AdvertisesBeforeItConfigures()
    {
        var harness = new RouterHarness().Start();
        harness.Log.Clear();
        harness.Elapse(harness.Router.MasterDownInterval);

        Assert.That(harness.Kinds, Is.EqualTo(new[]
        {
            VrrpActionKind.SendAdvertisement,
            VrrpActionKind.ConfigureAddresses,
            VrrpActionKind.AnnounceAddresses,
            VrrpActionKind.StateChanged,
        }));
        Assert.That(harness.Router.Statistics.BecameMaster, Is.EqualTo(1));
    }

    [Test]
    public void Receive_LowerPriority_AnswersAnnouncesAndTells()
    {
        var harness = new RouterHarness().StartMaster();
        harness.Elapse(300 * RouterHarness.Millisecond);
        harness.Receive(50, RouterHarness.HigherAddress);

        Assert.That(harness.Kinds, Is.EqualTo(new[]
        {
            VrrpActionKind.SendAdvertisement, VrrpActionKind.AnnounceAddresses, VrrpActionKind.LowerPriorityReceived,
        }));
        Assert.That(harness.Router.NextDeadline, Is.EqualTo(harness.Now + RouterHarness.Second));
    }

    /// <summary>10,000 a second for ten seconds: five answers an interval, each with its announcements, and nothing else changes.</summary>
    [TestCase(50)]
    [TestCase(0)]
    public void Receive_FloodOfLowerPriorities_AnswersFewAndStaysMaster(int priority)
    {
        var harness = new RouterHarness().StartMaster();
        harness.Elapse(300 * RouterHarness.Millisecond);
        for (var i = 0; i < 100_000; i++)
        {
            harness.Receive(priority, RouterHarness.HigherAddress);
            harness.Elapse(100 * MonotonicClock.Microsecond);
        }

        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Master));
        Assert.That(harness.Adverts.Count(), Is.InRange(50, 66));
        Assert.That(harness.Kinds.Count(static kind => kind == VrrpActionKind.LowerPriorityReceived), Is.LessThan(60));
        Assert.That(harness.Notices.Count(), Is.LessThan(5));
        var times = harness.Log.Where(static entry => entry.Action.Kind == VrrpActionKind.SendAdvertisement).Select(static entry => entry.Time).ToList();
        Assert.That(times.Zip(times.Skip(1), static (one, next) => next - one).Max(), Is.LessThanOrEqualTo(RouterHarness.Second));
    }

    [Test]
    public void Receive_LowerPriorityWithNoAdvertisement_KeepsTheTimer()
    {
        var harness = new RouterHarness(RouterHarness.V3() with { LowerPriorityNoAdvertisement = true }).StartMaster();
        var deadline = harness.Router.NextDeadline;
        harness.Elapse(300 * RouterHarness.Millisecond);
        harness.Receive(50, RouterHarness.HigherAddress);

        Assert.That(harness.Adverts, Is.Empty);
        Assert.That(harness.Router.NextDeadline, Is.EqualTo(deadline));
    }

    [Test]
    public void Receive_HigherPriorityWithSendAdvertisement_SaysItOnceMore()
    {
        var harness = new RouterHarness(RouterHarness.V3() with { HigherPrioritySendAdvertisement = true }).StartMaster();
        harness.Receive(150, RouterHarness.LowerAddress);

        Assert.That(harness.Kinds, Is.EqualTo(Resignation));
        Assert.That(harness.Adverts.Single().Priority, Is.EqualTo(100));
        Assert.That(harness.Adverts.Single().AdvertisementReason, Is.EqualTo(VrrpAdvertisementReason.YieldingToHigherPriority));
    }

    [Test]
    public void Receive_OwnSourceAndPriority_IsNoticedAndIgnored()
    {
        var harness = new RouterHarness().StartMaster();
        var deadline = harness.Router.NextDeadline;
        harness.Receive(100, RouterHarness.OurAddress);
        harness.Receive(100, RouterHarness.OurAddress);

        Assert.That(harness.Notices, Is.EqualTo(new[] { VrrpNotice.OwnSourceAddress }));
        Assert.That(harness.Kinds, Is.Empty);
        Assert.That(harness.Router.NextDeadline, Is.EqualTo(deadline));
    }

    [Test]
    public void HandleAddressLost_Master_ResignsAndComesBackAfterTheSkew()
    {
        var harness = new RouterHarness().StartMaster();
        harness.Do(static (router, now) => router.HandleAddressLost(now));

        Assert.That(harness.Kinds, Is.EqualTo(Resignation));
        Assert.That(harness.Adverts.Single().Priority, Is.Zero);
        Assert.That(harness.Actions.Last().StateReason, Is.EqualTo(VrrpStateReason.AddressLost));
        Assert.That(harness.Router.NextDeadline - harness.Now, Is.EqualTo(609_375 * MonotonicClock.Microsecond));
        harness.Elapse(RouterHarness.Second);
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Master));
    }

    [Test]
    public void HandleAddressLost_Backup_DoesNothing()
    {
        var harness = new RouterHarness().Start();
        harness.Log.Clear();
        harness.Do(static (router, now) => router.HandleAddressLost(now));
        Assert.That(harness.Log, Is.Empty);
    }

    [Test]
    public void Abandon_Master_SaysNothingAndLeavesTheAddresses()
    {
        var harness = new RouterHarness().StartMaster();
        harness.Do(static (router, now) => router.Abandon(now));

        Assert.That(harness.Kinds, Is.EqualTo(new[] { VrrpActionKind.StateChanged }));
        Assert.That(harness.Router.NextDeadline, Is.EqualTo(MonotonicClock.Never));
    }

    [Test]
    public void Adverts_ManyOfThem_CountTheIdentificationAndSkipZero()
    {
        var harness = new RouterHarness(RouterHarness.V3() with { AdvertisementInterval = TimeSpan.FromMilliseconds(10) }).Start();
        harness.Elapse(RouterHarness.Second * 700);
        var ids = harness.Adverts.Select(static action => (int)action.PacketId).ToList();

        Assert.That(ids, Has.Count.GreaterThan(66_000));
        Assert.That(ids[0], Is.EqualTo(1));
        Assert.That(ids[65_534], Is.EqualTo(65_535));
        Assert.That(ids[65_535], Is.EqualTo(1));
    }

    [Test]
    public void GetAdvertisement_ForEachPeer_HasTheSameIdentification()
    {
        var harness = new RouterHarness(RouterHarness.Unicast(RouterHarness.V3(), "10.9.0.1", "10.9.0.2")).StartMaster();
        harness.Elapse(RouterHarness.Second);
        var advert = harness.Adverts.Single();
        var packets = new List<byte[]>();
        foreach (var peer in harness.Router.Destinations)
            packets.Add(harness.Router.GetAdvertisement(advert, peer).ToArray());

        Assert.That(packets, Has.Count.EqualTo(2));
        Assert.That(packets[0][4..6], Is.EqualTo(packets[1][4..6]));
        Assert.That(packets[0][16..20], Is.EqualTo(new byte[] { 10, 9, 0, 1 }));
        Assert.That(packets[1][16..20], Is.EqualTo(new byte[] { 10, 9, 0, 2 }));
    }

    [Test]
    public void GetAdvertisement_OfAnotherAction_Throws()
    {
        var harness = new RouterHarness().Start();
        var action = harness.Actions.First();
        Assert.That(() => harness.Router.GetAdvertisement(action, VrrpRouterOptions.DefaultGroupIPv4).Length, Throws.ArgumentException);
    }

    [Test]
    public void Reconfigure_Master_StaysMasterAdvertisesAndReconciles()
    {
        var harness = new RouterHarness().StartMaster();
        var options = harness.Router.Options;
        options = options with { Priority = 120, Addresses = [.. options.Addresses, InetAddress.Parse("10.9.0.101")] };
        harness.Do((router, now) => router.Reconfigure(options, addressesAdded: true, now));

        Assert.That(harness.Kinds, Is.EqualTo(new[]
        {
            VrrpActionKind.PriorityChanged,
            VrrpActionKind.SendAdvertisement,
            VrrpActionKind.ConfigureAddresses,
            VrrpActionKind.AnnounceAddresses,
        }));
        var packet = harness.Router.GetAdvertisement(harness.Adverts.Single(), VrrpRouterOptions.DefaultGroupIPv4);
        Assert.That(packet[22], Is.EqualTo(120));
        Assert.That(packet[23], Is.EqualTo(2));
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Master));
        Assert.That(harness.Router.Statistics.AdvertisementsSent, Is.EqualTo(2));
    }

    [Test]
    public void Reconfigure_MasterWithoutNewAddresses_DoesNotAnnounce()
    {
        var harness = new RouterHarness().StartMaster();
        harness.Do(static (router, now) => router.Reconfigure(router.Options with { DownTimerAdverts = 5 }, addressesAdded: false, now));

        Assert.That(harness.Kinds, Is.EqualTo(new[] { VrrpActionKind.SendAdvertisement, VrrpActionKind.ConfigureAddresses }));
    }

    /// <summary>By its own shorter interval it would take a slow master for dead.</summary>
    [Test]
    public void Reconfigure_Backup_WaitsAMasterDownIntervalOfTheMasterItFollows()
    {
        var harness = new RouterHarness().Start();
        harness.Receive(
            200,
            RouterHarness.LowerAddress,
            static options => options with { AdvertisementInterval = TimeSpan.FromSeconds(4) });
        harness.Do(static (router, now) => router.Reconfigure(router.Options, addressesAdded: false, now));

        Assert.That(harness.Router.MasterInterval, Is.EqualTo(4 * RouterHarness.Second));
        Assert.That(harness.Router.NextDeadline - harness.Now, Is.EqualTo(14_437_500 * MonotonicClock.Microsecond));
    }

    [Test]
    public void Reconfigure_BackupThatHeardNobody_WaitsByItsOwnInterval()
    {
        var harness = new RouterHarness().Start();
        harness.Do(static (router, now) => router.Reconfigure(
            router.Options with { AdvertisementInterval = TimeSpan.FromSeconds(2) }, addressesAdded: false, now));

        Assert.That(harness.Router.MasterInterval, Is.EqualTo(2 * RouterHarness.Second));
        Assert.That(harness.Router.NextDeadline - harness.Now, Is.EqualTo(7_218_750 * MonotonicClock.Microsecond));
    }

    [Test]
    public void Reconfigure_WithWeights_KeepsThem()
    {
        var harness = new RouterHarness().Start();
        harness.Do(static (router, now) => router.SetPriority(80, now));
        harness.Do(static (router, now) => router.Reconfigure(router.Options with { Priority = 150 }, addressesAdded: false, now));

        Assert.That(harness.Router.EffectivePriority, Is.EqualTo(130));
    }

    [Test]
    public void Reconfigure_ToAnotherRouter_IsRefused()
    {
        var harness = new RouterHarness().Start();
        var options = harness.Router.Options;
        VrrpRouterOptions[] others =
        [
            options with { VirtualRouterId = 52 },
            RouterHarness.V3IPv6(),
            RouterHarness.Unicast(options, "10.9.0.1"),
        ];
        foreach (var other in others)
            Assert.That(() => harness.Router.Reconfigure(other, false, harness.Now), Throws.ArgumentException);
    }
}
