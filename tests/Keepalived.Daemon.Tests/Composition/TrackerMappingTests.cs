using Keepalived.Daemon.Composition;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Vrrp;
using Keepalived.Vrrp.Tracking;

namespace Keepalived.Daemon.Tests.Composition;

/// <summary>What members of sync groups and owners of addresses track.</summary>
public sealed class TrackerMappingTests
{
    private const string Objects = """
        vrrp_script chk {
            script "/bin/true"
            weight 5
        }
        vrrp_track_process proc {
            process web
            weight 7
        }
        track_file file {
            file /tmp/kdn-none
        }
        bfd_instance peer {
            neighbor_ip 10.0.0.9
            weight 6
        }
        virtual_server 192.0.2.1 80 {
            protocol TCP
            real_server 198.51.100.1 80 {
            }
        }
        """;

    private const string Weighted = """
        track_interface {
            eth1 weight 10
        }
        track_script {
            chk
        }
        track_file {
            file
        }
        track_process {
            proc
        }
        """;

    [Test]
    public void WithoutAGroup_WeightsCount()
    {
        var options = Options(Weighted, null, 100);
        Assert.That(options.TrackedInterfaces, Is.EqualTo(new[] { Tracked("eth1", 10) }));
        Assert.That(options.TrackedObjects, Is.EqualTo(new[]
        {
            Tracked("chk", 5), Tracked("track_file file", 1) with { IsNumber = true }, Tracked("track_process proc", 7),
        }));
    }

    [Test]
    public void InAGroup_InterfacesAndFilesFallToZeroAndScriptsGo()
    {
        var options = Options(Weighted, "", 100);
        Assert.That(options.TrackedInterfaces, Is.EqualTo(new[] { Tracked("eth1", 0) }));
        Assert.That(options.TrackedObjects, Is.EqualTo(new[]
        {
            Tracked("track_file file", 0) with { IsNumber = true }, Tracked("track_process proc", 7),
        }));
    }

    [Test]
    public void InAGroupThatKeepsWeights_TheyCount([Values("sync_group_tracking_weight", "global_tracking")] string keyword)
    {
        var options = Options(Weighted, keyword, 100);
        Assert.That(options.TrackedInterfaces, Is.EqualTo(new[] { Tracked("eth1", 10) }));
        Assert.That(options.TrackedObjects[0], Is.EqualTo(Tracked("chk", 5)));
    }

    [Test]
    public void AnOwner_HasNoWeights()
    {
        var options = Options(Weighted, null, 255);
        Assert.That(options.TrackedInterfaces, Is.Empty);
        Assert.That(options.TrackedObjects, Is.EqualTo(new[] { Tracked("track_file file", 0) with { IsNumber = true } }));
    }

    [Test]
    public void TheGroupsOwn_ApplyToEachMemberWithTheirWeights()
    {
        var options = Options("", "track_script {\nchk weight 20 reverse\n}\ntrack_interface {\neth1 weight -3\n}", 100);
        Assert.That(options.TrackedInterfaces, Is.EqualTo(new[] { Tracked("eth1", -3) }));
        Assert.That(options.TrackedObjects, Is.EqualTo(new[] { new TrackedObject("chk", new TrackerWeight(20, true)) }));
    }

    [Test]
    public void TheGroupsOwn_WithAnOwner_HaveNoWeights()
    {
        var options = Options("", "track_script {\nchk weight 20\n}", 255);
        Assert.That(options.TrackedObjects, Is.EqualTo(new[] { Tracked("chk", 0) }));
    }

    [Test]
    public void BfdSessions_CountAsScriptsDo()
    {
        const string tracked = "track_bfd {\npeer\n}";
        Assert.That(Options(tracked, null, 100).TrackedObjects, Is.EqualTo(new[] { Tracked("track_bfd peer", 6) }));
        Assert.That(Options(tracked, "", 100).TrackedObjects, Is.Empty, "a member of a group has no weights");
        Assert.That(Options(tracked, null, 255).TrackedObjects, Is.Empty, "an owner has no weights");
        Assert.That(Options("", tracked, 100).TrackedObjects, Is.EqualTo(new[] { Tracked("track_bfd peer", 6) }));
        Assert.That(
            Options("track_bfd {\npeer weight 0 reverse\n}", "", 100).TrackedObjects,
            Is.EqualTo(new[] { new TrackedObject("track_bfd peer", new TrackerWeight(0, true)) }));
    }

