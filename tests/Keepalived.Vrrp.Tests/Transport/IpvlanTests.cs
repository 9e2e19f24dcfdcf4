using Keepalived.Netlink;
using Keepalived.Netlink.Route;
using Keepalived.Vrrp.Interfaces;
using static Keepalived.Vrrp.Tests.Transport.TestLink;

namespace Keepalived.Vrrp.Tests.Transport;

/// <summary>
/// ipvlan interfaces, and virtual MAC interfaces in a VRF: for kernels that have them. On others these tests are inconclusive; run this
/// program in a machine with such a kernel, with <c>--filter TestCategory=kernel</c>.
/// </summary>
[NonParallelizable]
[Category("kernel")]
public sealed class IpvlanTests
{
    private const string Vip = "10.91.0.100";
    private const string Device = "vrrp.51";

    private static readonly VirtualRouterOptions Options = new()
    {
        Name = "web",
        VirtualRouterId = 51,
        Interface = Interface,
        Priority = 200,
        AdvertisementInterval = TimeSpan.FromMilliseconds(50),
        Addresses = [VirtualAddress.Parse(Vip + "/24")],
    };

    private TestLink _link = null!;

    [SetUp]
    public void MakeLink() => _link = new TestLink();

    [TearDown]
    public void RemoveLink() => _link?.Dispose();

    [TestCase(IpvlanFlags.None, "bridge")]
    [TestCase(IpvlanFlags.Private, "private")]
    [TestCase(IpvlanFlags.Vepa, "vepa")]
    public async Task IPv4_SendsFromItsAddressAndLeavesTheVirtualOnesToTheBase(IpvlanFlags flags, string name)
    {
        _link.Require('a', "link add probe link eth0 type ipvlan mode l2", "ipvlan");
        var options = Options with { Ipvlan = new IpvlanOptions { Address = InetPrefix.Parse("10.91.0.21/24"), Flags = flags } };
        var a = (await _link.StartAsync('a', options)).Routers[0];
        await Expect(() => a.State == VrrpState.Master && _link.Holds('a', Vip, "eth0"), "the master has its address");
        var b = (await _link.StartAsync('b', Options with { Priority = 100 })).Routers[0];
        await Expect(() => b.State == VrrpState.Backup && b.MasterAddress == InetAddress.Parse("10.91.0.21"), "adverts come from the ipvlan");
        var link = _link.LinkOf('a', Device)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)link["linkinfo"]?["info_kind"], Is.EqualTo("ipvlan"));
            Assert.That(link["linkinfo"]?["info_data"]?.ToJsonString(), Does.Contain("l2").And.Contain(name));
            Assert.That(_link.Holds('a', "10.91.0.21", Device));
            Assert.That(_link.Setting('a', $"net/ipv6/conf/{Device}/disable_ipv6"), Is.EqualTo(1));
        }

        await a.StopAsync();
        await Expect(() => _link.LinkOf('a', Device) is null, "it is gone");
    }

    [Test]
    public async Task IPv6_SendsFromTheLinkLocalAddressOfTheKernelsMaking()
    {
        _link.Require('a', "link add probe link eth0 type ipvlan mode l2", "ipvlan");
        var options = Options with { Addresses = [VirtualAddress.Parse("fe80::100/64")], Ipvlan = new IpvlanOptions() };
        var a = (await _link.StartAsync('a', options)).Routers[0];
        await Expect(() => a.State == VrrpState.Master && _link.Holds('a', "fe80::100", "eth0"), "the master has its address", 10);
        Assert.That(a.SourceAddress, Is.Not.EqualTo(InetAddress.Parse("fe80::1")));
        Assert.That(a.SourceAddress.IsLinkLocal);
    }

    [Test]
    public async Task VirtualMac_IsInTheVrfOfItsBaseAndFollowsIt()
    {
        _link.Require('a', "link add red type vrf table 10", "VRF");
        _link.Ip('a', "link set red up", "link set eth0 master red", "address add 10.91.0.1/24 dev eth0");
        var a = (await _link.StartAsync('a', Options with { VirtualMac = new VirtualMacOptions() })).Routers[0];
        await Expect(() => a.State == VrrpState.Master && _link.Holds('a', Vip, Device), "the master has its address");
        Assert.That((string?)_link.LinkOf('a', Device)!["master"], Is.EqualTo("red"));
        _link.Ip('a', "link set eth0 nomaster");
        await Expect(() => _link.LinkOf('a', Device)!["master"] is null, "it follows out of the VRF");
        _link.Ip('a', "link set eth0 master red");
        await Expect(() => (string?)_link.LinkOf('a', Device)!["master"] == "red", "it follows into the VRF");
        await Expect(() => a.State == VrrpState.Master && _link.Holds('a', Vip, Device), "all is well", 10);
    }

    [Test]
    public void Options_ThatContradict_AreRefused()
    {
        Assert.That((Options with { Ipvlan = new IpvlanOptions() }).FindErrors(), Has.One.Contains("address of its own"));
        Assert.That(
            (Options with { Ipvlan = new IpvlanOptions { Address = InetPrefix.Parse("2001:db8::1/64") } }).FindErrors(), Has.One.Contains("family"));
        Assert.That(
            (Options with { VirtualMac = new VirtualMacOptions(), Ipvlan = new IpvlanOptions { Address = InetPrefix.Parse("10.0.0.1/8") } }).FindErrors(),
            Has.One.Contains("not both"));
        Assert.That(
            (Options with { VirtualMac = new VirtualMacOptions(), Peers = [new VrrpPeer(InetAddress.Parse("10.91.0.2"))] }).FindErrors(),
            Has.One.Contains("base interface"));
        Assert.That(
            (Options with { VirtualMac = new VirtualMacOptions { Address = new LinkLayerAddress([1, 2, 3, 4, 5, 6]) } }).FindErrors(),
            Has.One.Contains("unicast address"));
    }
}
