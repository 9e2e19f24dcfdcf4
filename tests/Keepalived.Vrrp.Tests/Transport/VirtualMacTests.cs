using Keepalived.Netlink;
using Keepalived.Vrrp.Interfaces;
using static Keepalived.Vrrp.Tests.Transport.TestLink;

namespace Keepalived.Vrrp.Tests.Transport;

/// <summary>Virtual MAC interfaces in the kernel: what they are, and that they are there when they are needed and only then.</summary>
[NonParallelizable]
public sealed class VirtualMacTests
{
    private const string Vip = "10.91.0.100";
    private const string Vmac = "vrrp.51";

    private static readonly VirtualRouterOptions Options = new()
    {
        Name = "web",
        VirtualRouterId = 51,
        Interface = Interface,
        Priority = 200,
        AdvertisementInterval = TimeSpan.FromMilliseconds(50),
        Addresses = [VirtualAddress.Parse(Vip + "/24")],
        VirtualMac = new VirtualMacOptions(),
    };

    private static readonly VirtualRouterOptions OptionsIPv6 = Options with
    {
        Addresses = [VirtualAddress.Parse("fe80::100/64"), VirtualAddress.Parse("2001:db8::100/64")],
    };

    private TestLink _link = null!;

    [SetUp]
    public void MakeLink() => _link = new TestLink();

    [TearDown]
    public void RemoveLink() => _link?.Dispose();

