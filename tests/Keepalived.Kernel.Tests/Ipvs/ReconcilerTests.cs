using Keepalived.Ipvs;
using Keepalived.Kernel.Tests.Lab;
using Keepalived.Netlink;

namespace Keepalived.Kernel.Tests.Ipvs;

/// <summary>The reconciler on a real table.</summary>
public sealed class ReconcilerTests : IpvsFixture
{
    [Test]
    public async Task Table_FromEmptyThenChangedThenBack_IsWhatIpvsadmLists()
    {
        var reconciler = new IpvsReconciler(Client);
        var first = await reconciler.ReconcileAsync(Table(services: 20, servers: 5, weight: 1));
        Assert.That(first.Failures, Is.Empty);
        var saved = Saved();
        Assert.That(saved, Has.Length.EqualTo(20 + 100));

        var again = await reconciler.ReconcileAsync(Table(services: 20, servers: 5, weight: 1));
        Assert.That(again.Applied, Is.Zero, "what is right is adopted");

        await reconciler.ReconcileAsync(Table(services: 19, servers: 4, weight: 7));
        Assert.That(Saved(), Has.Length.EqualTo(19 + 76).And.All.Not.Contains("-w 1"));
        await reconciler.ReconcileAsync(Table(services: 20, servers: 5, weight: 1));
        Assert.That(Saved(), Is.EquivalentTo(saved));
    }

    [Test]
    public async Task Drift_BySomebodyElse_IsPutRight_AndHisOwnServiceStays()
    {
        var options = new IpvsReconcilerOptions { Plan = new IpvsPlanOptions { Owns = key => key.Port != 4711 } };
        var reconciler = new IpvsReconciler(Client, options);
        await reconciler.ReconcileAsync(Table(services: 3, servers: 2, weight: 1));
        var saved = Saved();
        Ipvsadm("-D", "-t", "10.0.0.1:80");
        Ipvsadm("-e", "-t", "10.0.0.2:80", "-r", "10.1.2.1:80", "-m", "-w", "99");
        Ipvsadm("-A", "-t", "10.0.0.9:80", "-s", "rr");
        Ipvsadm("-A", "-t", "10.0.0.9:4711", "-s", "rr");
        await reconciler.ReconcileAsync(Table(services: 3, servers: 2, weight: 1));
        Assert.That(Saved(), Is.EquivalentTo([.. saved, "-A -t 10.0.0.9:4711 -s rr"]));
    }

    [Test]
    public async Task UnknownScheduler_OfOneService_LeavesTheOthersProgrammed()
    {
        var table = Table(services: 3, servers: 2, weight: 1);
        var bad = new IpvsTableEntry(
            new IpvsService { Key = IpvsServiceKey.Create(IpvsProtocol.Tcp, Address("10.0.9.9"), 80), Scheduler = "none-such" },
            [new IpvsDestination { Address = Address("10.1.1.1"), Port = 80 }]);
        var result = await new IpvsReconciler(Client).ReconcileAsync(new IpvsTable([.. table.Entries, bad]));
        Assert.That(result.Failures.Count(failure => !failure.IsConsequence), Is.EqualTo(1));
        Assert.That(Saved(), Has.Length.EqualTo(3 + 6));
    }

    private static IpvsTable Table(int services, int servers, int weight) => new(
    [
        .. Enumerable.Range(1, services).Select(service => new IpvsTableEntry(
            new IpvsService { Key = IpvsServiceKey.Create(IpvsProtocol.Tcp, Address($"10.0.0.{service}"), 80), Scheduler = "wrr" },
            [.. Enumerable.Range(1, servers).Select(server => new IpvsDestination
            {
                Address = Address($"10.1.{service}.{server}"), Port = 80, Weight = weight,
            })])),
    ]);
}
