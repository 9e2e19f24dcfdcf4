using CsCheck;
using Keepalived.Ipvs.Tests.Support;
using Keepalived.Netlink;

namespace Keepalived.Ipvs.Tests;

public sealed class IpvsPlanTests
{
    private static readonly IpvsServiceKey Web = IpvsServiceKey.Create(IpvsProtocol.Tcp, InetAddress.Parse("192.0.2.1"), 80);
    private static readonly IpvsService Service = new() { Key = Web };
    private static readonly IpvsDestination First = new() { Address = InetAddress.Parse("192.0.2.10"), Port = 8080, Weight = 10 };
    private static readonly IpvsDestination Second = First with { Address = InetAddress.Parse("192.0.2.11") };

    [Test]
    public void Plan_FromEmpty_AddsEachServiceBeforeItsDestinations()
    {
        var plan = IpvsPlan.Create(Desired(First, Second), []);
        Assert.That(Words(plan), Is.EqualTo(new[]
        {
            "add IPVS service TCP 192.0.2.1:80 wlc",
            "add IPVS destination 192.0.2.10:8080 NAT weight 10 to TCP 192.0.2.1:80",
            "add IPVS destination 192.0.2.11:8080 NAT weight 10 to TCP 192.0.2.1:80",
        }));
    }

    [Test]
    public void Plan_OfWhatIsThere_IsEmpty() =>
        Assert.That(IpvsPlan.Create(Desired(First, Second), Actual(Second, First)).IsEmpty, Is.True);

    [Test]
    public void Plan_ForOneWeight_IsOneOperation()
    {
        var plan = IpvsPlan.Create(Desired(First with { Weight = 5 }, Second), Actual(First, Second));
        Assert.That(
            Words(plan), Is.EqualTo(new[] { "change IPVS destination to 192.0.2.10:8080 NAT weight 5 in TCP 192.0.2.1:80" }));
    }

    [Test]
    public void Plan_ForAThreshold_IsOneOperation()
    {
        var plan = IpvsPlan.Create(Desired(First with { UpperThreshold = 5 }), Actual(First));
        Assert.That(plan.Operations.Single().Command, Is.EqualTo(IpvsCommand.SetDestination));
    }

    [Test]
    public void Plan_ForAScheduler_ChangesTheServiceAndNoDestination()
    {
        var desired = new IpvsTable([new IpvsTableEntry(Service with { Scheduler = "rr" }, [First])]);
        Assert.That(Words(IpvsPlan.Create(desired, Actual(First))), Is.EqualTo(new[] { "change IPVS service to TCP 192.0.2.1:80 rr" }));
    }

    [Test]
    public void Plan_WhereAPrefixOf32SaysHost_IsEmpty()
    {
        var persistence = new IpvsPersistence { Granularity = IpvsGranularity.Prefix(32) };
        var desired = new IpvsTable([new IpvsTableEntry(Service with { Persistence = persistence }, [])]);
        var actual = new IpvsServiceEntry { Service = Service with { Persistence = new IpvsPersistence() } };
        Assert.That(IpvsPlan.Create(desired, [actual]).IsEmpty, Is.True);
    }

    [Test]
    public void Plan_RaisesCapacityBeforeItLowersIt()
    {
        var added = First with { Address = InetAddress.Parse("192.0.2.12") };
        var plan = IpvsPlan.Create(
            Desired(First with { Weight = 1 }, Second with { Weight = 20 }, added),
            Actual(First, Second, First with { Address = InetAddress.Parse("192.0.2.13") }));
        Assert.That(plan.Operations.Select(operation => (operation.Command, operation.DestinationKey?.Address.ToString())), Is.EqualTo(new[]
        {
            (IpvsCommand.SetDestination, "192.0.2.11"),
            (IpvsCommand.NewDestination, "192.0.2.12"),
            (IpvsCommand.SetDestination, "192.0.2.10"),
            (IpvsCommand.DeleteDestination, "192.0.2.13"),
        }));
    }

    [Test]
    public void Plan_ToEmpty_DeletesTheServiceOnly() =>
        Assert.That(Words(IpvsPlan.Create(IpvsTable.Empty, Actual(First))), Is.EqualTo(new[] { "delete IPVS service TCP 192.0.2.1:80" }));

    [Test]
    public void Plan_LeavesServicesOfOthers()
    {
        var mark = new IpvsServiceEntry { Service = new IpvsService { Key = IpvsServiceKey.ForMark(5) } };
        var options = new IpvsPlanOptions { Owns = key => key.IsMark };
        var plan = IpvsPlan.Create(IpvsTable.Empty, [.. Actual(First), mark], options);
        Assert.That(Words(plan), Is.EqualTo(new[] { "delete IPVS service FWM 5" }));
    }

