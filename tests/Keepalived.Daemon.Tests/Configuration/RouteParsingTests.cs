using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Netlink;
using Keepalived.Netlink.Route;
using Keepalived.Vrrp;

namespace Keepalived.Daemon.Tests.Configuration;

/// <summary>Routes, option by option.</summary>
public sealed class RouteParsingTests
{
    private const string Target = "192.0.2.0/24 dev eth0 ";

    private static IEnumerable<TestCaseData> Options()
    {
        yield return Case("src 10.0.0.5", route => route.Route.PreferredSource.ToString(), "10.0.0.5");
        yield return Case("via 10.0.0.9", route => route.Route.Gateway.ToString(), "10.0.0.9");
        yield return Case("via inet6 fe80::9", route => route.Route.Gateway.ToString(), "fe80::9");
        yield return Case("via fe80::9", route => route.Route.Gateway.ToString(), "fe80::9");
        yield return Case("dev eth1", route => route.Device, "eth1");
        yield return Case("oif eth1", route => route.Device, "eth1");
        yield return Case("onlink", route => route.Route.Flags, RouteFlags.OnLink);
        yield return Case("tos 0x10", route => route.Route.TypeOfService, 16);
        yield return Case("dsfield 8", route => route.Route.TypeOfService, 8);
        yield return Case("table 70000", route => route.Route.Table, 70000u);
        yield return Case("table local", route => route.Route.Table, 255u);
        yield return Case("protocol static no_track", route => route.Route.Protocol, 4);
        yield return Case("protocol boot no_track", route => route.Route.Protocol, 3);
        yield return Case("scope link", route => route.Route.Scope, RouteScope.Link);
        yield return Case("scope 0xc8", route => route.Route.Scope, RouteScope.Site);
        yield return Case("vrf eth1", route => route.Vrf, "eth1");
        foreach (var name in (string[])["metric", "priority", "preference"])
            yield return Case($"{name} 4294967295", route => route.Route.Metric, uint.MaxValue);
        yield return Metric("mtu 1400", RouteMetric.Mtu, 1400);
        yield return Metric("mtu lock 1400", RouteMetric.Mtu, 1400, true);
        yield return Metric("advmss lock 1300", RouteMetric.AdvertisedSegmentSize, 1300, true);
        yield return Metric("reordering lock 5", RouteMetric.Reordering, 5, true);
        yield return Metric("cwnd lock 8", RouteMetric.CongestionWindow, 8, true);
        yield return Metric("ssthresh lock 9", RouteMetric.SlowStartThreshold, 9, true);
        yield return Metric("window 1000", RouteMetric.Window, 1000);
        yield return Metric("initcwnd 3", RouteMetric.InitialCongestionWindow, 3);
        yield return Metric("initrwnd 4", RouteMetric.InitialReceiveWindow, 4);
        yield return Metric("hoplimit 255", RouteMetric.HopLimit, 255);
        yield return Metric("features ecn", RouteMetric.Features, 1);
        yield return Metric("quickack 1", RouteMetric.QuickAcknowledgement, 1);
        yield return Metric("fastopen_no_cookie 1", RouteMetric.FastOpenWithoutCookie, 1);
        yield return Metric("rtt 1600", RouteMetric.RoundTripTime, 1600);
        yield return Metric("rtt lock 300ms", RouteMetric.RoundTripTime, 2400, true);
        yield return Metric("rttvar 1.5s", RouteMetric.RoundTripTimeVariance, 6000);
        yield return Metric("rto_min 2sec", RouteMetric.MinimumRetransmissionTimeout, 2000);
        yield return Metric("rto_min lock 120secs", RouteMetric.MinimumRetransmissionTimeout, 120000, true);
        yield return Case("congctl lock cubic", route => (route.Route.Metrics!.CongestionControl, route.Route.Metrics.IsCongestionControlLocked),
            ("cubic", true));
        yield return Case("realms 2/3", route => route.Route.Realms, 0x20003u);
        yield return Case("realms 3", route => route.Route.Realms, 3u);
        yield return Case("ttl-propagate enabled", route => route.Route.TtlPropagate, true);
        yield return Case("ttl-propagate disabled", route => route.Route.TtlPropagate, false);
        yield return Case("encap mpls 100/200", route => Encapsulation(route.Route), RouteEncapsulation.Mpls(100, 200));
        yield return Case("encap ip id 5 dst 10.0.0.9 src 10.0.0.1 tos 4 ttl 9 flags 0x10 via 10.0.0.9", route => Encapsulation(route.Route),
            RouteEncapsulation.Tunnel(false, 5, InetAddress.Parse("10.0.0.9"), InetAddress.Parse("10.0.0.1"), 4, 9, 16));
        yield return Case("encap ip6 dst fd00::9 tc 4 hoplimit 9", route => Encapsulation(route.Route),
            RouteEncapsulation.Tunnel(true, null, InetAddress.Parse("fd00::9"), default, 4, 9));
        yield return Case("encap ila 1:2:3:4", route => Encapsulation(route.Route), RouteEncapsulation.Ila(0x0001000200030004));
        yield return Case("add", route => route.Insertion, RouteInsertion.Exclusive);
        yield return Case("append", route => route.Insertion, RouteInsertion.Append);
        yield return Case("prepend", route => route.Insertion, RouteInsertion.Prepend);
        yield return Case("no_track", route => route.Track, false);
        yield return Case("", route => (route.Track, route.Route.Protocol, route.Route.Table, route.Route.Type),
            (true, (byte)18, 254u, RouteType.Unicast));
    }

