using System.Net.Sockets;
using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Netlink;
using Keepalived.Netlink.Route;

namespace Keepalived.Daemon.Tests.Configuration;

/// <summary>Policy rules, option by option.</summary>
public sealed class RuleParsingTests
{
    private const string Lookup = "table 100 preference 7 ";

    private static IEnumerable<TestCaseData> Options()
    {
        yield return Case("from 10.1.0.0/16 " + Lookup, rule => rule.Source.ToString(), "10.1.0.0/16");
        yield return Case("to 10.1.0.7 " + Lookup, rule => rule.Destination.ToString(), "10.1.0.7/32");
        yield return Case("from default " + Lookup, rule => rule.Source, null);
        yield return Case("inet6 from all " + Lookup, rule => rule.Family, AddressFamily.InterNetworkV6);
        yield return Case("inet6 from fd00::/8 " + Lookup, rule => rule.Source.ToString(), "fd00::/8");
        yield return Case("from fd00::/8 " + Lookup, rule => rule.Family, AddressFamily.InterNetworkV6);
        yield return Case("not from 10.1.0.0/16 " + Lookup, rule => rule.IsInverted, true);
        yield return Case("table main preference 7", rule => rule.Table, 254u);
        yield return Case("lookup 0x1000 preference 7", rule => rule.Table, 4096u);
        yield return Case("l3mdev preference 7", rule => rule.UseLayer3MasterDevice, true);
        yield return Case("blackhole preference 7", rule => rule.Action, RuleAction.Blackhole);
        yield return Case("type unreachable preference 7", rule => rule.Action, RuleAction.Unreachable);
        yield return Case("prohibit preference 7", rule => rule.Action, RuleAction.Prohibit);
        yield return Case("nop preference 7", rule => rule.Action, RuleAction.Nop);
        yield return Case("goto 300 preference 7", rule => (rule.Action, rule.Goto), (RuleAction.Goto, 300u));
        foreach (var name in (string[])["preference", "order", "priority"])
            yield return Case($"table 100 {name} 0x10", rule => rule.Priority, 16u);
        yield return Case(Lookup + "tos 0x10", rule => rule.TypeOfService, 16);
        yield return Case(Lookup + "dsfield 8", rule => rule.TypeOfService, 8);
        yield return Case(Lookup + "fwmark 5", rule => (rule.Mark, rule.MarkMask), ((uint?)5, (uint?)null));
        yield return Case(Lookup + "fwmark 0x5/0xff", rule => (rule.Mark, rule.MarkMask), ((uint?)5, (uint?)255));
        yield return Case(Lookup + "iif eth0", rule => rule.InputInterface, "eth0");
        yield return Case(Lookup + "dev eth0", rule => rule.InputInterface, "eth0");
        yield return Case(Lookup + "oif eth1", rule => rule.OutputInterface, "eth1");
        yield return Case(Lookup + "uidrange 1-5", rule => rule.Users, new UserRange(1, 5));
        yield return Case(Lookup + "tunnel-id 7", rule => rule.TunnelId, 7ul);
        yield return Case(Lookup + "realms 2/3", rule => rule.Realms, 0x20003u);
        yield return Case(Lookup + "suppress_prefixlength 24", rule => rule.SuppressPrefixLength, 24);
        yield return Case(Lookup + "sup_pl 0", rule => rule.SuppressPrefixLength, 0);
        yield return Case(Lookup + "suppress_ifgroup default", rule => rule.SuppressInterfaceGroup, 0);
        yield return Case(Lookup + "sup_group 9", rule => rule.SuppressInterfaceGroup, 9);
        yield return Case(Lookup + "protocol 7 no_track", rule => rule.Protocol, 7);
        yield return Case(Lookup, rule => rule.Protocol, 18);
        yield return Case(Lookup + "ipproto tcp", rule => rule.IpProtocol, 6);
        yield return Case(Lookup + "ipproto 127", rule => rule.IpProtocol, 127);
        yield return Case(Lookup + "sport 10-20", rule => rule.SourcePorts, new PortRange(10, 20));
        yield return Case(Lookup + "sport 10", rule => rule.SourcePorts, new PortRange(10, 10));
        yield return Case(Lookup + "dport 65535", rule => rule.DestinationPorts, new PortRange(65535, 65535));
    }

