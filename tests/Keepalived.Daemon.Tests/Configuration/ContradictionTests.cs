using Keepalived.Daemon.Configuration.Diagnostics;

namespace Keepalived.Daemon.Tests.Configuration;

/// <summary>What keywords and blocks say against each other: found where it stands, and of the right gravity.</summary>
public sealed class ContradictionTests
{
    [TestCase("use_ipvlan ipv1 10.0.0.8 foo", "a second name")]
    [TestCase("use_ipvlan 2001:db8::8", "of another family")]
    [TestCase("nopreempt\nstate MASTER\npriority 100", "contradicts state MASTER")]
    [TestCase("advert_int 0.5", "does not fit version 2")]
    [TestCase("version 3\nadvert_int 41", "does not fit version 3")]
    public void Instance_ThatContradictsItself_IsAFault(string lines, string message)
    {
        var result = Load.Text(Instance("A", 1, "10.0.0.9", lines));
        Assert.That(result.Diagnostics.Select(static d => d.Message), Has.Some.Contain(message));
        Assert.That(result.TestExitCode, Is.EqualTo(5));
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
        Assert.That(result.TestExitCode, Is.EqualTo(5));
    }

    [TestCase("bfd_instance B {\nneighbor_ip 10.0.0.2\n}\n", "", 0)]
    [TestCase("bfd_instance B {\nneighbor_ip 10.0.0.2\nchecker\n}\n", "", 5)]
    [TestCase("", "bfd_instance B {\nneighbor_ip 10.0.0.2\n}\n", 5)]
    public void TrackedSession_MustBeThereBeforeAndTellVrrp(string before, string after, int exitCode)
    {
        var result = Load.Text(before + Instance("A", 1, "10.0.0.9", "track_bfd {\nB\n}") + after);
        Assert.That(result.TestExitCode, Is.EqualTo(exitCode), Load.Describe(result));
        Assert.That(result.Configuration.VrrpInstances[0].TrackBfd, Has.Count.EqualTo(exitCode == 0 ? 1 : 0));
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
