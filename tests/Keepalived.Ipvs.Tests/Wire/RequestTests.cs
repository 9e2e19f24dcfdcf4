using System.Net.Sockets;
using Keepalived.Ipvs.Tests.Support;
using Keepalived.Netlink;

namespace Keepalived.Ipvs.Tests.Wire;

/// <summary>Requests, written by hand from linux/ip_vs.h: numbers in host order but for addresses, ports and the IPv4 netmask.</summary>
public sealed class RequestTests
{
    private const string TcpIdentity =
        "06000100" + "02000000" // AF: AF_INET
        + "06000200" + "06000000" // PROTOCOL: TCP
        + "14000300" + "C0000201" + "000000000000000000000000" // ADDR: 192.0.2.1
        + "06000400" + "00500000"; // PORT: 80

    private static readonly IpvsServiceKey Tcp = IpvsServiceKey.Create(IpvsProtocol.Tcp, InetAddress.Parse("192.0.2.1"), 80);

    [Test]
    public async Task AddService_OfAnAddress_CarriesEverything()
    {
        var sent = await SendAsync(IpvsOperation.AddService(new IpvsService { Key = Tcp }));
        Assert.That(sent, Is.EqualTo(
            "01010000" + "54000180" + TcpIdentity
            + "08000600" + "776C6300" // SCHED_NAME: wlc
            + "0C000700" + "00000000" + "FFFFFFFF" // FLAGS, mask
            + "08000800" + "00000000" // TIMEOUT
            + "08000900" + "FFFFFFFF")); // NETMASK
    }

    [Test]
    public async Task SetService_OfAMarkWithPersistence_CarriesEngineFlagsTimeoutAndPrefix()
    {
        var sent = await SendAsync(IpvsOperation.SetService(new IpvsService
        {
            Key = IpvsServiceKey.ForMark(7, AddressFamily.InterNetworkV6),
            Scheduler = IpvsScheduler.SourceHashing,
            Flags = IpvsServiceFlags.SourceHashFallback | IpvsServiceFlags.SourceHashPort,
            Persistence = new IpvsPersistence
            {
                Timeout = TimeSpan.FromMinutes(5),
                Granularity = IpvsGranularity.Prefix(64),
                Engine = "sip",
            },
        }));
        Assert.That(sent, Is.EqualTo(
            "02010000" + "40000180"
            + "06000100" + "0A000000" // AF: AF_INET6
            + "08000500" + "07000000" // FWMARK
            + "07000600" + "73680000" // SCHED_NAME: sh
            + "08000B00" + "73697000" // PE_NAME: sip
            + "0C000700" + "19000000" + "FFFFFFFF" // FLAGS: persistent, 1, 2
            + "08000800" + "2C010000" // TIMEOUT: 300
            + "08000900" + "40000000")); // NETMASK: 64
    }

    [Test]
    public async Task AddService_WithAnIPv4Mask_SendsItInNetworkOrder()
    {
        var sent = await SendAsync(IpvsOperation.AddService(new IpvsService
        {
            Key = Tcp,
            Persistence = new IpvsPersistence { Granularity = IpvsGranularity.Prefix(24) },
        }));
        Assert.That(sent, Does.EndWith("08000800" + "68010000" + "08000900" + "FFFFFF00"));
    }

    [Test]
    public async Task DeleteService_CarriesTheIdentityOnly() =>
        Assert.That(await SendAsync(IpvsOperation.DeleteService(Tcp)), Is.EqualTo("03010000" + "30000180" + TcpIdentity));

    [Test]
    public async Task AddDestination_InAGueTunnelOfAnotherFamily_CarriesTypePortAndChecksum()
    {
        var sent = await SendAsync(IpvsOperation.AddDestination(Tcp, new IpvsDestination
        {
            Address = InetAddress.Parse("2001:db8::a"),
            Port = 80,
            Forwarding = IpvsForwarding.Tunnel,
            Tunnel = IpvsTunnel.Gue(5555, IpvsTunnelChecksum.RemoteChecksum),
            Weight = 100,
            UpperThreshold = 1000,
            LowerThreshold = 500,
        }));
        Assert.That(sent, Is.EqualTo(
            "05010000" + "30000180" + TcpIdentity + "60000280"
            + "06000B00" + "0A000000" // ADDR_FAMILY
            + "14000100" + "20010DB800000000000000000000000A" // ADDR
            + "06000200" + "00500000" // PORT
            + "08000300" + "02000000" // FWD_METHOD: tunnel
            + "08000400" + "64000000" // WEIGHT
            + "05000D00" + "01000000" // TUN_TYPE: gue
            + "06000E00" + "15B30000" // TUN_PORT: 5555
            + "06000F00" + "02000000" // TUN_FLAGS
            + "08000500" + "E8030000" // U_THRESH
            + "08000600" + "F4010000")); // L_THRESH
    }