    [Test]
    public void Drain_OfADestination_SetsItsWeightToZero_WaitsForItsConnections_AndDeletesIt()
    {
        var options = new IpvsPlanOptions { Removal = IpvsRemoval.Drain };
        var desired = Desired(First);
        var busy = Actual(First, Second);
        var plan = IpvsPlan.Create(desired, busy, options);
        Assert.That((Words(plan).Single(), plan.DrainingCount), Is.EqualTo(
            ("change IPVS destination to 192.0.2.11:8080 NAT weight 0 in TCP 192.0.2.1:80", 1)));

        var connected = new IpvsDestinationEntry { Destination = Second with { Weight = 0 }, ActiveConnections = 1 };
        plan = IpvsPlan.Create(desired, [new IpvsServiceEntry { Service = Service, Destinations = [Entry(First), connected] }], options);
        Assert.That((plan.Operations.Count, plan.DrainingCount), Is.EqualTo((0, 1)));

        plan = IpvsPlan.Create(desired, Actual(First, Second with { Weight = 0 }), options);
        Assert.That((Words(plan).Single(), plan.DrainingCount), Is.EqualTo(
            ("delete IPVS destination 192.0.2.11:8080 from TCP 192.0.2.1:80", 0)));
    }

    [TestCase(1u, 0u, 0u)]
    [TestCase(0u, 1u, 0u)]
    [TestCase(0u, 0u, 1u)]
    public void Drain_OfAService_KeepsItWhileAnythingIsLeft(uint active, uint inactive, uint persistent)
    {
        var options = new IpvsPlanOptions { Removal = IpvsRemoval.Drain };
        var busy = new IpvsDestinationEntry
        {
            Destination = First with { Weight = 0 },
            ActiveConnections = active,
            InactiveConnections = inactive,
            PersistentConnections = persistent,
        };
        var idle = Entry(Second with { Weight = 0 });
        var plan = IpvsPlan.Create(IpvsTable.Empty, [new IpvsServiceEntry { Service = Service, Destinations = [busy, idle] }], options);
        Assert.That((plan.Operations.Count, plan.DrainingCount), Is.EqualTo((0, 1)));
        plan = IpvsPlan.Create(IpvsTable.Empty, Actual(First with { Weight = 0 }, Second with { Weight = 0 }), options);
        Assert.That(Words(plan), Is.EqualTo(new[] { "delete IPVS service TCP 192.0.2.1:80" }));
    }

    [Test]
    public void Drain_OfADestinationThatReturns_GivesItsWeightBack()
    {
        var options = new IpvsPlanOptions { Removal = IpvsRemoval.Drain };
        var plan = IpvsPlan.Create(Desired(First), Actual(First with { Weight = 0 }), options);
        Assert.That((plan.Operations.Single().Destination, plan.DrainingCount), Is.EqualTo((First, 0)));
    }

    [Test]
    public void Plan_BetweenAnyTables_TouchesNothingThatIsEqual_AndEverythingElseOnce() =>
        Gen.Select(Generate.Table, Generate.Table).Sample((before, after) =>
        {
            var operations = IpvsPlan.Create(after, Snapshot(before)).Operations;
            var expected = 0;
            foreach (var key in before.Entries.Concat(after.Entries).Select(entry => entry.Service.Key).Distinct())
            {
                var ofService = operations.Where(operation => operation.Key == key).ToList();
                Assert.That(ofService.Select(operation => (operation.Command, operation.DestinationKey)), Is.Unique);
                before.TryFind(key, out var old);
                if (!after.TryFind(key, out var now))
                {
                    expected++;
                    continue;
                }

                if (old is null)
                {
                    expected += 1 + now.Destinations.Count;
                    continue;
                }

                var olds = old.Destinations.ToDictionary(destination => destination.Key);
                var news = now.Destinations.ToDictionary(destination => destination.Key);
                var same = news.Values.Where(destination => olds.TryGetValue(destination.Key, out var was) && was == destination).ToList();
                Assert.That(ofService, Has.None.Matches<IpvsOperation>(operation => same.Any(one => one.Key == operation!.DestinationKey)));
                expected += (old.Service == now.Service ? 0 : 1) + olds.Keys.Union(news.Keys).Count() - same.Count;
            }

            Assert.That(operations, Has.Count.EqualTo(expected));
        }, iter: 500);

    [Test]
    public void Table_WithTheSameTwice_IsRefused()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => new IpvsTable([new IpvsTableEntry(Service, []), new IpvsTableEntry(Service with { Scheduler = "rr" }, [])]),
                Throws.ArgumentException.With.Message.Contains("TCP 192.0.2.1:80 is there twice"));
            Assert.That(
                () => Desired(First, First with { Weight = 2 }), Throws.ArgumentException.With.Message.Contains("192.0.2.10:8080 twice"));
            Assert.That(() => Desired(First with { Weight = -1 }), Throws.ArgumentException.With.Message.Contains("negative"));
        }
    }

    private static IpvsTable Desired(params IpvsDestination[] destinations) => new([new IpvsTableEntry(Service, [.. destinations])]);

    private static IpvsServiceEntry[] Actual(params IpvsDestination[] destinations) =>
        [new IpvsServiceEntry { Service = Service, Destinations = [.. destinations.Select(Entry)] }];

    private static IpvsServiceEntry[] Snapshot(IpvsTable table) =>
    [
        .. table.Entries.Select(entry => new IpvsServiceEntry
        {
            Service = entry.Service, Destinations = [.. entry.Destinations.Select(Entry)],
        }),
    ];

    private static IpvsDestinationEntry Entry(IpvsDestination destination) => new() { Destination = destination };

    private static IEnumerable<string> Words(IpvsPlan plan) => plan.Operations.Select(operation => operation.ToString());
}
