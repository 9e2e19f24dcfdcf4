using System.Globalization;
using static Keepalived.Vrrp.Tests.Transport.TestLink;

namespace Keepalived.Vrrp.Tests.Transport;

/// <summary>Once it runs, an engine makes no garbage: no collection can ever delay an advert.</summary>
[NonParallelizable]
public sealed class AllocationTests
{
    private const int Routers = 100;

    [Test]
    public async Task SteadyState_HundredRoutersEachWay_AllocatesNothing()
    {
        using var link = new TestLink();
        // At each end half of the routers are masters and half are backups, so that all packet paths are used.
        var a = await link.StartAsync('a', [.. Enumerable.Range(1, Routers).Select(id => Options(id, id % 2 == 0 ? 200 : 100))]);
        var b = await link.StartAsync('b', [.. Enumerable.Range(1, Routers).Select(id => Options(id, id % 2 == 0 ? 100 : 200))]);
        await Expect(
            () => a.Routers.Concat(b.Routers).Count(router => router.State == VrrpState.Master) == Routers, "each router has a master", 15);
        await Task.Delay(TimeSpan.FromSeconds(7));

        var received = a.Routers.Sum(router => router.Statistics.AdvertisementsReceived);
        var (allocated, collections) = (GC.GetTotalAllocatedBytes(precise: true), GC.CollectionCount(0));
        Thread.Sleep(3000);
        var allocatedMeanwhile = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        Assert.That(a.Routers.Sum(router => router.Statistics.AdvertisementsReceived) - received, Is.GreaterThan(500),
            "adverts were received meanwhile");
        Assert.That(allocatedMeanwhile, Is.LessThan(1024), "bytes allocated in 3 s");
        Assert.That(GC.CollectionCount(0), Is.EqualTo(collections));
    }

    private static VirtualRouterOptions Options(int id, int priority) => new()
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"r{id}"),
        VirtualRouterId = (byte)id,
        Interface = Interface,
        Priority = (byte)priority,
        AdvertisementInterval = TimeSpan.FromMilliseconds(100),
        Addresses = [VirtualAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"10.91.1.{id}/32"))],
    };
}
