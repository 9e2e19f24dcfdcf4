using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Vrrp.Tests.Core;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp.Tests.Conformance;

/// <summary>RFC 9568 section 6.4.3: state Master.</summary>
public sealed class MasterStateTests
{
    [Test]
    public void V41_UnsolicitedNeighbourAdvertisement_HasItsFlagsAndTheVirtualMac()
    {
        var frame = new byte[NeighbourAdvertisement.MaxLength];
        var virtualMac = LinkLayerAddress.VirtualRouterIPv6(51);
        NeighbourAdvertisement.Write(
            frame,
            virtualMac,
            new([255, 255, 255, 255, 255, 255]),
            InetAddress.Parse("fe80::100"),
            isRouter: true);

        Assert.That(frame[54], Is.EqualTo(136));
        Assert.That(frame[58], Is.EqualTo(0xa0), "router and override set, solicited clear");
        Assert.That(frame.AsSpan(80, 6).SequenceEqual(virtualMac.Bytes), Is.True);
    }

    [Test]
    public void V52_Shutdown_CancelsTheTimersAndSendsPriorityZeroOnce()
    {
        var harness = new RouterHarness().StartMaster();
        harness.Do(static (router, now) => router.Stop(now));

        Assert.That(harness.Adverts.Select(static advert => advert.Priority), Is.EqualTo(new byte[] { 0 }));
        Assert.That(harness.Kinds, Does.Contain(VrrpActionKind.RemoveAddresses));
        Assert.That(harness.Router.NextDeadline, Is.EqualTo(MonotonicClock.Never));
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Initialize));
    }

    [TestCase(10)]
    [TestCase(100)]
    [TestCase(1000)]
    public void V53_AdvertisementTimer_AdvertisesEveryOwnInterval(int milliseconds)
    {
        var options = RouterHarness.V3() with { AdvertisementInterval = TimeSpan.FromMilliseconds(milliseconds) };
        var harness = new RouterHarness(options).StartMaster();
        harness.Elapse(100 * milliseconds * RouterHarness.Millisecond);
        var times = harness.Log
            .Where(static entry => entry.Action.Kind == VrrpActionKind.SendAdvertisement)
            .Select(static entry => entry.Time)
            .ToList();

        Assert.That(times, Has.Count.EqualTo(100));
        Assert.That(times.Zip(times.Skip(1), static (a, b) => b - a), Is.All.EqualTo(milliseconds * RouterHarness.Millisecond));
    }

    [Test]
    public void V53_LearnedInterval_IsNotUsedByTheMaster()
    {
        var harness = new RouterHarness().Start();
        harness.Receive(
            200,
            RouterHarness.LowerAddress,
            static options => options with { AdvertisementInterval = TimeSpan.FromMilliseconds(100) });
        harness.Elapse(harness.Router.MasterDownInterval);

        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Master));
        Assert.That(harness.Router.NextDeadline - harness.Now, Is.EqualTo(RouterHarness.Second));
        Assert.That(harness.Router.MasterInterval, Is.EqualTo(RouterHarness.Second));
    }

    [Test]
    public void V54_PriorityZeroReceived_AdvertisesAtOnceAndRestarts()
    {
        var harness = new RouterHarness().StartMaster();
        harness.Elapse(300 * RouterHarness.Millisecond);
        harness.Receive(0, RouterHarness.HigherAddress);

        Assert.That(harness.Adverts.Single().AdvertisementReason, Is.EqualTo(VrrpAdvertisementReason.PriorityZeroReceived));
        Assert.That(harness.Router.NextDeadline, Is.EqualTo(harness.Now + RouterHarness.Second));
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Master));
    }

    [TestCase(101, false)]
    [TestCase(255, false)]
    [TestCase(100, true)]
    public void V55_HigherPriorityOrEqualFromHigherAddress_BecomesBackup(int priority, bool higherAddress)
    {
        var harness = new RouterHarness().StartMaster();
        var source = higherAddress ? RouterHarness.HigherAddress : RouterHarness.LowerAddress;
        harness.Receive(priority, source, static options => options with { AdvertisementInterval = TimeSpan.FromSeconds(2) });

        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Backup));
        Assert.That(harness.Router.MasterInterval, Is.EqualTo(2 * RouterHarness.Second));
        Assert.That(harness.Router.NextDeadline - harness.Now, Is.EqualTo(harness.Router.MasterDownInterval));
        Assert.That(harness.Kinds, Is.EqualTo(new[] { VrrpActionKind.RemoveAddresses, VrrpActionKind.StateChanged }));
    }

    [Test]
    public void V55_AddressComparison_IsUnsigned()
    {
        var harness = new RouterHarness(RouterHarness.V3() with { SourceAddress = InetAddress.Parse("10.9.0.5") }).StartMaster();
        harness.Receive(100, InetAddress.Parse("192.168.0.1"));
        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Backup));
    }

    [TestCase(99, true)]
    [TestCase(1, false)]
    [TestCase(100, false)]
    public void V56_Otherwise_DiscardsAndAdvertisesAtOnce(int priority, bool higherAddress)
    {
        var harness = new RouterHarness().StartMaster();
        harness.Elapse(300 * RouterHarness.Millisecond);
        harness.Receive(priority, higherAddress ? RouterHarness.HigherAddress : RouterHarness.LowerAddress);

        Assert.That(harness.Router.State, Is.EqualTo(VrrpState.Master));
        Assert.That(harness.Adverts.Single().AdvertisementReason, Is.EqualTo(VrrpAdvertisementReason.LowerPriorityReceived));
    }
}
