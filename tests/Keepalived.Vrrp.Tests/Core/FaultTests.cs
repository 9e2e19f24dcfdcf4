using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Vrrp.Tests.Core;

public sealed class FaultTests
{
    private static readonly VrrpFault Interface2 = new(VrrpFaultReason.InterfaceDown, 2);
    private static readonly VrrpFault Interface3 = new(VrrpFaultReason.InterfaceDown, 3);

    [Test]
    public void SetFault_Master_ResignsOnceAndRemoves()
    {
        var harness = new RouterHarness().StartMaster();
        harness.Do(static (router, now) => router.SetFault(Interface2, true, now));

        Assert.That(harness.Kinds, Is.EqualTo(new[]
        {
            VrrpActionKind.SendAdvertisement, VrrpActionKind.RemoveAddresses, VrrpActionKind.StateChanged,
        }));
        Assert.That(harness.Adverts.Single().Priority, Is.Zero);
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Fault));
        Assert.That(harness.Router.NextDeadline, Is.EqualTo(MonotonicClock.Never));
    }

    [Test]
    public void SetFault_TwoInterfacesDownAndOneUp_StaysInFault()
    {
        var harness = new RouterHarness().Start();
        harness.Do(static (router, now) => router.SetFault(Interface2, true, now));
        harness.Do(static (router, now) => router.SetFault(Interface3, true, now));
        harness.Do(static (router, now) => router.SetFault(Interface2, false, now));
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Fault));
        harness.Do(static (router, now) => router.SetFault(Interface3, false, now));
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Backup));
        Assert.That(harness.Router.NextDeadline - harness.Now, Is.EqualTo(harness.Router.MasterDownInterval));
    }

    [Test]
    public void SetFault_SameTwice_IsClearedByOnce()
    {
        var harness = new RouterHarness().Start();
        harness.Do(static (router, now) => router.SetFault(Interface2, true, now));
        harness.Do(static (router, now) => router.SetFault(Interface2, true, now));
        harness.Do(static (router, now) => router.SetFault(Interface2, false, now));
        Assert.That(harness.Router.Faults, Is.Empty);
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Backup));
    }

    [Test]
    public void Start_WithFault_IsFaultAndIgnoresAdverts()
    {
        var harness = new RouterHarness();
        harness.Do(static (router, now) => router.SetFault(Interface2, true, now));
        Assert.That(harness.Log, Is.Empty);
        harness.Start();

        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Fault));
        Assert.That(harness.Receive(200, RouterHarness.LowerAddress), Is.EqualTo(VrrpDiscardReason.NotActive));
        Assert.That(harness.Router.Statistics.AdvertisementsReceived, Is.Zero);
    }

    [Test]
    public void ClearFault_Owner_IsMasterAtOnce()
    {
        var harness = new RouterHarness(RouterHarness.V3(255)).StartMaster();
        harness.Do(static (router, now) => router.SetFault(Interface2, true, now));
        harness.Do(static (router, now) => router.SetFault(Interface2, false, now));
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Master));
    }

    [Test]
    public void ClearFault_LearnedInterval_IsForgotten()
    {
        var harness = new RouterHarness().Start();
        harness.Receive(
            200,
            RouterHarness.LowerAddress,
            static options => options with { AdvertisementInterval = TimeSpan.FromSeconds(5) });
        harness.Do(static (router, now) => router.SetFault(Interface2, true, now));
        harness.Do(static (router, now) => router.SetFault(Interface2, false, now));
        Assert.That(harness.Router.MasterInterval, Is.EqualTo(RouterHarness.Second));
    }

    [Test]
    public void ClearFault_Unicast_AnnouncesTheSourceAddress()
    {
        var harness = new RouterHarness(RouterHarness.Unicast(RouterHarness.V3(), "10.9.0.1")).Start();
        harness.Do(static (router, now) => router.SetFault(Interface2, true, now));
        harness.Log.Clear();
        harness.Do(static (router, now) => router.SetFault(Interface2, false, now));
        Assert.That(harness.Kinds, Is.EqualTo(new[] { VrrpActionKind.StateChanged, VrrpActionKind.AnnounceSource }));
    }

    [Test]
    public void SetSourceAddress_NoneOverIPv4_ResignsFromTheOldAddress()
    {
        var harness = new RouterHarness().StartMaster();
        harness.Do(static (router, now) => router.SetSourceAddress(InetAddress.None, now));

        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Fault));
        var packet = harness.Router.GetAdvertisement(harness.Adverts.Single(), VrrpRouterOptions.DefaultGroupIPv4);
        Assert.That(InetAddress.FromBytes(packet.Slice(12, 4)), Is.EqualTo(RouterHarness.OurAddress));
    }

    [Test]
    public void SetSourceAddress_NoneOverIPv6_CannotResign()
    {
        var harness = new RouterHarness(RouterHarness.V3IPv6()).StartMaster();
        harness.Do(static (router, now) => router.SetSourceAddress(InetAddress.None, now));

        Assert.That(harness.Adverts, Is.Empty);
        Assert.That(harness.Kinds, Does.Contain(VrrpActionKind.RemoveAddresses));
    }

    [Test]
    public void SetSourceAddress_Another_IsUsedFromTheNextAdvert()
    {
        var harness = new RouterHarness().StartMaster();
        var other = InetAddress.Parse("10.9.0.77");
        harness.Do((router, now) => router.SetSourceAddress(other, now));
        harness.Elapse(RouterHarness.Second);

        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Master));
        var packet = harness.Router.GetAdvertisement(harness.Adverts.Single(), VrrpRouterOptions.DefaultGroupIPv4);
        Assert.That(InetAddress.FromBytes(packet.Slice(12, 4)), Is.EqualTo(other));
    }

    [Test]
    public void Options_WithoutSourceAddress_AreAFaultUntilThereIsOne()
    {
        var harness = new RouterHarness(RouterHarness.V3() with { SourceAddress = InetAddress.None }).Start();
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Fault));
        harness.Do(static (router, now) => router.SetSourceAddress(RouterHarness.OurAddress, now));
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Backup));
    }

    [Test]
    public void StateChanges_OfALife_FormAChain()
    {
        var harness = new RouterHarness(RouterHarness.V3(255)).Start();
        harness.Elapse(RouterHarness.Second);
        harness.Do(static (router, now) => router.SetFault(Interface2, true, now));
        harness.Do(static (router, now) => router.SetFault(Interface2, false, now));
        harness.Do(static (router, now) => router.Stop(now));
        var changes = harness.Actions.Where(static action => action.Kind == VrrpActionKind.StateChanged).ToList();

        Assert.That(changes.Select(static change => change.State), Is.EqualTo(new[]
        {
            VrrpState.Master, VrrpState.Fault, VrrpState.Master, VrrpState.Initialize,
        }));
        Assert.That(
            changes.Skip(1).Select(static change => change.PreviousState),
            Is.EqualTo(changes.SkipLast(1).Select(static change => change.State)));
        Assert.That(changes[0].PreviousState, Is.EqualTo(VrrpState.Initialize));
        Assert.That(changes[0].StateReason, Is.EqualTo(VrrpStateReason.Owner));
    }
}
