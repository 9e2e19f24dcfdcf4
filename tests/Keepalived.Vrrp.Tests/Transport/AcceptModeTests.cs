using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Vrrp.Firewall;

namespace Keepalived.Vrrp.Tests.Transport;

/// <summary>Packets to the addresses of a master that does not accept them, in the kernel and as nft lists the rules.</summary>
public sealed class AcceptModeTests
{
    private const string Vip = "10.91.0.100";
    private const string Vip6 = "2001:db8:91::100";

    private TestLink _link = null!;

    [SetUp]
    public void Open() => _link = new TestLink();

    [TearDown]
    public void Close() => _link.Dispose();

    [Test]
    public async Task V51_MasterWithoutAcceptMode_DropsWhatIsSentToItsAddresses_AndAnswersForThem()
    {
        var engine = await _link.StartAsync('a', Router() with { AcceptMode = false });
        await ExpectMasterAsync(engine);
        Assert.That(await IsReachedAsync(Vip), Is.False);
        Assert.That(_link.Lines('b', $"neighbour show {Vip}"), Has.One.Contains("lladdr"), "ARP is answered all the same");

        await engine.ApplyAsync([Router()]);
        Assert.That(await IsReachedAsync(Vip), "after a reload with accept mode");
        await engine.ApplyAsync([Router() with { AcceptMode = false }]);
        Assert.That(await IsReachedAsync(Vip), Is.False);
        await engine.StopAsync();
        Assert.That(_link.Ruleset('a'), Is.Empty);
    }

    [Test]
    public async Task V30_IPv6MasterWithoutAcceptMode_StillTakesPartInNeighbourDiscovery()
    {
        _link.Ip('b', "address add 2001:db8:91::2/64 dev eth0 nodad");
        _link.Ip('a', "address add 2001:db8:91::1/64 dev eth0 nodad");
        var engine = await _link.StartAsync('a', Router6() with { AcceptMode = false });
        await ExpectMasterAsync(engine);
        Assert.That(await IsReachedAsync(Vip6), Is.False);
        Assert.That(_link.Lines('b', $"-6 neighbour show {Vip6}"), Has.One.Contains("lladdr"));
        Assert.That(await IsReachedAsync("2001:db8:91::1"), "its own address");
    }

    [Test]
    public async Task V50_OwnerWithoutAcceptMode_AcceptsAndMakesNoTable()
    {
        var engine = await _link.StartAsync('a', Router() with { AcceptMode = false, Priority = 255 });
        await ExpectMasterAsync(engine);
        Assert.That(await IsReachedAsync(Vip));
        Assert.That(_link.Ruleset('a'), Is.Empty);
    }

    [Test]
    public async Task Rules_OfEveryKindOfAddress_AreTheOnesNftLists()
    {
        var options = new VrrpEngineOptions { Firewall = new VrrpFirewallOptions { Table = "kx", Counters = true } };
        var engine = await _link.StartAsync(
            'a', options,
            Router() with { AcceptMode = false, ExcludedAddresses = [new VirtualAddress(InetPrefix.Parse("2001:db8:91::77/64"))] },
            Router6() with { AcceptMode = false },
            Router6() with
            {
                Name = "by name",
                VirtualRouterId = 93,
                AcceptMode = false,
                TrackPrimaryInterface = false,
                Addresses = [new VirtualAddress(InetPrefix.Parse("fe80::103/64"))],
            });
        await ExpectMasterAsync(engine);
        Assert.That(
            string.Join('\n', _link.Ruleset('a')),
            Is.EqualTo(
                """
                table ip kx {
                	set vips {
                		type ipv4_addr
                		elements = { 10.91.0.100 }
                	}

                	chain out {
                		type filter hook output priority filter - 1; policy accept;
                		ip saddr @vips counter drop
                	}

                	chain in {
                		type filter hook input priority filter - 1; policy accept;
                		ip daddr @vips counter drop
                	}
                }
                table ip6 kx {
                	set vips {
                		type ipv6_addr
                		elements = { 2001:db8:91::77,
                			     2001:db8:91::100 }
                	}

                	set neighbor-discovery {
                		type icmpv6_type
                		flags constant
                		elements = { nd-neighbor-solicit,
                			     nd-neighbor-advert }
                	}

                	set vips_link_local {
                		type ipv6_addr . iface_index
                		elements = { fe80::100 . "eth0" }
                	}

                	set vips_link_local_name {
                		type ipv6_addr . ifname
                		elements = { fe80::103 . "eth0" }
                	}

                	chain out {
                		type filter hook output priority filter - 1; policy accept;
                		icmpv6 type @neighbor-discovery counter accept
                		ip6 saddr fe80::/10 counter goto out_link_local
                		ip6 saddr @vips counter drop
                	}

                	chain in {
                		type filter hook input priority filter - 1; policy accept;
                		icmpv6 type @neighbor-discovery counter accept
                		ip6 daddr fe80::/10 counter goto in_link_local
                		ip6 daddr @vips counter drop
                	}

                	chain in_link_local {
                		ip6 daddr . iif @vips_link_local counter drop
                		ip6 daddr . iifname @vips_link_local_name counter drop
                	}

                	chain out_link_local {
                		ip6 saddr . oif @vips_link_local counter drop
                		ip6 saddr . oifname @vips_link_local_name counter drop
                	}
                }
                """));
    }

