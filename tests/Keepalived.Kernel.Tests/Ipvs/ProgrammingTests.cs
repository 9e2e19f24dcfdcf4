using System.Net.Sockets;
using Keepalived.Ipvs;
using Keepalived.Kernel.Tests.Lab;
using Keepalived.Netlink;

namespace Keepalived.Kernel.Tests.Ipvs;

/// <summary>What the client programs is what ipvsadm lists, and what ipvsadm programs is what the client reads.</summary>
public sealed class ProgrammingTests : IpvsFixture
{
    private static readonly IpvsServiceKey Web = IpvsServiceKey.Create(IpvsProtocol.Tcp, InetAddress.Parse("192.0.2.1"), 80);

    [TestCase("rr")]
    [TestCase("wrr")]
    [TestCase("lc")]
    [TestCase("wlc")]
    [TestCase("lblc")]
    [TestCase("lblcr")]
    [TestCase("dh")]
    [TestCase("sh")]
    [TestCase("sed")]
    [TestCase("nq")]
    [TestCase("fo")]
    [TestCase("ovf")]
    [TestCase("mh")]
    public async Task Scheduler_Programmed_IsListedByIpvsadm(string scheduler)
    {
        await Client.AddServiceAsync(new IpvsService { Key = Web, Scheduler = scheduler });
        Assert.That(Saved(), Is.EqualTo([$"-A -t 192.0.2.1:80 -s {scheduler}"]));
        Assert.That((await Client.GetServiceAsync(Web))!.Service.Scheduler, Is.EqualTo(scheduler));
    }

    [Test]
    public async Task Services_OfEveryKindAndFlag_AreListedByIpvsadm()
    {
        IpvsService[] services =
        [
            new() { Key = Key(IpvsProtocol.Udp, "192.0.2.1", 53), Scheduler = "rr", Flags = IpvsServiceFlags.OnePacket },
            new() { Key = Key(IpvsProtocol.Sctp, "192.0.2.1", 99), Scheduler = "rr" },
            new() { Key = Key(IpvsProtocol.Tcp, "2001:db8::1", 443), Scheduler = "sh", Flags = IpvsServiceFlags.SourceHashFallback | IpvsServiceFlags.SourceHashPort },
            new() { Key = Key(IpvsProtocol.Tcp, "192.0.2.2", 80), Scheduler = "mh", Flags = IpvsServiceFlags.MaglevPort },
            new() { Key = IpvsServiceKey.ForMark(7), Scheduler = "rr" },
            new() { Key = IpvsServiceKey.ForMark(7, AddressFamily.InterNetworkV6), Scheduler = "rr" },
            new()
            {
                Key = Key(IpvsProtocol.Tcp, "192.0.2.3", 0), Scheduler = "rr",
                Persistence = new IpvsPersistence { Timeout = TimeSpan.FromSeconds(50), Granularity = IpvsGranularity.Prefix(24) },
            },
            new()
            {
                Key = Key(IpvsProtocol.Tcp, "2001:db8::2", 80), Scheduler = "rr",
                Persistence = new IpvsPersistence { Timeout = TimeSpan.FromSeconds(51), Granularity = IpvsGranularity.Prefix(64) },
            },
            new()
            {
                Key = Key(IpvsProtocol.Udp, "192.0.2.4", 5060), Scheduler = "rr",
                Persistence = new IpvsPersistence { Timeout = TimeSpan.FromSeconds(60), Engine = "sip" },
            },
        ];
        var result = await Client.SendAsync([.. services.Select(IpvsOperation.AddService)]);
        Assert.That(result.Failures, Is.Empty);
        Assert.That(
            Saved(),
            Is.EquivalentTo(
            [
                "-A -u 192.0.2.1:53 -s rr -o",
                "-A --sctp-service 192.0.2.1:99 -s rr",
                "-A -t [2001:db8::1]:443 -s sh -b sh-fallback,sh-port",
                "-A -t 192.0.2.2:80 -s mh -b mh-port",
                "-A -f 7 -s rr",
                "-A -f 7 -6 -s rr",
                "-A -t 192.0.2.3:0 -s rr -p 50 -M 255.255.255.0",
                "-A -t [2001:db8::2]:80 -s rr -p 51 -M 64",
                "-A -u 192.0.2.4:5060 -s rr -p 60 --pe sip",
            ]));
        Assert.That((await Client.GetServicesAsync()).Select(entry => entry.Service), Is.EquivalentTo(services));
    }

