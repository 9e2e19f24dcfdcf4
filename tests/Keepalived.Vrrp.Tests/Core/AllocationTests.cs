using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Vrrp.Tests.Core;

/// <summary>The packet and timer paths allocate nothing after the start.</summary>
public sealed class AllocationTests
{
    private long _now;

    [Test]
    public void HandleDatagram_AcceptedInBackup_AllocatesNothing()
    {
        foreach (var options in (VrrpRouterOptions[])[
            RouterHarness.V2() with { Authentication = VrrpAuthentication.Pass("secret") }, RouterHarness.V3(), RouterHarness.V3IPv6()])
        {
            var harness = new RouterHarness(options).Start();
            var source = options.SourceAddress.IsIPv6 ? InetAddress.Parse("fe80::1") : RouterHarness.LowerAddress;
            AssertNoAllocation(harness, source, harness.Advertisement(200, source));
            Assert.That(harness.Router.Statistics.TotalDiscarded, Is.Zero);
        }
    }

    [Test]
    public void HandleDatagram_Discarded_AllocatesNothing()
    {
        var harness = new RouterHarness().Start();
        var packet = harness.Advertisement(200, RouterHarness.LowerAddress);
        packet[26] ^= 1;
        AssertNoAllocation(harness, RouterHarness.LowerAddress, packet);
    }

    [Test]
    public void HandleDatagram_LowerPriorityAtMaster_AllocatesNothing()
    {
        var harness = new RouterHarness().StartMaster();
        AssertNoAllocation(harness, RouterHarness.LowerAddress, harness.Advertisement(50, RouterHarness.LowerAddress));
    }

    [Test]
    public void HandleDatagram_AddressesInAnotherOrder_AllocatesNothing()
    {
        var addresses = Enumerable.Range(1, 20).Select(static i => InetAddress.FromIPv4(0x0a090100u + (uint)i)).ToArray();
        var harness = new RouterHarness(RouterHarness.V3() with { Addresses = [.. addresses] }).Start();
        var packet = harness.Advertisement(
            200,
            RouterHarness.LowerAddress,
            static options => options with { Addresses = [.. options.Addresses.Reverse()] });
        AssertNoAllocation(harness, RouterHarness.LowerAddress, packet);
    }

    [Test]
    public void HandleTimeout_MasterWithPeers_AllocatesNothing()
    {
        var schedule = new VrrpAnnouncementOptions { Refresh = TimeSpan.FromSeconds(1) };
        var options = RouterHarness.Unicast(RouterHarness.V3() with { Announcements = schedule }, "10.9.0.1", "10.9.0.2");
        var router = new RouterHarness(options).StartMaster().Router;
        _now = router.NextDeadline;
        // Long enough for the JIT to be done: code that it instruments allocates once, in the thread that runs it.
        RunMaster(router, 10_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        RunMaster(router, 10_000);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private void RunMaster(VrrpRouter router, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            _now = router.NextDeadline;
            router.HandleTimeout(_now);
            while (router.TryDequeue(out var action))
            {
                if (action.Kind != VrrpActionKind.SendAdvertisement)
                    continue;
                foreach (var destination in router.Destinations)
                    router.GetAdvertisement(action, destination);
            }
        }
    }

    private static void AssertNoAllocation(RouterHarness harness, InetAddress source, byte[] packet)
    {
        var router = harness.Router;
        var header = new DatagramHeader
        {
            Length = packet.Length,
            Source = source,
            Destination = router.Options.EffectiveGroup,
            HopLimit = 255,
        };
        Receive(router, header, packet, harness.Now, 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Receive(router, header, packet, harness.Now, 10_000);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static void Receive(VrrpRouter router, in DatagramHeader header, byte[] packet, long now, int count)
    {
        for (var i = 0; i < count; i++)
        {
            router.HandleDatagram(header, packet, now + i);
            while (router.TryDequeue(out _))
            {
            }
        }
    }
}
