using System.Text.RegularExpressions;
using Keepalived.Netlink;
using Keepalived.Vrrp.Firewall;
using Keepalived.Vrrp.Interfaces;
using static Keepalived.Vrrp.Tests.Transport.TestLink;

namespace Keepalived.Vrrp.Tests.Transport;

/// <summary>Group reports of virtual MAC interfaces: the rules as nft lists them, and what of it comes to the wire.</summary>
[NonParallelizable]
public sealed partial class ReportFilterTests
{
    private const string Setting = "net/ipv4/igmp_link_local_mcast_reports";
    private const string Macs = "{ 00:00:5e:00:01:33, 00:00:5e:00:02:33 }";

    private static readonly VirtualRouterOptions Options = new()
    {
        Name = "web",
        VirtualRouterId = 51,
        Interface = Interface,
        Priority = 200,
        AdvertisementInterval = TimeSpan.FromMilliseconds(50),
        Addresses = [VirtualAddress.Parse("10.91.0.100/24")],
        VirtualMac = new VirtualMacOptions(),
    };

    private static readonly VirtualRouterOptions OptionsIPv6 = Options with
    {
        Name = "web6",
        Addresses = [VirtualAddress.Parse("fe80::100/64"), VirtualAddress.Parse("2001:db8::100/64")],
    };

    private TestLink _link = null!;

    [SetUp]
    public void MakeLink() => _link = new TestLink();

    [TearDown]
    public void RemoveLink() => _link?.Dispose();

    [Test]
    public async Task Rules_OfBothFamilies_AreTheOnesNftLists_AndGoWithTheInterfaces()
    {
        var engine = await _link.StartAsync('a', Options, OptionsIPv6);
        Assert.That(
            string.Join('\n', _link.Ruleset('a')),
            Is.EqualTo(
                """
                table ip keepalived {
                	map vmac_map {
                		type iface_index : iface_index
                		elements = { "vrrp.51" : "eth0" }
                	}

                	chain out {
                		type filter hook output priority filter - 1; policy accept;
                		ip protocol igmp meta oifkind "macvlan" dup to ip daddr device oif map @vmac_map drop
                	}
                }
                table ip6 keepalived {
                	map vmac_map {
                		type iface_index : iface_index
                		elements = { "vrrp6.51" : "eth0" }
                	}

                	set vmac_set {
                		type iface_index
                		elements = { "vrrp6.51" }
                	}

                	set mld-report {
                		type icmpv6_type
                		flags constant
                		elements = { mld-listener-report,
                			     mld2-listener-report }
                	}

                	chain out {
                		type filter hook output priority filter - 1; policy accept;
                		icmpv6 type @mld-report meta oifkind "macvlan" dup to ip6 daddr device oif map @vmac_map drop
                		icmpv6 type nd-router-solicit meta oifkind "macvlan" oif @vmac_set drop
                	}
                }
                """));

        await engine.ApplyAsync([Options with { VirtualMac = null }, OptionsIPv6]);
        await Expect(() => Elements("ip").Length == 0 && Elements("ip6").Length == 2, "one is gone");
        await engine.StopAsync();
        Assert.That(_link.Ruleset('a'), Is.Empty);
    }

    [Test]
    public async Task IPv6_SwitchedOnByAReload_IsFilteredFromThenOn()
    {
        var engine = await _link.StartAsync('a', Options);
        Assert.That(Elements("ip6"), Is.Empty);
        await engine.ApplyAsync([Options with { ExcludedAddresses = [VirtualAddress.Parse("2001:db8::9/64")] }]);
        await Expect(() => Elements("ip6") is ["\"vrrp.51\" : \"eth0\"", "\"vrrp.51\""], "it is in both sets");
    }

    [Test]
    public async Task Remade_AfterSomebodyDeletedIt_IsFilteredAgain()
    {
        _ = await _link.StartAsync('a', Options);
        var before = _link.LinkOf('a', "vrrp.51")!["ifindex"]!.ToString();
        _link.Ip('a', "link delete vrrp.51");
        await Expect(() => _link.LinkOf('a', "vrrp.51") is { } made && made["ifindex"]!.ToString() != before
            && Elements("ip") is ["\"vrrp.51\" : \"eth0\""], "the new one stands alone in the set");
    }

    [Test]
    public async Task Ipvlan_ReportsForItself()
    {
        _link.Require('a', "link add probe link eth0 type ipvlan", "ipvlan");
        _ = await _link.StartAsync('a', Options with
        {
            VirtualMac = null,
            Ipvlan = new IpvlanOptions { Address = InetPrefix.Parse("10.91.0.7/24") },
        });
        Assert.That(_link.Ruleset('a'), Is.Empty);
    }

