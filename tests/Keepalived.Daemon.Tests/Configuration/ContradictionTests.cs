using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Ipvs;

namespace Keepalived.Daemon.Tests.Configuration;

/// <summary>What keywords and blocks say against each other: found where it stands, and of the right gravity.</summary>
public sealed class ContradictionTests
{
    [TestCase("use_ipvlan ipv1 10.0.0.8 foo", "a second name")]
    [TestCase("use_ipvlan 2001:db8::8", "of another family")]
    [TestCase("use_vmac eth1", "the interface eth1 is there, and is no macvlan; another name is chosen")]
    [TestCase("use_ipvlan eth1 10.0.0.8", "the interface eth1 is there, and is no ipvlan; another name is chosen")]
    [TestCase("nopreempt\nstate MASTER\npriority 100", "contradicts state MASTER")]
    [TestCase("version 3\nauthentication {\nauth_type PASS\nauth_pass abc\n}", "version 3 has no authentication")]
    [TestCase("advert_int 0.5", "does not fit version 2; 1 is used")]
    [TestCase("advert_int 1.5", "does not fit version 2; 2 is used")]
    [TestCase("version 3\nadvert_int 40.96", "does not fit version 3; 40.95 is used")]
    [TestCase("version 3\nadvert_int 41", "does not fit version 3; 40.95 is used")]
    [TestCase("version 3\nadvert_int 0.015", "does not fit version 3; 0.02 is used")]
    public void Instance_ThatContradictsItself_IsAFault(string lines, string message)
    {
        var result = Load.Text(Instance("A", 1, "10.0.0.9", lines));
        Assert.That(result.Diagnostics.Select(static d => d.Message), Has.Some.Contain(message));
        Assert.That(result.TestExitCode, Is.EqualTo(5));
    }

    [TestCase("0.0.0.0", false)]
    [TestCase("::", false)]
    [TestCase("224.1.1.1/32", false)]
    [TestCase("ff02::5", false)]
    [TestCase("224.1.1.1/32 autojoin", true)]
    public void Address_ThatNoInterfaceCanHave_IsLeftOutWithAWarning(string entry, bool isKept)
    {
        var result = Load.Text(Instance("A", 1, "10.0.0.9", $"virtual_ipaddress_excluded {{\n{entry}\n10.0.0.10\n}}"));
        Assert.That(result.Configuration.VrrpInstances[0].ExcludedAddresses, Has.Count.EqualTo(isKept ? 2 : 1));
        Assert.That(result.Diagnostics.Any(static finding => finding.Message.Contains("left out")), Is.EqualTo(!isKept), Load.Describe(result));
        Assert.That(result.TestExitCode, Is.Zero, "the original says nothing");
    }

    [TestCase(254, 10, true)]
    [TestCase(254, -10, false)]
    [TestCase(1, -10, true)]
    [TestCase(1, 10, false)]
    [TestCase(100, 10, false)]
    public void Weight_ThatCanNeverDecide_IsAWarning(int priority, int weight, bool isUseless)
    {
        var script = "global_defs {\nenable_script_security\nscript_user root\n}\nvrrp_script s {\nscript /bin/true\n}\n";
        var result = Load.Text(script + Instance("A", 1, "10.0.0.9", $"priority {priority}\ntrack_script {{\ns weight {weight}\n}}"));
        Assert.That(result.Diagnostics.Any(static d => d.Message.Contains("never decide")), Is.EqualTo(isUseless), Load.Describe(result));
        Assert.That(result.TestExitCode, Is.Zero, "the original says nothing");
    }

    [Test]
    public void Address_OfTwoInstances_IsAWarningWithBothPlaces()
    {
        var result = Load.Text(Instance("A", 1, "10.0.0.9", "") + Instance("B", 2, "10.0.0.9", ""));
        var finding = result.Diagnostics.Single(static d => d.Code == DiagnosticCodes.Duplicate);
        Assert.That((finding.Severity, finding.Location.Line, finding.Notes.Single().Location.Line, result.TestExitCode),
            Is.EqualTo((DiagnosticSeverity.Warning, 13, 5, 0)));
    }

    [Test]
    public void VmacName_OfTwoInstances_IsAFault_AndTheSecondGetsAnother()
    {
        var result = Load.Text(Instance("A", 1, "10.0.0.9", "use_vmac v0") + Instance("B", 2, "10.0.0.8", "use_vmac v0"));
        Assert.That(result.Configuration.VrrpInstances.Select(static instance => instance.Vmac!.Name), Is.EqualTo(new[] { "v0", null }));
        Assert.That(result.Diagnostics.Count(static finding => finding.Message.Contains("the interface v0 is that of")), Is.EqualTo(1));
        Assert.That(result.TestExitCode, Is.EqualTo(5));
    }

