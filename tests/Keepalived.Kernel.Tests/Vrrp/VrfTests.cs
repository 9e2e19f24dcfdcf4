using System.Net.Sockets;
using Keepalived.Kernel.Tests.Lab;
using Keepalived.Netlink;
using Keepalived.Vrrp;

namespace Keepalived.Kernel.Tests.Vrrp;

/// <summary>Virtual routers on interfaces that belong to a VRF, and on ipvlan interfaces, which most kernels of containers do not have.</summary>
public sealed class VrfTests : RouterFixture
{
    [TestCase(AddressFamily.InterNetwork, false)]
    [TestCase(AddressFamily.InterNetworkV6, false)]
    [TestCase(AddressFamily.InterNetwork, true)]
    [TestCase(AddressFamily.InterNetworkV6, true)]
    public async Task InterfaceOfAVrf_TwoRouters_ElectAndTakeOver(AddressFamily family, bool unicast)
    {
        foreach (var node in new[] { A, B })
            node.Ip("link add red type vrf table 10", "link set red up", "link set eth0 master red", "link set eth0 up");
        AddAddresses();
        await ElectAndTakeOverAsync("eth0", family, unicast);
    }

    [TestCase(AddressFamily.InterNetwork)]
    [TestCase(AddressFamily.InterNetworkV6)]
    public async Task IpvlanInterface_TwoRouters_ElectAndTakeOver(AddressFamily family)
    {
        foreach (var node in new[] { A, B })
            node.Ip("link add ipv0 link eth0 type ipvlan mode l2", "link set ipv0 up");
        AddAddresses("ipv0");
        await ElectAndTakeOverAsync("ipv0", family, unicast: false);
    }

    [Test]
    public async Task InterfaceOfAVrf_OursBehindTheRealOne_TakesOverWhenItDies()
    {
        Assume.That(File.Exists("/usr/sbin/keepalived"), "needs keepalived");
        foreach (var node in new[] { A, B })
            node.Ip("link add red type vrf table 10", "link set red up", "link set eth0 master red", "link set eth0 up");
        AddAddresses();
        using var real = RunningKeepalived.Start(A, """
            vrrp_instance R {
                state MASTER
                interface eth0
                virtual_router_id 51
                priority 200
                version 3
                advert_int 0.2
                virtual_ipaddress {
                    10.1.0.100/24
                }
            }
            """);
        Assert.That(() => Holds(A, "10.1.0.100"), Is.True.After(10_000, 50));
        var ours = await StartAsync(B, Router("eth0", 100, AddressFamily.InterNetwork, unicast: false, atB: true));
        Assert.That(() => ours.MasterAddress, Is.EqualTo(InetAddress.Parse("10.1.0.1")).After(10_000, 50));
        Assert.That(ours.State, Is.EqualTo(VrrpState.Backup));
        real.Kill();
        Assert.That(() => Holds(B, "10.1.0.100"), Is.True.After(10_000, 50));
    }

    /// <summary>Without an interface of its own the instance is in the VRF that it names; the real one does not know that of unicast.</summary>
    [Test]
    public void UnicastByTheNameOfTheVrf_OursAndTheRealOne_TakeOverFromEachOther()
    {
        Assume.That(File.Exists(RunningKeepalived.Program), "needs keepalived");
        Assume.That(OurDaemon.Path, Is.Not.Null, "needs our daemon");
        foreach (var node in new[] { A, B })
            node.Ip("link add red type vrf table 10", "link set red up", "link set eth0 master red", "link set eth0 up");
        AddAddresses();
        using var real = RunningKeepalived.Start(B, Unicast(100, "interface eth0", own: 2));
        Assert.That(() => Holds(B, "10.1.0.100"), Is.True.After(20_000, 50));
        using var ours = RunningKeepalived.Start(A, OurDaemon.Path!, Unicast(200, "vrf red", own: 1));
        Assert.That(() => (Holds(A, "10.1.0.100"), Holds(B, "10.1.0.100")), Is.EqualTo((true, false)).After(20_000, 50), "ours is better and heard");
        ours.Stop();
        Assert.That(() => (Holds(A, "10.1.0.100"), Holds(B, "10.1.0.100")), Is.EqualTo((false, true)).After(20_000, 50), "the real one takes over");
    }

    private static string Unicast(int priority, string place, int own) => $$"""
        vrrp_instance R {
            state BACKUP
            {{place}}
            virtual_router_id 51
            priority {{priority}}
            version 3
            advert_int 0.5
            unicast_src_ip 10.1.0.{{own}}
            unicast_peer {
                10.1.0.{{3 - own}}
            }
            virtual_ipaddress {
                10.1.0.100/24 dev eth0
            }
        }
        """;

    private async Task ElectAndTakeOverAsync(string device, AddressFamily family, bool unicast)
    {
        var vip = family == AddressFamily.InterNetwork ? "10.1.0.100" : "2001:db8:1::100";
        var backup = await StartAsync(B, Router(device, 100, family, unicast, atB: true));
        var master = await StartAsync(A, Router(device, 200, family, unicast));
        Assert.That(() => master.State, Is.EqualTo(VrrpState.Master).After(10_000, 50));
        Assert.That(() => backup.State, Is.EqualTo(VrrpState.Backup).After(10_000, 50));
        Assert.That(() => (Holds(A, vip), Holds(B, vip)), Is.EqualTo((true, false)).After(10_000, 50));
        await StopAsync(A);
        Assert.That(() => (Holds(A, vip), Holds(B, vip)), Is.EqualTo((false, true)).After(10_000, 50));
    }
}