    [TestCaseSource(nameof(Options))]
    public void Option_IsRead(string text, Func<VirtualRoute, object?> read, object? expected)
    {
        var result = Load(Target + text);
        Assert.That(Describe(result), Is.Empty);
        Assert.That(read(Route(result)), Is.EqualTo(expected));
    }

    [TestCase("192.0.2.0/24 dev eth0", "192.0.2.0/24")]
    [TestCase("to 192.0.2.7 dev eth0", "192.0.2.7/32")]
    [TestCase("default dev eth0", "0.0.0.0/0")]
    [TestCase("any via 10.0.0.9", "0.0.0.0/0")]
    [TestCase("all dev eth0", "0.0.0.0/0")]
    [TestCase("inet default dev eth0", "0.0.0.0/0")]
    [TestCase("inet6 default dev eth0", "::/0")]
    [TestCase("inet6 to default dev eth0", "::/0")]
    [TestCase("default via inet6 fe80::1 dev eth0", "::/0")]
    [TestCase("default via fe80::1 dev eth0", "::/0")]
    [TestCase("default src 2001:db8::1 dev eth0", "::/0")]
    [TestCase("dev eth0 2001:db8::/32", "2001:db8::/32")]
    [TestCase("blackhole 192.0.2.0/24", "192.0.2.0/24")]
    public void Destination_InAllForms_IsRead(string text, string expected)
    {
        var result = Load(text);
        Assert.That(Describe(result), Is.Empty);
        Assert.That(Route(result).Route.Destination.ToString(), Is.EqualTo(expected));
    }

    [TestCase("unicast", RouteType.Unicast)]
    [TestCase("local", RouteType.Local)]
    [TestCase("broadcast", RouteType.Broadcast)]
    [TestCase("anycast", RouteType.Anycast)]
    [TestCase("multicast", RouteType.Multicast)]
    [TestCase("blackhole", RouteType.Blackhole)]
    [TestCase("unreachable", RouteType.Unreachable)]
    [TestCase("prohibit", RouteType.Prohibit)]
    [TestCase("throw", RouteType.Throw)]
    [TestCase("nat", RouteType.Nat)]
    [TestCase("xresolve", RouteType.ExternalResolve)]
    public void Type_IsRead(string text, RouteType expected) =>
        Assert.That(Route(Load($"{text} 192.0.2.0/24")).Route.Type, Is.EqualTo(expected));

    [TestCase("pref low", (byte)3)]
    [TestCase("pref medium", (byte)0)]
    [TestCase("pref high", (byte)1)]
    [TestCase("pref 0x2", (byte)2)]
    public void Preference_OfIPv6_IsRead(string text, byte expected) =>
        Assert.That(Route(Load($"2001:db8::/32 dev eth0 {text}")).Route.Preference, Is.EqualTo(expected));

