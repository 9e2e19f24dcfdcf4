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

    [Test]
    public void Signing_AnyKind_AllocatesNothing()
    {
        foreach (var options in Authenticated())
        {
            var router = new RouterHarness(options).StartMaster().Router;
            _now = router.NextDeadline;
            RunMaster(router, 100);
            var before = GC.GetAllocatedBytesForCurrentThread();
            RunMaster(router, 5_000);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero, options.ToString());
        }
    }

    [Test]
    public void Verifying_AnyKind_AllocatesNothing()
    {
        foreach (var options in Authenticated())
        {
            var harness = new RouterHarness(options).Start();
            var source = options.SourceAddress.IsIPv6 ? InetAddress.Parse("fe80::1") : RouterHarness.LowerAddress;
            var packets = Enumerable.Range(1, 2000).Select(i => harness.Advertisement(200, source, null, SequenceFor(options, harness, i)))
                .ToArray();
            foreach (var packet in packets.AsSpan(0, 100))
                Receive(harness.Router, HeaderOf(harness.Router, source, packet), packet, harness.Now, 1);
            // The first one that is discarded makes the counters of that.
            Receive(harness.Router, HeaderOf(harness.Router, source, packets[99]), packets[99], harness.Now, 1);
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var packet in packets.AsSpan(100))
                Receive(harness.Router, HeaderOf(harness.Router, source, packet), packet, harness.Now, 2);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero, options.ToString());
            Assert.That(harness.Router.Statistics.AdvertisementsReceived, Is.EqualTo(packets.Length));
            Assert.That(harness.Router.Statistics.TotalDiscarded, Is.EqualTo(packets.Length - 99), "the repetitions");
        }
    }

    private static ulong SequenceFor(VrrpRouterOptions options, RouterHarness harness, int i) =>
        (options.Hmac is null ? 0 : SequenceClock.FromTime(harness.UtcNow)) + (ulong)i;

    private static VrrpRouterOptions[] Authenticated() =>
    [
        RouterHarness.V2() with { Authentication = VrrpAuthentication.AuthenticationHeader("secret") },
        RouterHarness.V2() with { Hmac = TestKeys.Hmac() },
        RouterHarness.V3() with { Hmac = TestKeys.Hmac() },
        RouterHarness.V3IPv6() with { Hmac = TestKeys.Hmac() },
        RouterHarness.Unicast(RouterHarness.V3() with { Hmac = TestKeys.Hmac() }, "10.9.0.1", "10.9.0.2"),
    ];

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
                    router.GetAdvertisement(action, destination, RouterHarness.UtcEpoch + _now);
            }
        }
    }

    private static void AssertNoAllocation(RouterHarness harness, InetAddress source, byte[] packet)
    {
        var router = harness.Router;
        var header = HeaderOf(router, source, packet);
        Receive(router, header, packet, harness.Now, 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Receive(router, header, packet, harness.Now, 10_000);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static DatagramHeader HeaderOf(VrrpRouter router, InetAddress source, byte[] packet) => new()
    {
        Length = packet.Length,
        Source = source,
        Destination = router.Options.EffectiveGroup,
        HopLimit = 255,
    };

    private static void Receive(VrrpRouter router, in DatagramHeader header, byte[] packet, long now, int count)
    {
        for (var i = 0; i < count; i++)
        {
            router.HandleDatagram(header, packet, now + i, RouterHarness.UtcEpoch);
            while (router.TryDequeue(out _))
            {
            }
        }
    }
}
