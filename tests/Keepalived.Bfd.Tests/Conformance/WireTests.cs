using Keepalived.Bfd.Tests.Transport;
using Keepalived.Bfd.Wire;
using Keepalived.Netlink;

namespace Keepalived.Bfd.Tests.Conformance;

/// <summary>RFC 5881, 5882 and 5883: what is seen on the wire of the endpoint's packets, before a session is up and after.</summary>
[Parallelizable(ParallelScope.None)]
public sealed class WireTests
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task C3_C4_C8_ControlPackets_HavePortsAndHopLimitOfTheRfc(bool isIPv6)
    {
        using var link = new TestLink();
        using var wire = new TestWire(link);
        await link.ConnectAsync(
            options => options with { Address = isIPv6 ? TestLink.LinkLocalOf('b') : options.Address },
            options => options with { Address = isIPv6 ? TestLink.LinkLocalOf('a') : options.Address });
        await TestLink.Expect(() => wire.To(BfdPorts.SingleHop).Count(static datagram => datagram.State == BfdState.Up) > 20, "packets");

        var datagrams = wire.To(BfdPorts.SingleHop);
        Assert.Multiple(() =>
        {
            Assert.That(datagrams.Select(static datagram => datagram.State), Does.Contain(BfdState.Up).And.Contain(BfdState.Down).Or.Contain(BfdState.Init));
            Assert.That(datagrams.Select(static datagram => datagram.SourcePort).Distinct().ToList(), Has.Count.EqualTo(1), "the same for all packets");
            Assert.That(datagrams[0].SourcePort, Is.GreaterThanOrEqualTo(BfdPorts.FirstSource));
            Assert.That(datagrams.Select(static datagram => datagram.HopLimit), Is.All.EqualTo(255));
            Assert.That(datagrams.Select(static datagram => datagram.TrafficClass), Is.All.EqualTo(0xc0));
            Assert.That(datagrams.Select(static datagram => datagram.Source), Is.All.EqualTo(isIPv6 ? TestLink.LinkLocalOf('a') : TestLink.AddressOf('a')));
            Assert.That(datagrams.Select(static datagram => datagram.HasIpChecksum), Is.All.True);
        });

        // Those of the session's own socket have their checksum from the kernel, after the wire; those that leave together bring it.
        Assert.That(datagrams.TakeLast(10).Select(static datagram => datagram.HasUdpChecksum), Is.All.True);
    }

    [Test]
    public async Task C5_SourcePorts_AreDifferentForEachSession()
    {
        using var link = new TestLink();
        using var wire = new TestWire(link);
        string[] prefixes = ["10.94.1.", "10.94.2.", "10.94.3.", "10.94.4."];
        link.Ip('a', [.. prefixes.Select(static prefix => $"address add {prefix}1/24 dev eth0")]);
        link.Ip('b', [.. prefixes.Select(static prefix => $"address add {prefix}2/24 dev eth0")]);
        await link.StartAsync('a', [.. prefixes.Select(static prefix => TestLink.Neighbor('a') with { Name = prefix, Address = InetAddress.Parse($"{prefix}2") })]);
        await TestLink.Expect(() => wire.To(BfdPorts.SingleHop).Select(static datagram => datagram.Destination).Distinct().Count() == 4, "all speak");
        Assert.That(wire.To(BfdPorts.SingleHop).Select(static datagram => datagram.SourcePort).Distinct().Count(), Is.EqualTo(4));
    }

    [TestCase((ushort)1000)]
    [TestCase((ushort)40_000)]
    public async Task C6_SourcePortOfTheNeighbour_DecidesNothing(ushort port)
    {
        using var link = new TestLink();
        using var forger = new Forger(link) { SourcePort = port };
        var a = (await link.StartAsync('a', TestLink.Neighbor('a') with { Session = TestLink.Quick with { DetectMultiplier = 200 } })).Neighbors[0];
        forger.Send(Forger.Of(a, BfdState.Down) with { MyDiscriminator = 7, YourDiscriminator = 0 });
        await TestLink.Expect(a, BfdState.Init);

        // By its discriminator, from another port than before.
        forger.SourcePort++;
        forger.Send(Forger.Of(a, BfdState.Init));
        await TestLink.Expect(a, BfdState.Up);
    }

    [Test]
    public async Task C11_Packets_TakeTheInterfaceOfTheSession_AndFirstOnesFromAnotherAreNotTaken()
    {
        using var link = new TestLink();
        link.Ip('a', $"link add eth1 type veth peer name eth1 netns {link.Name('b')}", "link set eth1 up", "route add 10.92.0.2/32 dev eth1");
        link.Ip('b', "link set eth1 up");
        using var wire = new TestWire(link);
        using var forger = new Forger(link);
        var a = await link.StartAsync('a', TestLink.Neighbor('a'));
        var session = a.Neighbors[0];
        await TestLink.Expect(() => wire.To(BfdPorts.SingleHop).Count > 0, "a packet");
        var eth0 = wire.To(BfdPorts.SingleHop)[0].InterfaceIndex;
        link.Ip('b', "route replace 10.92.0.1/32 dev eth1 src 10.92.0.2");
        link.Ip('a', "neighbour replace 10.92.0.2 dev eth0 lladdr 02:00:00:00:00:01 nud stale");
        forger.Send(Forger.Of(session, BfdState.Down) with { MyDiscriminator = 7, YourDiscriminator = 0 });
        await TestLink.Expect(() => a.DiscardedPackets > 0, "the first packet over eth1 is a stranger's");
        Assert.That(session.State, Is.EqualTo(BfdState.Down));

        link.Ip('b', "route del 10.92.0.1/32 dev eth1");
        link.Ip('a', "neighbour flush dev eth0");
        await link.StartAsync('b', TestLink.Neighbor('b'));
        await TestLink.Expect(session, BfdState.Up);
        await TestLink.Expect(() => wire.To(BfdPorts.SingleHop).Count(static datagram => datagram.State == BfdState.Up) > 20, "packets");
        Assert.That(
            wire.To(BfdPorts.SingleHop).Select(static datagram => datagram.InterfaceIndex), Is.All.EqualTo(eth0), "although the route says eth1");
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task C12_SharedLink_SourceIsOfTheNeighboursSubnet(bool isIPv6)
    {
        using var link = new TestLink();
        link.Ip('a', "address add 10.94.0.1/24 dev eth0", "address add 2001:db8:94::1/64 dev eth0 nodad");
        link.Ip('b', "address add 10.94.0.2/24 dev eth0", "address add 2001:db8:94::2/64 dev eth0 nodad");
        using var wire = new TestWire(link);
        string[] subnets = isIPv6 ? ["fe80::", "2001:db8:94::"] : ["10.92.0.", "10.94.0."];
        await link.StartAsync('a', Sessions('a', "2"));
        await link.StartAsync('b', Sessions('b', "1"));
        await TestLink.Expect(
            () => subnets.All(subnet => Datagrams(subnet).Count(static datagram => datagram.State == BfdState.Up) > 5), "both are up");
        foreach (var subnet in subnets)
        {
            Assert.That(
                Datagrams(subnet).Select(static datagram => datagram.Source), Is.All.EqualTo(InetAddress.Parse($"{subnet}1")), subnet);
        }

        List<TestWire.Datagram> Datagrams(string subnet) =>
            [.. wire.To(BfdPorts.SingleHop).Where(datagram => datagram.Destination == InetAddress.Parse($"{subnet}2"))];

        BfdNeighborOptions[] Sessions(char station, string host) => [.. subnets.Select(
            subnet => TestLink.Neighbor(station) with { Name = subnet, Address = InetAddress.Parse($"{subnet}{host}") })];
    }

    [Test]
    public async Task C14_InATunnel_AuthenticatedSessionsComeUp_AndOthersAreDiscarded()
    {
        using var link = new TestLink();
        foreach (var station in "ab")
        {
            if (!link.TryAddTunnel(station))
                Assert.Inconclusive("The kernel has no VXLAN tunnels.");
        }

        var options = TestLink.Quick with { Authentication = new BfdKeyChain(new BfdKey(1, BfdAuthenticationType.MeticulousKeyedSha1, "secret"u8)) };
        var a = (await link.StartAsync('a', Session('a', "2", options))).Neighbors[0];
        var b = await link.StartAsync('b', Session('b', "1", TestLink.Quick));
        await TestLink.Expect(() => a.Statistics.Discarded(BfdDiscardReason.AuthenticationMissing) > 0, "a discard");
        Assert.That(a.State, Is.EqualTo(BfdState.Down));
        await b.ApplyAsync([Session('b', "1", options)]);
        await TestLink.Expect(a, BfdState.Up);

        static BfdNeighborOptions Session(char station, string host, BfdSessionOptions options) => TestLink.Neighbor(station) with
        {
            Address = InetAddress.Parse($"10.95.0.{host}"),
            Interface = TestLink.Tunnel,
            Session = options,
        };
    }

    [Test]
    public async Task C7_EchoPackets_GoToOurselvesByTheNeighbour()
    {
        using var link = new TestLink();
        using var wire = new TestWire(link);
        var echo = TestLink.Quick with { EchoTxInterval = TimeSpan.FromMilliseconds(20), EchoDetectMultiplier = 50 };
        var answering = TestLink.Quick with { RequiredMinEchoRxInterval = TimeSpan.FromMilliseconds(20) };
        var (a, _) = await link.ConnectAsync(options => options with { Session = echo }, options => options with { Session = answering });
        await TestLink.Expect(() => a.Statistics.EchoPacketsReceived > 5, "echoes");
        var datagrams = wire.To(BfdPorts.Echo);
        Assert.Multiple(() =>
        {
            Assert.That(datagrams.Select(static datagram => (datagram.Source, datagram.Destination)),
                Is.All.EqualTo((TestLink.AddressOf('a'), TestLink.AddressOf('a'))));
            Assert.That(datagrams.Select(static datagram => datagram.HopLimit), Is.All.EqualTo(255));
            Assert.That(datagrams.Select(static datagram => datagram.HasIpChecksum && datagram.HasUdpChecksum), Is.All.True);
        });
    }

    [Test]
    public async Task C10_Authenticated_SentWith255_CheckedOnReceptionIfWanted()
    {
        using var link = new TestLink();
        var session = TestLink.Quick with
        {
            Authentication = new BfdKeyChain(new BfdKey(1, BfdAuthenticationType.MeticulousKeyedSha1, "secret"u8)),
            MinimumHopLimit = 0,
        };
        var (a, b) = await link.ConnectAsync(
            options => options with { Session = session, HopLimit = 64 }, options => options with { Session = session });
        Assert.That((a.State, b.State), Is.EqualTo((BfdState.Up, BfdState.Up)));
    }

    [Test]
    public async Task E7_B73_RemovedSession_IsAnnouncedAsAdministrativelyDown()
    {
        using var link = new TestLink();
        using var wire = new TestWire(link);
        var a = await link.StartAsync('a', TestLink.Neighbor('a'));
        var b = (await link.StartAsync('b', TestLink.Neighbor('b'))).Neighbors[0];
        await TestLink.Expect(b, BfdState.Up);
        await a.ApplyAsync([]);
        Assert.That(wire.To(BfdPorts.SingleHop)[^1].State, Is.EqualTo(BfdState.AdminDown));
        await TestLink.Expect(() => b.RemoteState == BfdState.AdminDown, "word of it");
    }

    [Test]
    public async Task F1_F5_Multihop_HasItsPort_AndAuthentication()
    {
        using var link = new TestLink();
        using var wire = new TestWire(link);
        var session = TestLink.Quick with { Authentication = new BfdKeyChain(new BfdKey(9, BfdAuthenticationType.KeyedSha1, "secret"u8)) };
        await link.ConnectAsync(
            options => options with { IsMultihop = true, Interface = null, Session = session, HopLimit = 20 },
            options => options with { IsMultihop = true, Interface = null, Session = session, HopLimit = 20 });
        Assert.That(wire.To(BfdPorts.Multihop).Select(static datagram => datagram.HopLimit), Is.Not.Empty.And.All.EqualTo(20));
        Assert.That(wire.To(BfdPorts.SingleHop), Is.Empty);
    }

    [Test]
    public async Task F4_B9_Passive_SaysNothingBeforeItHears()
    {
        using var link = new TestLink();
        using var wire = new TestWire(link);
        var passive = TestLink.Quick with { Role = BfdRole.Passive };
        var a = (await link.StartAsync('a', TestLink.Neighbor('a') with { Session = passive })).Neighbors[0];
        await Task.Delay(1500);
        Assert.That(wire.Datagrams, Is.Empty);
        await link.StartAsync('b', TestLink.Neighbor('b'));
        await TestLink.Expect(a, BfdState.Up);
    }
}