    [TestCaseSource(nameof(Options))]
    public void Option_IsRead(string text, Func<Rule, object?> read, object? expected)
    {
        var result = Load(text);
        Assert.That(Configuration.Load.Describe(result), Is.Empty);
        Assert.That(read(Rule(result)), Is.EqualTo(expected));
    }

    [TestCase("from 10.1.0.0/16")]
    [TestCase("from 10.1.0.0/16 table 0 preference 7")]
    [TestCase("from 10.1.0.0/16 table 100 blackhole preference 7")]
    [TestCase("goto 300")]
    [TestCase("goto 7 preference 7")]
    [TestCase("blackhole preference 7 realms 3")]
    [TestCase("blackhole preference 7 suppress_prefixlength 3")]
    [TestCase("inet6 table 100 preference 7 realms 3")]
    [TestCase("inet6 from 10.1.0.0/16 table 100 preference 7")]
    [TestCase(Lookup + "bogus")]
    [TestCase(Lookup + "fwmark 5/6/7")]
    [TestCase(Lookup + "fwmark 0x100000000")]
    [TestCase(Lookup + "uidrange 5")]
    [TestCase(Lookup + "uidrange 5-4")]
    [TestCase(Lookup + "sport 65536")]
    [TestCase(Lookup + "dport 5-x")]
    [TestCase(Lookup + "tunnel-id x")]
    [TestCase(Lookup + "protocol 256")]
    [TestCase(Lookup + "suppress_prefixlength 129")]
    [TestCase(Lookup + "type bogus")]
    [TestCase("table 100 preference -1")]
    [TestCase("from x " + Lookup)]
    public void Mistake_LeavesTheRuleOut(string text)
    {
        var result = Load(text);
        Assert.That(result.Configuration.VrrpInstances[0].VirtualRules, Is.Empty);
        Assert.That(result.TestExitCode, Is.EqualTo(5));
        Assert.That(Configuration.Load.Describe(result), Does.Contain("virtual_rules"));
    }

    [Test]
    public void MissingValue_IsFatal() => Assert.That(Load("table").HighestFault, Is.EqualTo(ConfigurationFault.MissingParameter));

    [Test]
    public void UnknownIpProtocol_IsReportedAndIgnored()
    {
        var result = Load(Lookup + "ipproto 200");
        Assert.That(Rule(result).IpProtocol, Is.Zero);
        Assert.That(result.TestExitCode, Is.EqualTo(5));
    }

    [Test]
    public void WithoutPreference_CountDownForEachFamily()
    {
        var result = Load("from 10.1.0.0/16 table 1\nfrom fd00::/8 table 2\nfrom 10.2.0.0/16 table 3\nfrom 10.3.0.0/16 table 4 preference 9");
        Assert.That(result.Configuration.VrrpInstances[0].VirtualRules.Select(rule => rule.Rule.Rule.Priority),
            Is.EqualTo(new uint?[] { 16384, 16384, 16383, 9 }));
    }

    [Test]
    public void TrackedRule_OfOtherProtocol_GetsOurs() =>
        Assert.That(Rule(Load(Lookup + "protocol 7")).Protocol, Is.EqualTo(RouteProtocol.Keepalived));

    private static TestCaseData Case<T>(string text, Func<Rule, T> read, object? expected) =>
        new TestCaseData(text, (Rule rule) => (object?)read(rule), expected).SetArgDisplayNames(text);

    private static Rule Rule(ConfigurationResult result)
    {
        Assert.That(result.Configuration.VrrpInstances[0].VirtualRules, Has.Count.EqualTo(1), Configuration.Load.Describe(result));
        return result.Configuration.VrrpInstances[0].VirtualRules[0].Rule.Rule;
    }

    private static ConfigurationResult Load(string rule) => Configuration.Load.Text(
        $"""
        vrrp_instance web [
            interface eth0
            virtual_router_id 51
            virtual_ipaddress [
                10.0.0.100/24
            ]
            virtual_rules [
                {rule}
            ]
        ]
        """.Replace('[', '{').Replace(']', '}'));
}