    [Test]
    public async Task IPv4_IsAPrivateMacvlanWithTheSettingsOfARouter()
    {
        _ = await StartMasterAsync(Options);
        var link = _link.LinkOf('a', Vmac)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)link["address"], Is.EqualTo("00:00:5e:00:01:33"));
            Assert.That((string?)link["link"], Is.EqualTo(Interface));
            Assert.That((string?)link["linkinfo"]?["info_kind"], Is.EqualTo("macvlan"));
            Assert.That((string?)link["linkinfo"]?["info_data"]?["mode"], Is.EqualTo("private"));
            Assert.That((string?)link["inet6_addr_gen_mode"], Is.EqualTo("none"));
            Assert.That(_link.Holds('a', Vip, Vmac));
            Assert.That(_link.Holds('a', Vip), Is.False);
            foreach (var (setting, value) in ((string, int)[])[("arp_ignore", 1), ("accept_local", 1), ("rp_filter", 0), ("promote_secondaries", 1)])
                Assert.That(_link.Setting('a', $"net/ipv4/conf/{Vmac}/{setting}"), Is.EqualTo(value), setting);
            Assert.That(_link.Setting('a', $"net/ipv6/conf/{Vmac}/disable_ipv6"), Is.EqualTo(1));
            Assert.That(_link.Setting('a', $"net/ipv4/conf/{Interface}/arp_ignore"), Is.EqualTo(1));
            Assert.That(_link.Setting('a', $"net/ipv4/conf/{Interface}/arp_filter"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task IPv6_HasTheLinkLocalAddressOfItsBase()
    {
        var router = await StartMasterAsync(OptionsIPv6);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)_link.LinkOf('a', Vmac)!["address"], Is.EqualTo("00:00:5e:00:02:33"));
            Assert.That(_link.Setting('a', $"net/ipv6/conf/{Vmac}/disable_ipv6"), Is.Zero);
            var own = _link.Address('a', "fe80::1", Vmac)!;
            Assert.That((bool?)own["nodad"], Is.True);
            Assert.That((bool?)own["deprecated"], Is.True);
            Assert.That((int?)own["prefixlen"], Is.EqualTo(64));
            Assert.That(_link.Holds('a', "2001:db8::100", Vmac));
            Assert.That(router.SourceAddress, Is.EqualTo(InetAddress.Parse("fe80::1")));
            Assert.That(_link.Setting('a', $"net/ipv4/conf/{Interface}/arp_ignore"), Is.Zero, "no concern of IPv6");
        }
    }

    [Test]
    public async Task IPv6_FollowsTheLinkLocalAddressOfItsBase()
    {
        var router = await StartMasterAsync(OptionsIPv6);
        _link.Ip('a', "address add fe80::7/64 dev eth0 nodad", "address delete fe80::1/64 dev eth0");
        await Expect(() => _link.Holds('a', "fe80::7", Vmac) && !_link.Holds('a', "fe80::1", Vmac), "the address is replaced");
        await Expect(() => router.SourceAddress == InetAddress.Parse("fe80::7"), "adverts come from it");
        _link.Ip('a', "address delete fe80::7/64 dev eth0");
        var mac = Convert.FromHexString(((string?)_link.LinkOf('a', Interface)!["address"])!.Replace(":", "", StringComparison.Ordinal));
        var made = InetAddress.FromBytes(
            [0xfe, 0x80, 0, 0, 0, 0, 0, 0, (byte)(mac[0] ^ 2), mac[1], mac[2], 0xff, 0xfe, mac[3], mac[4], mac[5]]);
        await Expect(() => router.SourceAddress == made && _link.Holds('a', made.ToString(), Vmac), "adverts come from what the MAC address makes");
        Assert.That(router.Statistics.ReleasedMaster, Is.Zero);
    }

    [Test]
    public async Task Failover_TheAddressMovesWithItsMacAddress()
    {
        var a = await StartMasterAsync(Options);
        var b = (await _link.StartAsync('b', Options with { Priority = 100 })).Routers[0];
        await Expect(b, VrrpState.Backup);
        await Expect(() => b.MasterAddress == InetAddress.Parse("10.91.0.1"), "the backup hears the master");
        await a.StopAsync();
        await Expect(() => b.State == VrrpState.Master && _link.Holds('b', Vip, Vmac), "the backup has the address");
        await Expect(() => _link.LinkOf('a', Vmac) is null, "the interface of the stopped router is gone");
        Assert.That((string?)_link.LinkOf('b', Vmac)!["address"], Is.EqualTo("00:00:5e:00:01:33"));
    }

    [Test]
    public async Task TransmitOnBase_SendsAndHearsThereAndStillCarriesTheAddresses()
    {
        var options = Options with { VirtualMac = new VirtualMacOptions { TransmitOnBase = true } };
        var a = await StartMasterAsync(options);
        var b = (await _link.StartAsync('b', Options with { Priority = 100, VirtualMac = null })).Routers[0];
        await Expect(() => b.State == VrrpState.Backup && b.MasterAddress == InetAddress.Parse("10.91.0.1"), "the backup hears the master");
        Assert.That(_link.Holds('a', Vip, Vmac));
        Assert.That(a.State, Is.EqualTo(VrrpState.Master));
    }

    [Test]
    public async Task NameAddressAndGroup_AreAsTheOptionsSay()
    {
        Assert.That(LinkLayerAddress.TryParse("02:00:00:00:00:33", out var address));
        _ = await StartMasterAsync(Options with { VirtualMac = new VirtualMacOptions { Name = "web0", Address = address, Group = 7 } });
        var link = _link.LinkOf('a', "web0")!;
        Assert.That((string?)link["address"], Is.EqualTo("02:00:00:00:00:33"));
        Assert.That((string?)link["group"], Is.EqualTo("7"));
    }

    [Test]
    public async Task Group_ByDefault_IsThatOfTheBase()
    {
        _link.Ip('a', "link set dev eth0 group 9");
        _ = await StartMasterAsync(Options);
        Assert.That((string?)_link.LinkOf('a', Vmac)!["group"], Is.EqualTo("9"));
    }

    [Test]
    public async Task BothFamilies_EachHasItsOwn_NamedApart()
    {
        var engine = await _link.StartAsync('a', Options, OptionsIPv6 with { Name = "web6" });
        foreach (var router in engine.Routers)
            await Expect(router, VrrpState.Master);
        await Expect(() => _link.Holds('a', Vip, Vmac) && _link.Holds('a', "2001:db8::100", "vrrp6.51"), "each has its addresses");
    }

    [Test]
    public async Task Deleted_ByAnother_IsMadeAgain()
    {
        var router = await StartMasterAsync(Options);
        _link.Ip('a', $"link delete {Vmac}");
        await Expect(() => router.Statistics.ReleasedMaster == 1, "the loss is noticed");
        await Expect(() => router.State == VrrpState.Master && _link.Holds('a', Vip, Vmac), "all is back");
    }

    [Test]
    public async Task Renamed_ByAnother_IsMadeAgain()
    {
        var router = await StartMasterAsync(Options);
        _link.Ip('a', $"link set dev {Vmac} down", $"link set dev {Vmac} name other");
        await Expect(() => _link.LinkOf('a', "other") is null && _link.LinkOf('a', Vmac) is not null, "it is made again");
        await Expect(() => router.State == VrrpState.Master && _link.Holds('a', Vip, Vmac), "all is back");
    }

    [Test]
    public async Task SetDown_ByAnother_IsAFaultUntilItIsUp()
    {
        var router = await StartMasterAsync(Options);
        _link.Ip('a', $"link set dev {Vmac} down");
        await Expect(router, VrrpState.Fault);
        _link.Ip('a', $"link set dev {Vmac} up");
        await Expect(() => router.State == VrrpState.Master && _link.Holds('a', Vip, Vmac), "all is back");
    }

    [Test]
    public async Task BaseGoesDown_IsAFault()
    {
        var router = await StartMasterAsync(Options);
        _link.Ip('a', "link set dev eth0 down");
        await Expect(router, VrrpState.Fault);
        Assert.That(_link.Holds('a', Vip, Vmac), Is.False);
        _link.Ip('a', "link set dev eth0 up");
        await Expect(() => router.State == VrrpState.Master && _link.Holds('a', Vip, Vmac), "all is back");
    }

    [Test]
    public async Task BaseVanishesAndComesBack_SoDoesTheInterface()
    {
        _link.Ip('a', "link add base0 type veth peer name base1", "link set base1 up", "link set base0 up", "address add 10.92.0.1/24 dev base0");
        var router = await StartMasterAsync(Options with { Interface = "base0" });
        _link.Ip('a', "link delete base0");
        await Expect(router, VrrpState.Fault);
        Assert.That(_link.LinkOf('a', Vmac), Is.Null);
        _link.Ip('a', "link add base0 type veth peer name base1", "link set base1 up", "link set base0 up", "address add 10.92.0.1/24 dev base0");
        await Expect(() => router.State == VrrpState.Master && _link.Holds('a', Vip, Vmac), "all is back");
        Assert.That(_link.Setting('a', "net/ipv4/conf/base0/arp_ignore"), Is.EqualTo(1));
    }

    [Test]
    public async Task Stopped_NothingIsLeft()
    {
        _link.Set('a', "net/ipv4/conf/all/rp_filter", 2);
        _link.Set('a', "net/ipv4/conf/eth0/rp_filter", 1);
        _link.Set('a', "net/ipv4/conf/eth0/arp_ignore", 2);
        var engine = await _link.StartAsync('a', Options, OptionsIPv6 with { Name = "web6" });
        await Expect(engine.Routers[0], VrrpState.Master);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_link.Setting('a', "net/ipv4/conf/all/rp_filter"), Is.Zero);
            Assert.That(_link.Setting('a', "net/ipv4/conf/eth0/rp_filter"), Is.EqualTo(2));
            Assert.That(_link.Setting('a', "net/ipv4/conf/lo/rp_filter"), Is.EqualTo(2));
            Assert.That(_link.Setting('a', $"net/ipv4/conf/{Vmac}/rp_filter"), Is.Zero);
        }

        await engine.StopAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_link.LinkOf('a', Vmac), Is.Null);
            Assert.That(_link.LinkOf('a', "vrrp6.51"), Is.Null);
            Assert.That(_link.Setting('a', "net/ipv4/conf/all/rp_filter"), Is.EqualTo(2));
            Assert.That(_link.Setting('a', "net/ipv4/conf/eth0/rp_filter"), Is.EqualTo(1));
            Assert.That(_link.Setting('a', "net/ipv4/conf/lo/rp_filter"), Is.Zero);
            Assert.That(_link.Setting('a', "net/ipv4/conf/eth0/arp_ignore"), Is.EqualTo(2));
            Assert.That(_link.Setting('a', "net/ipv4/conf/eth0/arp_filter"), Is.Zero);
        }
    }

    [Test]
    public async Task Reload_AddsAndRemoves_AndOthersAreNotTouched()
    {
        var engine = await _link.StartAsync('a', Options);
        var router = engine.Routers[0];
        await Expect(router, VrrpState.Master);
        var other = OptionsIPv6 with { Name = "web6", VirtualRouterId = 52 };
        await engine.ApplyAsync([Options, other]);
        await Expect(() => engine.Routers[1].State == VrrpState.Master && _link.Holds('a', "2001:db8::100", "vrrp.52"), "the new one is master");
        Assert.That(engine.Routers[1].Statistics.BecameMaster, Is.EqualTo(1));
        await engine.ApplyAsync([Options]);
        Assert.That(_link.LinkOf('a', "vrrp.52"), Is.Null);
        Assert.That(router.Statistics.BecameMaster, Is.EqualTo(1));
        Assert.That(_link.Holds('a', Vip, Vmac));
    }

    [Test]
    public async Task Reload_OtherNameAndGroup_TheMasterStays()
    {
        var engine = await _link.StartAsync('a', Options);
        var router = engine.Routers[0];
        await Expect(() => router.State == VrrpState.Master && _link.Holds('a', Vip, Vmac), "the master has its address");
        await engine.ApplyAsync([Options with { VirtualMac = new VirtualMacOptions { Name = "web0", Group = 7 } }]);
        var name = _link.LinkOf('a', "web0") is null ? Vmac : "web0"; // before 6.2 the kernel renames nothing that is up
        await Expect(() => (string?)_link.LinkOf('a', name)?["group"] == "7", "it has its new group");
        Assert.That(_link.Holds('a', Vip, name));
        await Task.Delay(300);
        Assert.That((router.State, router.Statistics.BecameMaster, router.Statistics.ReleasedMaster), Is.EqualTo((VrrpState.Master, 1L, 0L)));
        Assert.That(_link.Holds('a', Vip, name));
    }

    [Test]
    public async Task AddressesElsewhere_HaveVirtualMacInterfacesToo_IfAskedFor()
    {
        _link.Ip('a', "link add base0 type veth peer name base1", "link set base1 up", "link set base0 up");
        var engine = await _link.StartAsync('a', Options with
        {
            VirtualMacForAddresses = true,
            Addresses = [Options.Addresses[0], VirtualAddress.Parse("10.92.0.100/24") with { Device = "base0" }],
            ExcludedAddresses = [VirtualAddress.Parse("2001:db8::100/64")],
        });
        await Expect(
            () => _link.Holds('a', Vip, Vmac) && _link.Holds('a', "10.92.0.100", "vrrp1.51") && _link.Holds('a', "2001:db8::100", "vrrp6.51"),
            "each address is on the interface for it");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)_link.LinkOf('a', "vrrp1.51")!["link"], Is.EqualTo("base0"));
            Assert.That((string?)_link.LinkOf('a', "vrrp6.51")!["address"], Is.EqualTo("00:00:5e:00:02:33"));
        }

        await engine.StopAsync();
        Assert.That(_link.Lines('a', "-br link show type macvlan"), Is.Empty);
    }

    [Test]
    public async Task ExtraInterval_AddressesWhereNoAdvertsAre_AreAnnouncedAgainAndAgain()
    {
        _link.Ip('a', "link add base0 type veth peer name base1", "link set base1 up", "link set base0 up");
        _ = await _link.StartAsync('a', Options with
        {
            VirtualMacForAddresses = true,
            Addresses = [Options.Addresses[0], VirtualAddress.Parse("10.92.0.100/24") with { Device = "base0" }],
            Announcements = new VrrpAnnouncementOptions { Delay = TimeSpan.Zero, Repeat = 1, ExtraInterval = TimeSpan.FromMilliseconds(100) },
        });
        await Expect(() => _link.Sent('a', "vrrp1.51") >= 5, "the address is announced", 10);
        Assert.That(_link.Holds('a', "10.92.0.100", "vrrp1.51"));
    }

    [Test]
    public async Task OneAddress_OnAVirtualMacInterface_WithoutOneOfTheRouter()
    {
        _ = await _link.StartAsync('a', Options with
        {
            VirtualMac = null,
            Addresses = [Options.Addresses[0], VirtualAddress.Parse("10.91.0.101/24") with { UseVirtualMac = true }],
        });
        await Expect(() => _link.Holds('a', Vip) && _link.Holds('a', "10.91.0.101", Vmac), "one on each");
    }

    [Test]
    public async Task DontTrackPrimary_BaseDown_StaysMaster()
    {
        var router = await StartMasterAsync(Options with { TrackPrimaryInterface = false });
        _link.Ip('a', "link set dev eth0 down");
        await Task.Delay(300);
        Assert.That(router.State, Is.EqualTo(VrrpState.Master));
    }

    [Test]
    public async Task NoEthernet_IsHeldInFault()
    {
        var router = (await _link.StartAsync('a', Options with { Interface = "lo" })).Routers[0];
        await Expect(router, VrrpState.Fault);
        Assert.That(_link.LinkOf('a', Vmac), Is.Null);
    }

    [Test]
    public async Task NameOfAnotherDevice_AnotherOneIsChosen()
    {
        _link.Ip('a', "link add web0 type veth peer name web1");
        _ = await _link.StartAsync('a', Options with { VirtualMac = new VirtualMacOptions { Name = "web0" } });
        await Expect(() => _link.Holds('a', Vip, Vmac), "another name is chosen");
        Assert.That((string?)_link.LinkOf('a', "web0")!["linkinfo"]?["info_kind"], Is.EqualTo("veth"));
    }

    [Test]
    public async Task NameOnAnotherBase_IsReplaced()
    {
        _link.Ip('a', "link add base0 type veth peer name base1", $"link add {Vmac} link base0 type macvlan mode private");
        _ = await _link.StartAsync('a', Options with { VirtualMac = new VirtualMacOptions { Name = Vmac } });
        await Expect(() => _link.Holds('a', Vip, Vmac), "it is ours");
        Assert.That((string?)_link.LinkOf('a', Vmac)!["link"], Is.EqualTo(Interface));
    }

    [Test]
    public async Task NameWithOtherMacAddressAndMode_IsSetRight()
    {
        _link.Ip('a', $"link add {Vmac} link eth0 address 02:00:00:00:00:01 type macvlan mode bridge");
        _ = await _link.StartAsync('a', Options with { VirtualMac = new VirtualMacOptions { Name = Vmac } });
        await Expect(() => _link.Holds('a', Vip, Vmac), "it is ours");
        var link = _link.LinkOf('a', Vmac)!;
        Assert.That((string?)link["address"], Is.EqualTo("00:00:5e:00:01:33"));
        Assert.That((string?)link["linkinfo"]?["info_data"]?["mode"], Is.EqualTo("private"));
    }

    [Test]
    public async Task ManyTogether_StartAndEnd()
    {
        const int Count = 200;
        var engine = await _link.StartAsync('a', [.. Enumerable.Range(1, Count).Select(id => Options with
        {
            Name = $"r{id}",
            VirtualRouterId = (byte)id,
            Addresses = [VirtualAddress.Parse($"10.91.1.{id}/32")],
        })]);
        await Expect(() => engine.Routers.All(router => router.State == VrrpState.Master), "all are master", 15);
        Assert.That(_link.Lines('a', "-br link show type macvlan"), Has.Length.EqualTo(Count));
        await engine.StopAsync();
        Assert.That(_link.Lines('a', "-br link show type macvlan"), Is.Empty);
    }

    private async Task<VirtualRouter> StartMasterAsync(VirtualRouterOptions options)
    {
        var router = (await _link.StartAsync('a', options)).Routers[0];
        var device = options.VirtualMac?.Name ?? Vmac;
        await Expect(() => router.State == VrrpState.Master && _link.Holds('a', options.Addresses[^1].Address.ToString(), device),
            "the master has its addresses");
        return router;
    }
}
