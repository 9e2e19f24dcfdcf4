using Keepalived.Netlink;
using Keepalived.Vrrp.Tests.Core;
using static Keepalived.Vrrp.Tests.Transport.TestLink;

namespace Keepalived.Vrrp.Tests.Transport;

/// <summary>Two engines on a link: who is master, and what happens when it goes.</summary>
[NonParallelizable]
public sealed class FailoverTests
{
    private const string Vip = "10.91.0.100";
    private const string VipIPv6 = "fe80::100";
    private static readonly VrrpAuthentication AuthenticationHeader = VrrpAuthentication.AuthenticationHeader("s3cret");

    private TestLink _link = null!;

    [SetUp]
    public void MakeLink() => _link = new TestLink();

    [TearDown]
    public void RemoveLink() => _link?.Dispose();

    public enum Kind
    {
        V2,
        V2Password,
        V3,
        V3IPv6,
        V3Unicast,
        V3UnicastIPv6,
        AuthenticationHeader,
        AuthenticationHeaderUnicast,
        V2Hmac,
        V3Hmac,
        V3HmacIPv6,
        V3HmacUnicast,
    }

    [Test]
    public async Task Master_Stops_BackupTakesOver([Values] Kind kind)
    {
        var vip = Options(kind, 'a', 100).Addresses[0].Address.ToString();
        var a = await _link.StartAsync('a', Options(kind, 'a', 200));
        await Expect(a.Routers[0], VrrpState.Master);
        await Expect(() => _link.Holds('a', vip), "the master has the address");
        var b = await _link.StartAsync('b', Options(kind, 'b', 100));
        await Expect(() => b.Routers[0].Statistics.AdvertisementsReceived >= 2, "the backup hears the master");
        Assert.That(b.Routers[0].State, Is.EqualTo(VrrpState.Backup));
        Assert.That(b.Routers[0].Statistics.TotalDiscarded, Is.Zero);
        Assert.That(_link.Holds('b', vip), Is.False);

        await a.StopAsync();
        Assert.That(_link.Holds('a', vip), Is.False, "the address is gone when StopAsync returns");
        await Expect(b.Routers[0], VrrpState.Master);
        await Expect(() => _link.Holds('b', vip), "the new master has the address");
        Assert.That(b.Routers[0].Statistics.PriorityZeroReceived, Is.EqualTo(1));

        await b.StopAsync();
        Assert.That(_link.Holds('b', vip), Is.False);
        Assert.That(a.SendErrors + b.SendErrors, Is.Zero);
    }

    [Test]
    public async Task HigherPriority_Starts_Preempts()
    {
        var b = await _link.StartAsync('b', Options(Kind.V3, 'b', 100));
        await Expect(b.Routers[0], VrrpState.Master);
        var a = await _link.StartAsync('a', Options(Kind.V3, 'a', 200));
        await Expect(a.Routers[0], VrrpState.Master);
        await Expect(b.Routers[0], VrrpState.Backup);
        await Expect(() => !_link.Holds('b', Vip) && _link.Holds('a', Vip), "the address moved");
        Assert.That(b.Routers[0].MasterAddress, Is.EqualTo(InetAddress.Parse("10.91.0.1")));
    }

    [Test]
    public async Task Master_Silent_BackupTakesOverAfterMasterDownInterval()
    {
        var a = await _link.StartAsync('a', Options(Kind.V3, 'a', 200));
        await Expect(a.Routers[0], VrrpState.Master);
        var b = await _link.StartAsync('b', Options(Kind.V3, 'b', 100));
        await Expect(() => b.Routers[0].Statistics.AdvertisementsReceived >= 2, "the backup hears the master");
        _link.Ip('a', "link set eth0 down");
        await Expect(a.Routers[0], VrrpState.Fault);
        // The veth's other end goes down with it: what the backup sees is its own cable pulled.
        await Expect(b.Routers[0], VrrpState.Fault);
        Assert.That(_link.Holds('a', Vip), Is.False);

        _link.Ip('a', "link set eth0 up");
        await Expect(a.Routers[0], VrrpState.Master);
        await Expect(() => _link.Holds('a', Vip), "the address is back");
        await Expect(b.Routers[0], VrrpState.Backup);
    }

    [Test]
    public async Task Owner_Starts_IsMasterAtOnce()
    {
        var a = await _link.StartAsync('a', Options(Kind.V3, 'a', 255) with { AdvertisementInterval = TimeSpan.FromSeconds(10) });
        await Expect(a.Routers[0], VrrpState.Master, seconds: 2);
        await Expect(() => _link.Holds('a', Vip), "the owner has its address", seconds: 2);
    }