    [TestCase(IpvsForwarding.Nat, "00")]
    [TestCase(IpvsForwarding.Local, "01")]
    [TestCase(IpvsForwarding.DirectRouting, "03")]
    public async Task SetDestination_OutsideATunnel_HasNoTunnelAttributes(IpvsForwarding method, string number)
    {
        var sent = await SendAsync(IpvsOperation.SetDestination(
            Tcp, new IpvsDestination { Address = InetAddress.Parse("192.0.2.10"), Port = 80, Forwarding = method }));
        Assert.That(sent, Is.EqualTo(
            "06010000" + "30000180" + TcpIdentity + "48000280"
            + "06000B00" + "02000000"
            + "14000100" + "C000020A" + "000000000000000000000000"
            + "06000200" + "00500000"
            + "08000300" + number + "000000"
            + "08000400" + "01000000"
            + "08000500" + "00000000"
            + "08000600" + "00000000"));
    }

    [Test]
    public async Task DeleteDestination_CarriesFamilyAddressAndPortOnly()
    {
        var sent = await SendAsync(IpvsOperation.DeleteDestination(Tcp, new IpvsDestinationKey(InetAddress.Parse("192.0.2.10"), 80)));
        Assert.That(sent, Is.EqualTo(
            "07010000" + "30000180" + TcpIdentity + "28000280"
            + "06000B00" + "02000000" + "14000100" + "C000020A" + "000000000000000000000000" + "06000200" + "00500000"));
    }

    [Test]
    public async Task StartDaemon_CarriesWhatIsConfigured_PortInHostOrder()
    {
        var daemon = new IpvsSyncDaemon { Role = IpvsSyncRole.Master, Interface = "eth0", SyncId = 51 };
        const string common = "08000100" + "01000000" + "09000200" + "6574683000000000" + "08000300" + "33000000";
        var full = daemon with { MaxLength = 1500, Port = 8848, Ttl = 3, Group = InetAddress.Parse("224.0.0.81") };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await SendAsync(IpvsOperation.StartDaemon(daemon)), Is.EqualTo("09010000" + "20000380" + common));
            Assert.That(await SendAsync(IpvsOperation.StartDaemon(full)), Is.EqualTo(
                "09010000" + "40000380" + common
                + "06000400" + "DC050000" + "06000700" + "90220000" + "05000800" + "03000000" + "08000500" + "E0000051"));
            Assert.That(
                await SendAsync(IpvsOperation.StartDaemon(daemon with { Group = InetAddress.Parse("ff02::81") })),
                Does.EndWith("14000600" + "FF020000000000000000000000000081"));
        }
    }

    [Test]
    public async Task StopDaemon_CarriesRoleAndSyncId() => Assert.That(
        await SendAsync(IpvsOperation.StopDaemon(IpvsSyncRole.Backup)),
        Is.EqualTo("0A010000" + "14000380" + "08000100" + "02000000" + "08000300" + "00000000"));

    [Test]
    public async Task SetTimeouts_CarriesAllThreeInSeconds() => Assert.That(
        await SendAsync(IpvsOperation.SetTimeouts(new IpvsTimeouts { Tcp = TimeSpan.FromMinutes(10), Udp = TimeSpan.FromSeconds(5) })),
        Is.EqualTo("0C010000" + "08000400" + "58020000" + "08000500" + "00000000" + "08000600" + "05000000"));

    [Test]
    public async Task ZeroAndFlush_CarryAServiceOrNothing()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await SendAsync(IpvsOperation.Zero(Tcp)), Is.EqualTo("10010000" + "30000180" + TcpIdentity));
            Assert.That(await SendAsync(IpvsOperation.ZeroAll()), Is.EqualTo("10010000"));
            Assert.That(await SendAsync(IpvsOperation.Flush()), Is.EqualTo("11010000"));
        }
    }

    private static async Task<string> SendAsync(IpvsOperation operation)
    {
        await using var kernel = new KernelModel();
        await kernel.Client.SendAsync([operation]);
        return kernel.LastPayload;
    }
}