    [Test]
    public void VirtualServers_CountAsScriptsDo()
    {
        const string name = "track_virtual_server 192.0.2.1 80";
        Assert.That(Options("track_virtual_server {\n192.0.2.1 80 weight 9\n}", null, 100).TrackedObjects, Is.EqualTo(new[] { Tracked(name, 9) }));
        Assert.That(Options("track_virtual_server {\n192.0.2.1 80\n}", null, 255).TrackedObjects, Is.EqualTo(new[] { Tracked(name, 0) }));
        Assert.That(Options("track_virtual_server {\n192.0.2.1 80 weight 9\n}", "", 100).TrackedObjects, Is.Empty);
        Assert.That(Options("", "track_virtual_server {\n192.0.2.1 80 weight -9\n}", 100).TrackedObjects, Is.EqualTo(new[] { Tracked(name, -9) }));
    }

    [TestCase("chk weight 3", 20)]
    [TestCase("chk weight 0", 0)]
    public void OnBoth_TheGroupsWeightCountsUnlessTheInstancesIsNone(string reference, int expected)
    {
        var options = Options($"track_script {{\n{reference}\n}}", "track_script {\nchk weight 20\n}", 100);
        Assert.That(options.TrackedObjects, Is.EqualTo(new[] { Tracked("chk", expected) }));
    }

    [Test]
    public void Groups_AreMapped()
    {
        var result = Configuration.Load.Text(Text("", "", 100));
        Assert.That(result.Configuration.ToGroups(), Is.EqualTo(new[] { new VrrpSyncGroupOptions { Name = "G", Members = ["A", "B"] } }));
    }

    [TestCase(Weighted, "", 100, "track_interface eth1", "track_script chk", "track_file file")]
    [TestCase(Weighted, null, 255, "track_interface eth1", "track_script chk", "track_file file")]
    [TestCase(Weighted, "sync_group_tracking_weight", 100)]
    [TestCase(Weighted, null, 100)]
    [TestCase("", "track_script {\nchk\n}\ntrack_process {\nproc\n}", 255, "track_script chk", "track_process proc")]
    [TestCase("", "track_script {\nchk\n}\ntrack_process {\nproc\n}", 100)]
    public void WeightsThatDoNotCount_AreReported(string instance, string? group, int priority, params string[] expected)
    {
        var result = Configuration.Load.Text(Text(instance, group, priority));
        var reported = result.Diagnostics.Where(static d => d.Message.Contains("does not count", StringComparison.Ordinal))
            .Select(static d => d.Message).Where(static message => !message.Contains("vrrp_instance B", StringComparison.Ordinal)).ToList();
        Assert.That(reported, Has.Count.EqualTo(expected.Length), Configuration.Load.Describe(result));
        foreach (var what in expected)
            Assert.That(reported, Has.Some.Contains(what));
    }

    private static TrackedObject Tracked(string name, int weight) => new(name, new TrackerWeight(weight));

    private static VirtualRouterOptions Options(string instance, string? group, int priority)
    {
        var result = Configuration.Load.Text(Text(instance, group, priority));
        // Weights that do not count are reported; anything else is a mistake in the test.
        Assert.That(result.Diagnostics.Where(static d => d.Severity >= DiagnosticSeverity.Error && d.Code != DiagnosticCodes.Conflict),
            Is.Empty);
        var first = result.Configuration.VrrpInstances[0];
        return first.ToOptions(result.Configuration.Global).WithTrackers(first, new InstanceIndex(result.Configuration));
    }

    private static string Text(string instance, string? group, int priority) => $$"""
        global_defs {
            enable_script_security
            script_user root
        }
        {{Objects}}
        vrrp_instance A {
            interface eth0
            virtual_router_id 51
            priority {{priority}}
            virtual_ipaddress {
                192.0.2.100
            }
            {{instance}}
        }
        vrrp_instance B {
            interface eth0
            virtual_router_id 52
            priority {{priority}}
            virtual_ipaddress {
                192.0.2.101
            }
        }
        {{(group is null ? "" : $"vrrp_sync_group G {{\ngroup {{\nA\nB\n}}\n{group}\n}}")}}
        """;
}
