using Keepalived.Netlink.Io;
using Keepalived.Netlink.Route;
using Keepalived.Netlink.Tests.Io;

namespace Keepalived.Netlink.Tests.Route;

public sealed class LinkKernelTests : KernelFixture
{
    [Test]
    public async Task VethPair_WithItsPeerInAnotherNamespace_KnowsWhereThatIs()
    {
        using var other = TestNamespace.Create();
        using var inside = other.Open();
        await using var there = RouteClient.Open(Loop, new NetlinkSocketOptions { NetworkNamespace = inside });
        await Client.CreateLinkAsync(
            LinkCreation.Veth("here", "there", inside) with { Mtu = 1400, Address = LinkLayerAddress.VirtualRouterIPv4(5), IsUp = true });
        var link = await Client.GetLinkAsync("here");
        var peer = await there.GetLinkAsync("there");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(link.Kind, Is.EqualTo("veth"));
            Assert.That(link.Mtu, Is.EqualTo(1400));
            Assert.That(link.Address, Is.EqualTo(LinkLayerAddress.VirtualRouterIPv4(5)));
            Assert.That(link.IsUp);
            Assert.That(link.IsRunning, Is.False, "the other end is down");
            Assert.That(link.ParentIndex, Is.EqualTo(peer.Index));
            Assert.That(link.ParentNamespaceId, Is.Not.Null);
        }