    [Test]
    public async Task Wire_HasTheReportsOfTheBaseOnly()
    {
        Count('b');
        var engine = await _link.StartAsync('a', Options, OptionsIPv6);
        foreach (var router in engine.Routers)
            await Expect(router, VrrpState.Master);
        await Expect(() => Counted("base4") > 0 && Counted("base6") > 0, "the groups are reported by the base", 10);
        await engine.StopAsync();
        Assert.That((Counted("vmac4"), Counted("vmac6"), Counted("solicit")), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public async Task Wire_WithoutFilter_HasThoseOfTheVirtualMac_SoThatThisIsWorthATest()
    {
        Count('b');
        _ = await _link.StartAsync('a', new VrrpEngineOptions { Firewall = null }, Options, OptionsIPv6);
        await Expect(() => Counted("vmac4") > 0 && Counted("vmac6") > 0, "they are reported by the virtual MACs", 10);
        Assert.That(_link.Ruleset('a'), Is.Empty);
    }

    [Test]
    public async Task WithoutCopies_ReportsAreOnlyDropped_AndTheBaseJoinsTheGroupsItself()
    {
        Count('b');
        var engine = await _link.StartAsync(
            'a', new VrrpEngineOptions { Firewall = new VrrpFirewallOptions { CopyGroupReports = false } }, Options, OptionsIPv6);
        Assert.That(_link.Ruleset('a'), Has.Some.EqualTo("\t\tip protocol igmp meta oifkind \"macvlan\" oif @vmac_map drop"));
        Assert.That(_link.Lines('a', "maddress show dev eth0"), Has.One.EqualTo("inet  224.0.0.18").And.One.EqualTo("inet6 ff02::12"));
        await Expect(() => Counted("base4") > 0 && Counted("base6") > 0, "the groups are reported by the base", 10);
        foreach (var router in engine.Routers)
            await Expect(router, VrrpState.Master);
        await engine.StopAsync();
        Assert.That((Counted("vmac4"), Counted("vmac6")), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task LocalGroupReportsOff_TheKernelMakesNone_AndNoIPv4TableIsNeeded()
    {
        Count('b');
        Assume.That(_link.Setting('a', Setting), Is.EqualTo(1));
        var engine = await _link.StartAsync('a', new VrrpEngineOptions { LocalGroupReports = false }, Options, OptionsIPv6);
        Assert.That(_link.Setting('a', Setting), Is.Zero);
        Assert.That(_link.Ruleset('a'), Has.None.EqualTo("table ip keepalived {").And.One.EqualTo("table ip6 keepalived {"));
        await Expect(() => Counted("base6") > 0, "IPv6 groups are reported", 10);
        Assert.That((Counted("base4"), Counted("vmac4")), Is.EqualTo((0, 0)));
        await engine.StopAsync();
        Assert.That(_link.Setting('a', Setting), Is.EqualTo(1));
    }

    /// <summary>Counts at a station what comes in: reports and router solicitations by the virtual MACs, and reports by others.</summary>
    private void Count(char station) => _link.Nft(station, $$"""
        table netdev watch {
            counter vmac4 { }
            counter vmac6 { }
            counter solicit { }
            counter base4 { }
            counter base6 { }
            chain in {
                type filter hook ingress device "eth0" priority 0;
                ether saddr {{Macs}} ip protocol igmp counter name vmac4
                ether saddr {{Macs}} icmpv6 type { 131, 143 } counter name vmac6
                ether saddr {{Macs}} icmpv6 type nd-router-solicit counter name solicit
                ether saddr != {{Macs}} ip protocol igmp counter name base4
                ether saddr != {{Macs}} icmpv6 type { 131, 143 } counter name base6
            }
        }
        """);

    private int Counted(string counter) =>
        int.Parse(Packets().Match(_link.Nft('b', $"list counter netdev watch {counter}")).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The elements of the sets of virtual MACs in the table of a family.</summary>
    private string[] Elements(string family)
    {
        var lines = _link.Ruleset('a').SkipWhile(line => line != $"table {family} keepalived {{").TakeWhile(static line => line != "}").ToArray();
        return
        [
            .. lines.Where((line, i) => line.Contains("elements", StringComparison.Ordinal) && lines[..i].Last(
                static before => before.EndsWith('{')).Contains("vmac_", StringComparison.Ordinal))
                .Select(static line => line.Split('{', '}')[1].Trim()),
        ];
    }

    [GeneratedRegex("packets ([0-9]+)")]
    private static partial Regex Packets();
}