    [Test]
    public async Task Table_LeftByAKilledRun_IsRemovedAtTheStart_ThoughNobodyNeedsOne()
    {
        _link.Nft('a', "add table ip keepalived; add table ip6 keepalived; add table ip other");
        await _link.StartAsync('a', Router());
        Assert.That(_link.Ruleset('a'), Is.EqualTo(["table ip other {", "}"]));
    }

    [Test]
    public async Task Table_ThatSomebodyElseDeletes_IsPutBack()
    {
        var engine = await _link.StartAsync('a', Router() with { AcceptMode = false });
        await ExpectMasterAsync(engine);
        _link.Nft('a', "flush ruleset");
        Assert.That(() => _link.Ruleset('a'), Does.Contain("\t\tip daddr @vips drop").After(5000, 20));
        _link.Nft('a', "delete element ip keepalived vips { 10.91.0.100 }");
        Assert.That(() => _link.Ruleset('a'), Does.Contain("\t\telements = { 10.91.0.100 }").After(5000, 20));
        Assert.That(await IsReachedAsync(Vip), Is.False);
    }

    [Test]
    public async Task Backup_BlocksNothing()
    {
        var master = await _link.StartAsync('b', Router() with { Priority = 200 });
        await ExpectMasterAsync(master);
        var engine = await _link.StartAsync('a', Router() with { AcceptMode = false });
        await master.StopAsync();
        await ExpectMasterAsync(engine);
        Assert.That(_link.Ruleset('a'), Does.Contain("\t\telements = { 10.91.0.100 }"));
        var back = await _link.StartAsync('b', Router() with { Priority = 200 });
        await ExpectMasterAsync(back);
        Assert.That(() => _link.Ruleset('a'), Has.None.Contains("elements").After(5000, 20));
    }

    [Test]
    public void Engine_WithoutFirewall_RefusesARouterThatNeedsIt()
    {
        Assert.That(
            () => _link.StartAsync('a', new VrrpEngineOptions { Firewall = null }, Router() with { AcceptMode = false }),
            Throws.ArgumentException.With.Message.EqualTo("Virtual router 'R': without accept mode it needs the engine's firewall."));
        Assert.That(
            () => new VrrpEngine(new VrrpEngineOptions { Firewall = new VrrpFirewallOptions { Table = "" } }), Throws.ArgumentException);
    }

    private static VirtualRouterOptions Router() => new()
    {
        Name = "R",
        VirtualRouterId = 91,
        Interface = TestLink.Interface,
        Priority = 100,
        InitialState = VrrpState.Master,
        AdvertisementInterval = TimeSpan.FromMilliseconds(100),
        Addresses = [new VirtualAddress(InetPrefix.Parse($"{Vip}/24"))],
    };

    private static VirtualRouterOptions Router6() => Router() with
    {
        Name = "R6",
        VirtualRouterId = 92,
        Addresses = [new VirtualAddress(InetPrefix.Parse("fe80::100/64")), new VirtualAddress(InetPrefix.Parse($"{Vip6}/64"))],
    };

    private static async Task ExpectMasterAsync(VrrpEngine engine)
    {
        foreach (var router in engine.Routers)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            await foreach (var happened in router.WatchAsync(limit.Token))
            {
                if (happened.State == VrrpState.Master)
                    break;
            }
        }
    }

    /// <summary>Whether a datagram from b to a closed port of an address comes back as an error: nothing comes from one that is filtered.</summary>
    private async Task<bool> IsReachedAsync(string address)
    {
        var target = new IPEndPoint(IPAddress.Parse(address), 9);
        using var socket = _link.Namespace('b').Run(() => new Socket(target.AddressFamily, SocketType.Dgram, ProtocolType.Udp));
        await socket.ConnectAsync(target);
        for (var i = 0; i < 20; i++)
        {
            try
            {
                await socket.SendAsync(new byte[1]);
                await Task.Delay(50);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
            {
                return true;
            }
        }

        return false;
    }
}