    [TestCase("", "", true, Description = "one interface, one family")]
    [TestCase("", "interface eth1", false)]
    [TestCase("version 3", "version 3\nvirtual_ipaddress {\n2001:db8::9\n}", false, Description = "another family")]
    [TestCase("unicast_peer {\n10.0.0.7\n}", "unicast_peer {\n10.0.0.8\n}", false, Description = "other peers")]
    [TestCase("unicast_peer {\n10.0.0.7\n}", "unicast_peer {\n10.0.0.7\n}", true)]
    public void RouterId_OfTwoInstances_IsAFaultWhereTheyWouldMeet(string first, string second, bool isFault)
    {
        var result = Load.Text(
            Instance("A", 1, "10.0.0.9", first) + (second.Contains("2001") ? $"vrrp_instance B {{\ninterface eth0\nvirtual_router_id 1\n{second}\n}}\n"
            : Instance("B", 1, "10.0.0.8", second)));
        var findings = result.Diagnostics.Where(static finding => finding.Message.Contains("virtual_router_id 1 is that of A")).ToList();
        Assert.That((findings.Count, result.TestExitCode), Is.EqualTo(isFault ? (1, 5) : (0, 0)), Load.Describe(result));
    }

    [TestCase("vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress {\n10.0.0.9\n}\n}\n", 5)]
    [TestCase("vrrp_sync_group A {\ngroup {\nX\n}\n}\n", 5)]
    [TestCase("vrrp_script A {\nscript /bin/true\n}\n", 0)]
    [TestCase("vrrp_track_process A {\nprocess x\n}\n", 0)]
    [TestCase("track_file A {\nfile /tmp/x\n}\n", 0)]
    [TestCase("bfd_instance A {\nneighbor_ip 10.0.0.2\n}\n", 5)]
    [TestCase("track_group A {\ngroup {\nX\n}\n}\n", 5)]
    public void Name_OfTwoBlocks_IsReportedWithBothPlaces(string block, int exitCode)
    {
        var result = Load.Text(block + block);
        var finding = result.Diagnostics.Single(static finding => finding.Code == DiagnosticCodes.BlockSkipped);
        Assert.That((finding.Notes.Single().Location.Line, finding.Location.Line), Is.EqualTo((1, 1 + block.Count(static c => c == '\n'))));
        Assert.That(finding.Severity, Is.EqualTo(exitCode == 0 ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error));
    }

    [TestCase("bfd_instance B {\nneighbor_ip 10.0.0.2\n}\n", "", 0)]
    [TestCase("bfd_instance B {\nneighbor_ip 10.0.0.2\nchecker\n}\n", "", 5)]
    [TestCase("", "bfd_instance B {\nneighbor_ip 10.0.0.2\n}\n", 5)]
    public void TrackedSession_MustBeThereBeforeAndTellVrrp(string before, string after, int exitCode)
    {
        var result = Load.Text(before + Instance("A", 1, "10.0.0.9", "track_bfd {\nB\n}") + after);
        Assert.That(result.TestExitCode, Is.EqualTo(exitCode), Load.Describe(result));
        Assert.That(result.Configuration.VrrpInstances[0].Tracked.Bfd, Has.Count.EqualTo(exitCode == 0 ? 1 : 0));
    }

    [TestCase("192.0.2.1 80", "192.0.2.1 80")]
    [TestCase("192.0.2.1 80 protocol tcp weight 5", "192.0.2.1 80 protocol TCP")]
    [TestCase("192.0.2.1 80 protocol UDP", null)]
    [TestCase("192.0.2.1", null)]
    [TestCase("2001:db8:0::1 443 weight -5 reverse", "2001:db8::1 443")]
    [TestCase("fwmark 7", "fwmark 7")]
    [TestCase("fwmark 8", null)]
    [TestCase("group web", "group web")]
    [TestCase("group web protocol TCP", "group web protocol TCP")]
    [TestCase("group mail", null)]
    public void TrackedVirtualServer_MustBeThereSomewhere(string entry, string? name)
    {
        var result = Load.Text(Instance("A", 1, "10.0.0.9", $"track_virtual_server {{\n{entry}\n}}")
            + Service("192.0.2.1 80", "NAT", "protocol TCP", "80", "") + Service("fwmark 7", "NAT", "", "80", "")
            + "virtual_server 2001:db8::1 443 {\nprotocol TCP\nlvs_sched rr\nlvs_method NAT\nreal_server 2001:db8::2 443 {\n}\n}\n"
            + Service("group web", "NAT", "protocol TCP", "80", "") + "virtual_server_group web {\n192.0.2.2 80\n}\n");
        var tracked = result.Configuration.VrrpInstances[0].Tracked.VirtualServers.Select(static reference => reference.Name);
        Assert.That(tracked, name is null ? Is.Empty : Is.EqualTo(new[] { name }), Load.Describe(result));
        Assert.That(result.TestExitCode, Is.EqualTo(name is null ? 5 : 0), Load.Describe(result));
        if (name is null)
            Assert.That(result.Diagnostics.Single().Location.Line, Is.EqualTo(8), "the place of the entry");
    }