    [Test]
    public void IPv6Options_AreRead()
    {
        var route = Route(Load("2001:db8::/32 from 2001:db8:1::/48 dev eth0 expires 77")).Route;
        Assert.That(route.Source.ToString(), Is.EqualTo("2001:db8:1::/48"));
        Assert.That(route.Expires, Is.EqualTo(77));
    }

    [Test]
    public void Nexthops_AreRead()
    {
        var route = Route(Load(
            "192.0.2.0/24 metric 5 nexthop via 10.0.0.9 dev eth0 weight 256 onlink realms 4 nexthop via inet6 fe80::9 dev eth1 encap mpls 7"));
        Assert.That(route.Route.Metric, Is.EqualTo(5));
        Assert.That(route.Nexthops, Is.EqualTo(new VirtualNexthop[]
        {
            new(new Nexthop { Gateway = InetAddress.Parse("10.0.0.9"), Weight = 256, Flags = RouteFlags.OnLink, Realms = 4 }, "eth0"),
            new(new Nexthop
            {
                Gateway = InetAddress.Parse("fe80::9"),
                EncapsulationType = RouteEncapsulation.Mpls(7).Type,
                Encapsulation = RouteEncapsulation.Mpls(7).Attributes,
            }, "eth1"),
        }));
    }

    [TestCase("nexthop via 10.0.0.9 dev eth0 nexthop via 10.0.0.8 weight 300", 1)]
    [TestCase("nexthop via 10.0.0.9 dev eth0 bogus nexthop via 10.0.0.8", 1)]
    [TestCase("nexthop via 10.0.0.9 dev eth0 bogus", 1)]
    [TestCase("via 10.0.0.9 or 10.0.0.8", 2)]
    public void Nexthops_WithAMistake_EndThere(string text, int count)
    {
        var result = Load("192.0.2.0/24 " + text);
        Assert.That(Route(result).Nexthops, Has.Count.EqualTo(count));
        Assert.That(result.TestExitCode, Is.EqualTo(5));
    }

    [TestCase("bogus")]
    [TestCase("192.0.2.0/24 dev eth0 bogus")]
    [TestCase("192.0.2.0/24 dev eth0 metric 0x10")]
    [TestCase("192.0.2.0/24 dev eth0 metric -1")]
    [TestCase("192.0.2.0/24 dev eth0 metric 4294967296")]
    [TestCase("192.0.2.0/24 dev eth0 hoplimit 256")]
    [TestCase("192.0.2.0/24 dev eth0 quickack 2")]
    [TestCase("192.0.2.0/24 dev eth0 rto_min 121s")]
    [TestCase("192.0.2.0/24 dev eth0 rtt 1e3")]
    [TestCase("192.0.2.0/24 dev eth0 rtt ms")]
    [TestCase("192.0.2.0/24 dev eth0 tos 256")]
    [TestCase("192.0.2.0/24 dev eth0 scope nosuch")]
    [TestCase("192.0.2.0/24 dev eth0 table nosuch")]
    [TestCase("192.0.2.0/24 dev eth0 realms 1/2/3")]
    [TestCase("192.0.2.0/24 dev eth0 realms 256")]
    [TestCase("192.0.2.0/24 dev eth0 expires 5")]
    [TestCase("192.0.2.0/24 dev eth0 pref high")]
    [TestCase("192.0.2.0/24 dev eth0 src 2001:db8::1")]
    [TestCase("192.0.2.0/24 dev eth0 inet6")]
    [TestCase("192.0.2.0/24 from 10.0.0.0/8 dev eth0")]
    [TestCase("2001:db8::/32 via 10.0.0.9")]
    [TestCase("2001:db8::/32 dev eth0 realms 4")]
    [TestCase("2001:db8::/32 dev eth0 pref 256")]
    [TestCase("192.0.2.0/24 via x")]
    [TestCase("192.0.2.0/24 via inet fe80::1")]
    [TestCase("192.0.2.0/24 dev eth0 ttl-propagate maybe")]
    [TestCase("192.0.2.0/24 dev eth0 encap mpls 5/6/7")]
    [TestCase("192.0.2.0/24 dev eth0 encap mpls 1048576")]
    [TestCase("192.0.2.0/24 dev eth0 encap ip tos 4")]
    [TestCase("192.0.2.0/24 dev eth0 encap ip dst fd00::1")]
    [TestCase("192.0.2.0/24 dev eth0 encap ip id x")]
    [TestCase("192.0.2.0/24 dev eth0 encap ila 1:2:3")]
    [TestCase("192.0.2.0/24 dev eth0 encap gre 1")]
    [TestCase("192.0.2.0/24 nexthop via 10.0.0.9 weight 0")]
    [TestCase("192.0.2.0/24 dev a-name-that-is-too-long")]
    [TestCase("dev eth0")]
    [TestCase("10/8 dev eth0")]
    public void Mistake_LeavesTheRouteOut(string text)
    {
        var result = Load(text);
        Assert.That(result.Configuration.VrrpInstances[0].VirtualRoutes, Is.Empty);
        Assert.That(result.TestExitCode, Is.Not.Zero);
        Assert.That(Describe(result), Does.Contain("virtual_routes"));
    }