    [Test]
    public async Task Destinations_OfEveryForwardingMethodAndTunnel_AreListedByIpvsadm()
    {
        await Client.AddServiceAsync(new IpvsService { Key = Web, Scheduler = "wlc" });
        IpvsDestination[] destinations =
        [
            Destination("198.51.100.1", IpvsForwarding.Nat) with { Port = 8080, Weight = 5 },
            Destination("198.51.100.2", IpvsForwarding.DirectRouting) with { Weight = 0 },
            Destination("198.51.100.3", IpvsForwarding.Tunnel),
            Destination("198.51.100.4", IpvsForwarding.Tunnel) with { Tunnel = IpvsTunnel.Gue(6080) },
            Destination("198.51.100.5", IpvsForwarding.Tunnel) with { Tunnel = IpvsTunnel.Gue(6081, IpvsTunnelChecksum.Checksum) },
            Destination("198.51.100.6", IpvsForwarding.Tunnel) with { Tunnel = IpvsTunnel.Gue(6082, IpvsTunnelChecksum.RemoteChecksum) },
            Destination("198.51.100.7", IpvsForwarding.Tunnel) with { Tunnel = IpvsTunnel.Gre() },
            Destination("198.51.100.8", IpvsForwarding.Tunnel) with { Tunnel = IpvsTunnel.Gre(IpvsTunnelChecksum.Checksum) },
            Destination("198.51.100.9", IpvsForwarding.Nat) with { UpperThreshold = 1000, LowerThreshold = 900 },
            Destination("127.0.0.1", IpvsForwarding.Nat),
        ];
        foreach (var destination in destinations)
            await Client.AddDestinationAsync(Web, destination);
        Assert.That(
            Saved().Skip(1),
            Is.EquivalentTo(
            [
                "-a -t 192.0.2.1:80 -r 198.51.100.1:8080 -m -w 5",
                "-a -t 192.0.2.1:80 -r 198.51.100.2:80 -g -w 0",
                "-a -t 192.0.2.1:80 -r 198.51.100.3:80 -i -w 1 --tun-type ipip",
                "-a -t 192.0.2.1:80 -r 198.51.100.4:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-nocsum",
                "-a -t 192.0.2.1:80 -r 198.51.100.5:80 -i -w 1 --tun-type gue --tun-port 6081 --tun-csum",
                "-a -t 192.0.2.1:80 -r 198.51.100.6:80 -i -w 1 --tun-type gue --tun-port 6082 --tun-remcsum",
                "-a -t 192.0.2.1:80 -r 198.51.100.7:80 -i -w 1 --tun-type gre --tun-nocsum",
                "-a -t 192.0.2.1:80 -r 198.51.100.8:80 -i -w 1 --tun-type gre --tun-csum",
                "-a -t 192.0.2.1:80 -r 198.51.100.9:80 -m -w 1",
                "-a -t 192.0.2.1:80 -r 127.0.0.1:80 -m -w 1",
            ]));
        // What is saved has no thresholds: a list of their own has.
        Assert.That(Ipvsadm("-L", "-n", "--thresholds"), Does.Match("198.51.100.9:80 +1000 +900 "));
        var read = (await Client.GetDestinationsAsync(Web)).Select(entry => entry.Destination).ToList();
        Assert.That(read.Where(destination => !destination.Address.IsLoopback), Is.EquivalentTo(destinations.SkipLast(1)));

        await Client.SetDestinationAsync(Web, destinations[0] with { Weight = 9, Forwarding = IpvsForwarding.DirectRouting, Port = 8080 });
        Assert.That(Saved(), Has.One.EqualTo("-a -t 192.0.2.1:80 -r 198.51.100.1:8080 -g -w 9").Or.One.EqualTo("-a -t 192.0.2.1:80 -r 198.51.100.1:8080 -m -w 9"));
        foreach (var destination in destinations)
            await Client.DeleteDestinationAsync(Web, destination.Key);
        Assert.That(Saved(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task IPv6_DestinationsAndMixedTunnels_AreListedByIpvsadm()
    {
        var service = Key(IpvsProtocol.Tcp, "2001:db8::1", 80);
        await Client.AddServiceAsync(new IpvsService { Key = service, Scheduler = "rr" });
        await Client.AddDestinationAsync(service, Destination("2001:db8::11", IpvsForwarding.Nat));
        await Client.AddDestinationAsync(service, Destination("2001:db8::12", IpvsForwarding.DirectRouting));
        await Client.AddDestinationAsync(service, Destination("2001:db8::13", IpvsForwarding.Tunnel));
        await Client.AddDestinationAsync(service, Destination("198.51.100.1", IpvsForwarding.Tunnel));
        Assert.That(
            Saved().Skip(1),
            Is.EquivalentTo(
            [
                "-a -t [2001:db8::1]:80 -r [2001:db8::11]:80 -m -w 1",
                "-a -t [2001:db8::1]:80 -r [2001:db8::12]:80 -g -w 1",
                "-a -t [2001:db8::1]:80 -r [2001:db8::13]:80 -i -w 1 --tun-type ipip",
                "-a -t [2001:db8::1]:80 -r 198.51.100.1:80 -i -w 1 --tun-type ipip",
            ]));
        Assert.That(await Client.GetDestinationsAsync(service), Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Table_ProgrammedByIpvsadm_IsReadTheSame()
    {
        var script = """
            -A -t 192.0.2.1:80 -s wrr
            -a -t 192.0.2.1:80 -r 198.51.100.1:80 -m -w 3
            -a -t 192.0.2.1:80 -r 198.51.100.2:80 -i -w 4 --tun-type gre --tun-csum
            -A -f 9 -s sh -b sh-port
            -a -f 9 -r 198.51.100.3:0 -g -w 1 -x 10 -y 5
            """;
        Shell.RunWith(script + "\n", "ip", "netns", "exec", Director.Name, "ipvsadm", "-R");
        var before = Saved();
        var table = await Client.GetTableAsync();
        await Client.FlushAsync();
        Assert.That(Saved(), Is.Empty);
        foreach (var entry in table)
        {
            await Client.AddServiceAsync(entry.Service);
            foreach (var destination in entry.Destinations.ToArray())
                await Client.AddDestinationAsync(entry.Service.Key, destination.Destination);
        }

        Assert.That(Saved(), Is.EquivalentTo(before));
    }

    [Test]
    public async Task Timeouts_Set_AreListedByIpvsadm_AndWhatIsNotSetStays()
    {
        await Client.SetTimeoutsAsync(new IpvsTimeouts
        {
            Tcp = TimeSpan.FromSeconds(700),
            TcpFin = TimeSpan.FromSeconds(70),
            Udp = TimeSpan.FromSeconds(200),
        });
        Assert.That(Ipvsadm("-L", "--timeout"), Does.Contain("700 70 200"));
        Assert.That((await Client.GetTimeoutsAsync()).TcpFin, Is.EqualTo(TimeSpan.FromSeconds(70)));
    }

    [Test]
    public async Task SyncDaemons_StartedAndStopped_AreListedByIpvsadm()
    {
        Director.Ip("link add eth0 type dummy", "link set eth0 up", "address add 192.0.2.9/24 dev eth0");
        await Client.StartDaemonAsync(new IpvsSyncDaemon { Role = IpvsSyncRole.Master, Interface = "eth0", SyncId = 51, Ttl = 4, Port = 9000 });
        await Client.StartDaemonAsync(new IpvsSyncDaemon { Role = IpvsSyncRole.Backup, Interface = "eth0", SyncId = 52 });
        Assert.That(
            Lines(Ipvsadm("-L", "--daemon", "-n")),
            Is.EqualTo(
            [
                "master sync daemon (mcast=eth0, syncid=51, maxlen=1472, group=224.0.0.81, port=9000, ttl=4)",
                "backup sync daemon (mcast=eth0, syncid=52, maxlen=1472, group=224.0.0.81, port=8848, ttl=1)",
            ]));
        var daemons = await Client.GetDaemonsAsync();
        Assert.That(daemons.Select(daemon => (daemon.Role, daemon.SyncId)), Is.EquivalentTo([(IpvsSyncRole.Master, 51), (IpvsSyncRole.Backup, 52)]));
        await Client.StopDaemonAsync(IpvsSyncRole.Master);
        await Client.StopDaemonAsync(IpvsSyncRole.Backup);
        Assert.That(await Client.GetDaemonsAsync(), Is.Empty);
    }

    [Test]
    public async Task Refusals_HaveTheErrorNumberAndSayWhat()
    {
        await Client.AddServiceAsync(new IpvsService { Key = Web, Scheduler = "rr" });
        var exists = (await Assert.ThrowsAsync<NetlinkException>(() => Client.AddServiceAsync(new IpvsService { Key = Web, Scheduler = "rr" })))!;
        var scheduler = (await Assert.ThrowsAsync<NetlinkException>(
            () => Client.AddServiceAsync(new IpvsService { Key = Key(IpvsProtocol.Tcp, "192.0.2.9", 1), Scheduler = "none-such" })))!;
        var missing = (await Assert.ThrowsAsync<NetlinkException>(
            () => Client.DeleteServiceAsync(Key(IpvsProtocol.Tcp, "192.0.2.9", 1))))!;
        var destination = (await Assert.ThrowsAsync<NetlinkException>(
            () => Client.DeleteDestinationAsync(Web, Destination("198.51.100.1", IpvsForwarding.Nat).Key)))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exists.IsExists, exists.Message);
            Assert.That(scheduler.Errno, Is.EqualTo(Errno.ENOENT), scheduler.Message);
            Assert.That(scheduler.Message, Does.Contain("the kernel has no scheduler 'none-such'"));
            Assert.That(missing.IsNotFound, missing.Message);
            Assert.That(destination.IsNotFound, destination.Message);
            Assert.That(Saved(), Is.EqualTo(["-A -t 192.0.2.1:80 -s rr"]));
        }
    }

    private static IpvsServiceKey Key(IpvsProtocol protocol, string address, ushort port) =>
        IpvsServiceKey.Create(protocol, Address(address), port);

    private static IpvsDestination Destination(string address, IpvsForwarding forwarding) =>
        new() { Address = Address(address), Port = 80, Forwarding = forwarding };
}