        await there.SetLinkAsync(peer.Index, new LinkSettings { IsUp = true });
        link = await Client.GetLinkAsync(link.Index);
        Assert.That(link.IsRunning);
        Assert.That(link.Carrier, Is.True);
    }

    [Test]
    public async Task Macvlan_InPrivateModeWithoutLinkLocalAddress_IsARouterInterface()
    {
        var index = await CreateVethAsync();
        await Client.CreateLinkAsync(
            LinkCreation.Macvlan("vrrp.7", index, MacvlanMode.Private) with { Address = LinkLayerAddress.VirtualRouterIPv4(7), Group = 3 });
        var link = await Client.GetLinkAsync("vrrp.7");
        await Client.SetLinkAsync(link.Index, new LinkSettings { AddressGenerationMode = AddressGenerationMode.None });
        await Client.SetLinkAsync(link.Index, new LinkSettings
        {
            IsUp = true,
            Alias = "virtual router 7",
            IPv4Configuration = new Dictionary<int, int> { [19] = 1, [8] = 0 },
        });
        link = await Client.GetLinkAsync(link.Index);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(link.Kind, Is.EqualTo("macvlan"));
            Assert.That(link.MacvlanMode, Is.EqualTo(MacvlanMode.Private));
            Assert.That(link.ParentIndex, Is.EqualTo(index));
            Assert.That(link.ParentNamespaceId, Is.Null);
            Assert.That(link.Address, Is.EqualTo(LinkLayerAddress.VirtualRouterIPv4(7)));
            Assert.That(link.AddressGenerationMode, Is.EqualTo(AddressGenerationMode.None));
            Assert.That(link.Alias, Is.EqualTo("virtual router 7"));
            Assert.That(link.Group, Is.EqualTo(3));
            Assert.That(link.IsRunning);
            Assert.That((await Client.GetAddressesAsync(interfaceIndex: link.Index)), Is.Empty);
        }

        await Client.DeleteLinkAsync(link.Index);
        Assert.That((await Assert.ThrowsAsync<NetlinkException>(() => Client.GetLinkAsync("vrrp.7")))!.IsNotFound);
    }

    [Test]
    public async Task Macvlan_ChangesItsMode()
    {
        var index = await CreateVethAsync();
        await Client.CreateLinkAsync(LinkCreation.Macvlan("mv0", index, MacvlanMode.Bridge));
        var link = await Client.GetLinkAsync("mv0");
        await Client.SetLinkAsync(link.Index, new LinkSettings { MacvlanMode = MacvlanMode.Private });
        Assert.That((await Client.GetLinkAsync("mv0")).MacvlanMode, Is.EqualTo(MacvlanMode.Private));
    }

    [Test]
    public async Task DeleteLinks_DeletesThoseOfTheGroupAndNoOther()
    {
        const uint Group = 4711;
        var index = await CreateVethAsync();
        for (var number = 0; number < 3; number++)
            await Client.CreateLinkAsync(LinkCreation.Macvlan($"mv{number}", index, MacvlanMode.Private) with { Group = number < 2 ? Group : 0 });
        await Client.DeleteLinksAsync(Group);
        var left = (await Client.GetLinksAsync()).Select(static link => link.Name);
        Assert.That(left, Does.Contain("mv2").And.Not.Contain("mv0").And.Not.Contain("mv1"));
        Assert.That((await Assert.ThrowsAsync<NetlinkException>(() => Client.DeleteLinksAsync(Group)))!.IsNotFound);
    }

    [TestCase(IpvlanMode.Layer2, IpvlanFlags.None)]
    [TestCase(IpvlanMode.Layer2, IpvlanFlags.Private)]
    [TestCase(IpvlanMode.Layer3, IpvlanFlags.Vepa)]
    public async Task Ipvlan_IsAsItWasMade(IpvlanMode mode, IpvlanFlags flags)
    {
        var index = await CreateVethAsync();
        try
        {
            await Client.CreateLinkAsync(LinkCreation.Ipvlan("iv0", index, mode, flags));
        }
        catch (NetlinkException e) when (e.Errno == Errno.EOPNOTSUPP)
        {
            Assert.Inconclusive("This kernel has no ipvlan.");
        }

        var link = await Client.GetLinkAsync("iv0");
        Assert.That((link.Kind, link.IpvlanMode, link.IpvlanFlags, link.ParentIndex), Is.EqualTo(("ipvlan", (IpvlanMode?)mode, flags, index)));
    }

    [Test]
    public async Task LinkProbe_SeesTheLinkAsTheKernelDoes()
    {
        var index = await CreateVethAsync();
        using var inside = Namespace.Open();
        using var probe = inside.Run(LinkProbe.Open);
        Assert.That((probe.ReadEthtool("ve0"), probe.ReadFlags("ve0")), Is.EqualTo(((bool?)true, (bool?)true)));
        Assert.That(probe.ReadMii("ve0"), Is.Null, "a veth has no PHY");
        var peer = await Client.GetLinkAsync("ve1");
        await Client.SetLinkAsync(peer.Index, new LinkSettings { IsUp = false });
        Assert.That((probe.ReadEthtool("ve0"), probe.ReadFlags("ve0")), Is.EqualTo(((bool?)false, (bool?)false)));
        await Client.DeleteLinkAsync(index);
        Assert.That((probe.ReadMii("ve0"), probe.ReadEthtool("ve0"), probe.ReadFlags("ve0")), Is.EqualTo(((bool?)null, (bool?)null, (bool?)null)));
    }

    [Test]
    public async Task Bridge_TakesAPortAndLetsItGo()
    {
        var index = await CreateVethAsync();
        await Client.CreateLinkAsync(LinkCreation.Bridge("br0") with { IsUp = true });
        var bridge = await Client.GetLinkAsync("br0");
        await Client.SetLinkAsync(index, new LinkSettings { MasterIndex = bridge.Index });
        Assert.That((await Client.GetLinkAsync(index)).MasterIndex, Is.EqualTo(bridge.Index));
        await Client.SetLinkAsync(index, new LinkSettings { MasterIndex = 0 });
        Assert.That((await Client.GetLinkAsync(index)).MasterIndex, Is.Zero);
    }

    [Test]
    public async Task Link_RenamedAndMoved_IsThere()
    {
        using var other = TestNamespace.Create();
        using var inside = other.Open();
        var index = await CreateVethAsync();
        await Client.SetLinkAsync(index, new LinkSettings { IsUp = false });
        await Client.SetLinkAsync(index, new LinkSettings { Name = "renamed", Mtu = 1300 });
        await Client.SetLinkAsync(index, new LinkSettings { Namespace = inside });
        await using var there = RouteClient.Open(Loop, new NetlinkSocketOptions { NetworkNamespace = inside });
        Assert.That((await there.GetLinkAsync("renamed")).Mtu, Is.EqualTo(1300));
        Assert.That((await Assert.ThrowsAsync<NetlinkException>(() => Client.GetLinkAsync("renamed")))!.Errno, Is.EqualTo(Errno.ENODEV));
    }

    [Test]
    public async Task CreateLink_WithATakenName_SaysSo()
    {
        await CreateVethAsync();
        var error = (await Assert.ThrowsAsync<NetlinkException>(() => Client.CreateLinkAsync(LinkCreation.Bridge("ve0"))))!;
        Assert.That(error.IsExists);
        Assert.That(error.Message, Does.StartWith("create bridge ve0: "));
    }

    [Test]
    public async Task CreateLink_OnAMissingParent_SaysSo()
    {
        var error = (await Assert.ThrowsAsync<NetlinkException>(
            () => Client.CreateLinkAsync(LinkCreation.Macvlan("mv", 4711, MacvlanMode.Private))))!;
        Assert.That(error.Errno, Is.EqualTo(Errno.ENODEV));
    }
}