    [TestCase("192.0.2.0/24 dev")]
    [TestCase("192.0.2.0/24 dev eth0 mtu lock")]
    [TestCase("unreachable")]
    [TestCase("192.0.2.0/24 dev eth0 encap")]
    public void MissingValue_IsFatal(string text)
    {
        var result = Load(text);
        Assert.That(result.HighestFault, Is.EqualTo(ConfigurationFault.MissingParameter));
        Assert.That(Describe(result), Does.Contain("a value must follow"));
    }

    [Test]
    public void UnknownInterface_IsFatal() => Assert.That(Describe(Load("192.0.2.0/24 dev nosuch")), Does.Contain("Fatal").And.Contain("nosuch"));

    [Test]
    public void TrackedRoute_OfOtherProtocol_GetsOurs()
    {
        var result = Load(Target + "protocol static");
        Assert.That(Route(result).Route.Protocol, Is.EqualTo(RouteProtocol.Keepalived));
        Assert.That(Describe(result), Does.Contain("protocol keepalived"));
    }

    [TestCase("rtt 20ms", RouteMetric.RoundTripTime, 1600u)]
    [TestCase("rttvar 1", RouteMetric.RoundTripTimeVariance, 800u)]
    [TestCase("rto_min 0.1s", RouteMetric.MinimumRetransmissionTimeout, 200u)]
    public void ShortTime_BecomesTheShortest(string text, RouteMetric metric, uint expected)
    {
        var result = Load(Target + text);
        Assert.That(Route(result).Route.Metrics![metric], Is.EqualTo(expected));
        Assert.That(result.TestExitCode, Is.Zero, "the original does not mind");
    }

    private static TestCaseData Case<T>(string text, Func<VirtualRoute, T> read, object? expected) =>
        new TestCaseData(text, (VirtualRoute route) => (object?)read(route), expected).SetArgDisplayNames(text.Length == 0 ? "nothing" : text);

    private static TestCaseData Metric(string text, RouteMetric metric, uint value, bool locked = false) =>
        Case(text, route => route.Route.Metrics!.Values.Span.ToArray(), new[] { new RouteMetricValue(metric, value, locked) });

    private static RouteEncapsulation Encapsulation(Route route) => new(route.EncapsulationType, route.Encapsulation);

    private static VirtualRoute Route(ConfigurationResult result)
    {
        Assert.That(result.Configuration.VrrpInstances[0].VirtualRoutes, Has.Count.EqualTo(1), Describe(result));
        return result.Configuration.VrrpInstances[0].VirtualRoutes[0].Route;
    }

    private static string Describe(ConfigurationResult result) => Configuration.Load.Describe(result);

    private static ConfigurationResult Load(string route) => Configuration.Load.Text(
        $"""
        vrrp_instance web [
            interface eth0
            virtual_router_id 51
            virtual_ipaddress [
                10.0.0.100/24
            ]
            virtual_routes [
                {route}
            ]
        ]
        """.Replace('[', '{').Replace(']', '}'));
}
