using System.Net.Sockets;
using Keepalived.Ipvs;
using Keepalived.Kernel.Tests.Lab;

namespace Keepalived.Kernel.Tests.Traffic;

/// <summary>Connections of a client to a virtual address, over two servers, by every forwarding method.</summary>
public sealed class BalancingTests : IpvsFixture
{
    [TestCase(IpvsForwarding.Nat, AddressFamily.InterNetwork)]
    [TestCase(IpvsForwarding.DirectRouting, AddressFamily.InterNetwork)]
    [TestCase(IpvsForwarding.Tunnel, AddressFamily.InterNetwork)]
    [TestCase(IpvsForwarding.Nat, AddressFamily.InterNetworkV6)]
    [TestCase(IpvsForwarding.DirectRouting, AddressFamily.InterNetworkV6)]
    [TestCase(IpvsForwarding.Tunnel, AddressFamily.InterNetworkV6)]
    public async Task RoundRobin_OverTwoServers_AlternatesAndCounts(IpvsForwarding forwarding, AddressFamily family)
    {
        using var cluster = new Cluster(Director, forwarding, family);
        var key = IpvsServiceKey.Create(IpvsProtocol.Tcp, cluster.Vip, Cluster.Port);
        await Client.AddServiceAsync(new IpvsService { Key = key, Scheduler = "rr" });
        foreach (var address in cluster.Addresses)
            await Client.AddDestinationAsync(key, new IpvsDestination { Address = address, Port = Cluster.Port, Forwarding = forwarding });

        var answers = await cluster.AskAsync(20);
        Assert.That(answers, Is.EquivalentTo(new Dictionary<string, int> { ["one"] = 10, ["two"] = 10 }));

        // The kernel adds its statistics up every two seconds.
        var statistics = await WaitForConnectionsAsync(key, 20);
        Assert.That(statistics.IncomingPackets, Is.GreaterThanOrEqualTo(60));
        Assert.That(statistics.OutgoingPackets, forwarding == IpvsForwarding.Nat ? Is.GreaterThanOrEqualTo(60) : Is.Zero, "replies pass in NAT only");
        await Client.ZeroAsync(key);
        Assert.That((await Client.GetServiceAsync(key))!.Statistics.Connections, Is.Zero);

        await Client.SetDestinationAsync(key, new IpvsDestination
        {
            Address = cluster.Addresses[0],
            Port = Cluster.Port,
            Forwarding = forwarding,
            Weight = 0,
        });
        Assert.That(await cluster.AskAsync(4), Is.EquivalentTo(new Dictionary<string, int> { ["two"] = 4 }), "weight 0 drains");
        await Client.DeleteDestinationAsync(key, new IpvsDestinationKey(cluster.Addresses[1], Cluster.Port));
        Assert.That(await cluster.AskAsync(1), Is.EquivalentTo(new Dictionary<string, int> { ["none"] = 1 }));
    }

    [Test]
    public async Task Persistence_KeepsAClientAtItsServer()
    {
        using var cluster = new Cluster(Director, IpvsForwarding.Nat, AddressFamily.InterNetwork);
        var key = IpvsServiceKey.Create(IpvsProtocol.Tcp, cluster.Vip, Cluster.Port);
        await Client.AddServiceAsync(new IpvsService { Key = key, Scheduler = "rr", Persistence = new IpvsPersistence { Timeout = TimeSpan.FromSeconds(100) } });
        foreach (var address in cluster.Addresses)
            await Client.AddDestinationAsync(key, new IpvsDestination { Address = address, Port = Cluster.Port });
        Assert.That(await cluster.AskAsync(6), Has.Count.EqualTo(1));
        Assert.That((await Client.GetDestinationsAsync(key)).Sum(entry => entry.PersistentConnections), Is.EqualTo(1));
    }

    [Test]
    public async Task Weights_OfThreeToOne_AreSeenInConnections()
    {
        using var cluster = new Cluster(Director, IpvsForwarding.DirectRouting, AddressFamily.InterNetwork);
        var key = IpvsServiceKey.Create(IpvsProtocol.Tcp, cluster.Vip, Cluster.Port);
        var table = new IpvsTable(
        [
            new IpvsTableEntry(
                new IpvsService { Key = key, Scheduler = "wrr" },
                [
                    .. cluster.Addresses.Select((address, i) => new IpvsDestination
                    {
                        Address = address, Port = Cluster.Port, Forwarding = IpvsForwarding.DirectRouting, Weight = i == 0 ? 3 : 1,
                    }),
                ]),
        ]);
        await new IpvsReconciler(Client).ReconcileAsync(table);
        Assert.That(await cluster.AskAsync(16), Is.EquivalentTo(new Dictionary<string, int> { ["one"] = 12, ["two"] = 4 }));
    }

    private async Task<IpvsStatistics> WaitForConnectionsAsync(IpvsServiceKey key, ulong count)
    {
        IpvsStatistics statistics = default;
        for (var i = 0; i < 100; i++)
        {
            statistics = (await Client.GetServiceAsync(key))!.Statistics;
            if (statistics.Connections >= count)
                return statistics;
            await Task.Delay(100);
        }

        Assert.That(statistics.Connections, Is.EqualTo(count));
        return statistics;
    }
}