    [TestCase("bfd_instance B {\nneighbor_ip 10.0.0.2\n}\n", "name B", 0, 1)]
    [TestCase("bfd_instance B {\nneighbor_ip 10.0.0.2\nvrrp\n}\n", "name B", 5, 0)]
    [TestCase("", "name B", 5, 0)]
    [TestCase("bfd_instance B {\nneighbor_ip 10.0.0.2\n}\n", "name B\n}\nBFD_CHECK {\nname B", 5, 1)]
    public void FollowedSession_MustBeThereBeforeAndTellCheckers(string before, string lines, int exitCode, int checks)
    {
        var result = Load.Text(before + Service("10.0.0.1 80", "NAT", "protocol TCP", "80", $"BFD_CHECK {{\n{lines}\n}}"));
        Assert.That(result.TestExitCode, Is.EqualTo(exitCode), Load.Describe(result));
        Assert.That(result.Configuration.VirtualServers[0].RealServers[0].Checks, Has.Count.EqualTo(checks));
    }

    [TestCase("fwmark 5", "protocol TCP", 5, Description = "marks have no protocol")]
    [TestCase("fwmark 5", "", 0)]
    [TestCase("fwmark 5\n10.0.0.1 80", "protocol TCP", 0)]
    [TestCase("10.0.0.1 80", "", 5, Description = "no protocol")]
    [TestCase("10.0.0.1", "protocol TCP", 5, Description = "no port, not persistent")]
    [TestCase("10.0.0.1", "protocol TCP\npersistence_timeout 5", 0)]
    [TestCase("fwmark 5", "ha_suspend", 5)]
    public void Group_AgainstItsServer_IsJudgedWhenBothAreKnown(string entries, string lines, int exitCode)
    {
        var result = Load.Text(Service("group G", "NAT", lines, "80", "") + $"virtual_server_group G {{\n{entries}\n}}");
        Assert.That(result.TestExitCode, Is.EqualTo(exitCode), Load.Describe(result));
        Assert.That(result.Configuration.VirtualServers, Has.Count.EqualTo(1));
    }

    [TestCase("10.0.0.1 80", "protocol TCP\nops", 5)]
    [TestCase("10.0.0.1 80", "protocol SCTP\nops", 5)]
    [TestCase("10.0.0.1 80", "protocol UDP\nops", 0)]
    [TestCase("fwmark 5", "ops", 0)]
    public void Group_WithSinglePackets_NeedsUdp(string entries, string lines, int exitCode)
    {
        var result = Load.Text(Service("group G", "NAT", lines, "80", "") + $"virtual_server_group G {{\n{entries}\n}}");
        Assert.That(result.TestExitCode, Is.EqualTo(exitCode), Load.Describe(result));
        Assert.That(result.Configuration.VirtualServers[0].Flags.HasFlag(IpvsServiceFlags.OnePacket), Is.EqualTo(exitCode == 0));
    }

    [TestCase("127.0.0.1", 0)]
    [TestCase("2001:db8::1", 0)]
    [TestCase("mail.known", 0)]
    [TestCase("mail.unknown", 5)]
    [TestCase("127.0.0.1:25", 5)]
    public void MailServer_ThatCannotBeResolved_IsAFaultOfTheTest(string host, int exitCode)
    {
        var options = Load.Options($"global_defs {{\nsmtp_server {host}\n}}");
        var result = ConfigurationLoader.Load(options with { CanResolve = static name => name == "mail.known" });
        Assert.That((result.TestExitCode, result.Configuration.Global.Mail.Server), Is.EqualTo((exitCode, exitCode == 0 ? host : null)));
        Assert.That(ConfigurationLoader.Load(options).Configuration.Global.Mail.Server, Is.EqualTo(host), "a start asks later");
    }

    [TestCase("2001:db8::1 80")]
    [TestCase("2001:db8::1 80\n10.0.0.1 80")]
    public void Group_OfAnotherFamily_LeavesTheServerOutWithAWarning(string entries)
    {
        var result = Load.Text(Service("group G", "NAT", "protocol TCP", "80", "") + $"virtual_server_group G {{\n{entries}\n}}");
        Assert.That((result.TestExitCode, result.Configuration.VirtualServers.Count), Is.EqualTo((0, 0)), Load.Describe(result));
    }

    [TestCase("fwmark 3", "DR", "ha_suspend", "", 5)]
    [TestCase("10.0.0.1 80", "DR", "protocol TCP\nsorry_server 10.0.0.9 8080", "80", 5)]
    [TestCase("10.0.0.1 80", "NAT", "protocol TCP\npersistence_granularity 24", "80", 0, Description = "inet_aton takes it")]
    [TestCase("fwmark 3", "NAT", "ip_family inet6", "80", 5, Description = "no server is left")]
    public void Server_ThatContradictsItself_IsAFault(string head, string method, string lines, string port, int exitCode) =>
        Assert.That(Load.Text(Service(head, method, lines, port, "")).TestExitCode, Is.EqualTo(exitCode));

    private static string Instance(string name, int id, string address, string lines) =>
        $"vrrp_instance {name} {{\ninterface eth0\nvirtual_router_id {id}\nvirtual_ipaddress {{\n{address}\n}}\n{lines}\n}}\n";

    private static string Service(string head, string method, string lines, string port, string real) =>
        $"virtual_server {head} {{\nlvs_sched rr\nlvs_method {method}\n{lines}\nreal_server 10.0.0.2 {port} {{\n{real}\n}}\n}}\n";
}
