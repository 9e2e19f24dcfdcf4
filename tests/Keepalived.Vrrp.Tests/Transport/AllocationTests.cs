using System.Globalization;
using Keepalived.Netlink;
using Keepalived.Vrrp.Interfaces;
using Keepalived.Vrrp.Tests.Core;
using static Keepalived.Vrrp.Tests.Transport.TestLink;

namespace Keepalived.Vrrp.Tests.Transport;

/// <summary>Once it runs, an engine makes no garbage: no collection can ever delay an advert.</summary>
[NonParallelizable]
public sealed class AllocationTests
{
    private const int Attempts = 6;

    /// <summary>How long to watch: 3 s, or what KEEPALIVED_STEADY_SECONDS says.</summary>
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("KEEPALIVED_STEADY_SECONDS") ?? "3", CultureInfo.InvariantCulture));

    [TestCase(100, 100, false, false)]
    [TestCase(100, 100, true, false)]
    [TestCase(100, 100, false, true)]
    [TestCase(1000, 1000, false, false)]
    public async Task SteadyState_ManyRoutersEachWay_AllocatesNothing(int count, int milliseconds, bool signed, bool grouped)
    {
        var groups = grouped ? Enumerable.Range(1, count).Where(static id => id % 4 is 1 or 2).Select(Group).ToArray() : [];
        var hmac = signed ? TestKeys.Hmac() : null;
        using var link = new TestLink();
        // At each end half of the routers are masters and half are backups, so that all packet paths are used.
        var a = await link.StartAsync(
            'a', new VrrpEngineOptions(), groups,
            [.. Enumerable.Range(1, count).Select(id => Options(id, id % 2 == 0 ? 200 : 100, milliseconds, hmac))]);
        var b = await link.StartAsync(
            'b', new VrrpEngineOptions(), groups,
            [.. Enumerable.Range(1, count).Select(id => Options(id, id % 2 == 0 ? 100 : 200, milliseconds, hmac))]);
        await Expect(
            () => a.Routers.Concat(b.Routers).Count(router => router.State == VrrpState.Master) == count, "each router has a master", 30);
        await Task.Delay(TimeSpan.FromSeconds(7));

        // A machine so busy that a router takes over, or that the announcements of a thousand are still going on, is not in steady state: then
        // once more. What packets and timers allocate would show every time.
        for (var attempt = 1; ; attempt++)
        {
            var changes = Changes();
            var received = a.Routers.Sum(router => router.Statistics.AdvertisementsReceived);
            var (allocated, collections) = (AllocatedByLoop(a) + AllocatedByLoop(b), GC.CollectionCount(0));
            var longTurns = LongTurns();
            var all = GC.GetTotalAllocatedBytes(precise: true);
            Thread.Sleep(Hold);
            all = GC.GetTotalAllocatedBytes(precise: true) - all;
            var allocatedMeanwhile = AllocatedByLoop(a) + AllocatedByLoop(b) - allocated;
            var isSteady = Changes() == changes && allocatedMeanwhile <= 1024 * (LongTurns() - longTurns);
            if (!isSteady && attempt < Attempts)
            {
                await Task.Delay(TimeSpan.FromSeconds(7));
                continue;
            }

            Assert.That(Changes(), Is.EqualTo(changes), $"changes of state in {Hold}, {Attempts} times");
            Assert.That(a.Routers.Sum(router => router.Statistics.AdvertisementsReceived) - received, Is.GreaterThan(500),
                "adverts were received meanwhile");
            TestContext.Out.WriteLine(
                $"{allocatedMeanwhile} bytes allocated in {Hold} by the loops of {2 * count} routers, {all} by the whole process");
            // On a busy machine a loop may report that a turn took long: the report is a line of log, and costs a string.
            Assert.That(allocatedMeanwhile, Is.LessThanOrEqualTo(1024 * (LongTurns() - longTurns)), $"bytes allocated by the loops in {Hold}");
            // Over a longer time, and once more in a process that tests much else, the test runner's own reports would be counted, too.
            if (!signed && !grouped && attempt == 1 && Hold <= TimeSpan.FromSeconds(3))
                Assert.That(all, Is.LessThan(1024), "bytes allocated by the whole process");
            Assert.That(GC.CollectionCount(0), Is.EqualTo(collections));
            return;
        }

        long Changes() => a.Routers.Concat(b.Routers).Sum(static router => router.Statistics.BecameMaster + router.Statistics.ReleasedMaster);

        long LongTurns() => a.LoopStatistics!.LongTurns + b.LoopStatistics!.LongTurns;
    }

    [Test]
    public async Task SteadyState_WithVirtualMacInterfaces_AllocatesNothing()
    {
        const int Count = 20;
        using var link = new TestLink();
        VirtualRouterOptions[] WithPriority(int priority) =>
            [.. Enumerable.Range(1, Count).Select(id => Options(id, priority, 100, null) with { VirtualMac = new VirtualMacOptions() })];
        var a = await link.StartAsync('a', new VrrpEngineOptions(), WithPriority(200));
        var b = await link.StartAsync('b', new VrrpEngineOptions(), WithPriority(100));
        await Expect(() => a.Routers.Count(router => router.State == VrrpState.Master) == Count
            && b.Routers.All(router => router.State == VrrpState.Backup && !router.MasterAddress.IsNone), "one side has the masters", 15);
        await Task.Delay(TimeSpan.FromSeconds(7));
        var (received, allocated, longTurns) =
            (b.Routers.Sum(router => router.Statistics.AdvertisementsReceived), AllocatedByLoop(a) + AllocatedByLoop(b), LongTurns());
        Thread.Sleep(Hold);
        var allocatedMeanwhile = AllocatedByLoop(a) + AllocatedByLoop(b) - allocated;
        Assert.That(b.Routers.Sum(router => router.Statistics.AdvertisementsReceived) - received, Is.GreaterThan(100));
        Assert.That(allocatedMeanwhile, Is.LessThanOrEqualTo(1024 * (LongTurns() - longTurns)), $"bytes allocated by the loops in {Hold}");
        Assert.That(b.UnknownVirtualRouterIds, Is.Zero, "each hears its own");

        long LongTurns() => a.LoopStatistics!.LongTurns + b.LoopStatistics!.LongTurns;
    }

    /// <summary>Asks the loop's thread, in a way that makes it allocate nothing itself.</summary>
    private static long AllocatedByLoop(VrrpEngine engine)
    {
        using var answered = new ManualResetEventSlim();
        var bytes = 0L;
        engine.Post(() =>
        {
            bytes = GC.GetAllocatedBytesForCurrentThread();
            answered.Set();
        });
        answered.Wait();
        return bytes;
    }

    /// <summary>Two of the same priority.</summary>
    private static VrrpSyncGroupOptions Group(int id) => new()
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"g{id}"),
        Members = [Name(id), Name(id + 2)],
    };

    private static string Name(int id) => string.Create(CultureInfo.InvariantCulture, $"r{id}");

    private static VirtualRouterOptions Options(int id, int priority, int milliseconds, VrrpHmacOptions? hmac) => new()
    {
        Hmac = hmac,
        Name = Name(id),
        VirtualRouterId = (byte)(((id - 1) % 255) + 1),
        Group = InetAddress.FromIPv4(0xe0000012 + ((uint)((id - 1) / 255) << 8)),
        Interface = Interface,
        Priority = (byte)priority,
        AdvertisementInterval = TimeSpan.FromMilliseconds(milliseconds),
        Addresses = [VirtualAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"10.92.{id / 250}.{(id % 250) + 1}/32"))],
    };
}