    [Test]
    public async Task IPv6_LinkDownAndUp_FaultUntilThereIsASource()
    {
        var a = await _link.StartAsync('a', Options(Kind.V3IPv6, 'a', 200));
        await Expect(a.Routers[0], VrrpState.Master);
        _link.Ip('a', "link set eth0 down");
        await Expect(a.Routers[0], VrrpState.Fault);
        // Going down, the interface lost its IPv6 addresses, and being up it makes none of its own here.
        _link.Ip('a', "link set eth0 up");
        await Task.Delay(300);
        Assert.That(a.Routers[0].State, Is.EqualTo(VrrpState.Fault));
        Assert.That(a.Routers[0].SourceAddress, Is.EqualTo(InetAddress.None));
        _link.Ip('a', "address add fe80::1/64 dev eth0 nodad");
        await Expect(a.Routers[0], VrrpState.Master);
        Assert.That(a.Routers[0].SourceAddress, Is.EqualTo(InetAddress.Parse("fe80::1")));
        await Expect(() => _link.Holds('a', VipIPv6), "the address is back");
    }

    [Test]
    public async Task Unicast_PeersWithSameVrid_AreToldApartBySender()
    {
        _link.Ip('b', "address add 10.91.0.3/24 dev eth0");
        var first = Options(Kind.V3Unicast, 'a', 100) with { Name = "first" };
        var second = first with
        {
            Name = "second",
            Peers = [new VrrpPeer(InetAddress.Parse("10.91.0.3"))],
            Addresses = [VirtualAddress.Parse("10.91.0.101")],
        };
        var a = await _link.StartAsync('a', first with { SourceAddress = InetAddress.Parse("10.91.0.1") },
            second with { SourceAddress = InetAddress.Parse("10.91.0.1") });
        var b = await _link.StartAsync('b',
            Options(Kind.V3Unicast, 'b', 200) with { SourceAddress = InetAddress.Parse("10.91.0.3"), Addresses = second.Addresses });
        await Expect(b.Routers[0], VrrpState.Master);
        await Expect(() => a.Find("second")!.Statistics.AdvertisementsReceived > 0, "the second hears its peer");
        await Expect(a.Find("first")!, VrrpState.Master);
        await Expect(a.Find("second")!, VrrpState.Backup);
        Assert.That(a.Find("first")!.Statistics.AdvertisementsReceived, Is.Zero);
    }

    internal static VirtualRouterOptions Options(Kind kind, char station, byte priority)
    {
        var options = new VirtualRouterOptions
        {
            Name = "web",
            VirtualRouterId = 51,
            Interface = Interface,
            Priority = priority,
            AdvertisementInterval = TimeSpan.FromMilliseconds(100),
            Addresses = [VirtualAddress.Parse(Vip + "/24")],
        };
        var peer = station == 'a' ? 2 : 1;
        return kind switch
        {
            Kind.V2 => options with { Version = VrrpVersion.V2, AdvertisementInterval = TimeSpan.FromSeconds(1) },
            Kind.V2Password => options with
            {
                Version = VrrpVersion.V2,
                AdvertisementInterval = TimeSpan.FromSeconds(1),
                Authentication = VrrpAuthentication.Pass("secret"),
            },
            Kind.V3IPv6 => options with { Addresses = [VirtualAddress.Parse(VipIPv6 + "/64"), VirtualAddress.Parse("2001:db8::100/64")] },
            Kind.V3Unicast => options with { Peers = [new VrrpPeer(InetAddress.Parse($"10.91.0.{peer}"))] },
            Kind.V3UnicastIPv6 => options with
            {
                Peers = [new VrrpPeer(InetAddress.Parse($"fe80::{peer}"))],
                Addresses = [VirtualAddress.Parse(VipIPv6 + "/64")],
            },
            Kind.AuthenticationHeader => Options(Kind.V2, station, priority) with { Authentication = AuthenticationHeader },
            Kind.AuthenticationHeaderUnicast => Options(Kind.V3Unicast, station, priority) with
            {
                Version = VrrpVersion.V2,
                AdvertisementInterval = TimeSpan.FromSeconds(1),
                Authentication = AuthenticationHeader,
            },
            Kind.V2Hmac => Options(Kind.V2, station, priority) with { Hmac = TestKeys.Hmac() },
            Kind.V3Hmac => Options(Kind.V3, station, priority) with { Hmac = TestKeys.Hmac() },
            Kind.V3HmacIPv6 => Options(Kind.V3IPv6, station, priority) with { Hmac = TestKeys.Hmac() },
            Kind.V3HmacUnicast => Options(Kind.V3Unicast, station, priority) with { Hmac = TestKeys.Hmac() },
            _ => options,
        };
    }
}
