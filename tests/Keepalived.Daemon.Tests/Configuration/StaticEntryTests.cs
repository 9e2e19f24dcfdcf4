using Keepalived.Daemon.Composition;
using Keepalived.Daemon.Configuration.Values.Routing;
using Keepalived.Vrrp;

namespace Keepalived.Daemon.Tests.Configuration;

/// <summary>Static entries, the groups that track their interfaces, drift repair, and the name tables.</summary>
public sealed class StaticEntryTests
{
    private const string Instances =
        """
        vrrp_instance first {
            interface eth0
            virtual_router_id 51
            virtual_ipaddress {
                10.0.0.100/24
            }
        }
        vrrp_instance second {
            interface eth0
            virtual_router_id 52
            drift_repair false
            virtual_ipaddress {
                10.0.0.101/24
            }
        }

        """;

    [Test]
    public void StaticEntries_BecomeTheStaticNetwork()
    {
        var result = Load.Text(
            """
            static_ipaddress {
                10.9.0.1/24 dev eth1
            }
            static_routes {
                192.0.2.0/24 via 10.9.0.7 dev eth1
            }
            static_rules {
                from 192.0.2.0/24 table 100 preference 5
            }
            """);
        Assert.That(Load.Describe(result), Is.Empty);
        Assert.That(result.Configuration.NeedsVrrp, Is.True);
        var network = result.Configuration.ToStaticNetwork();
        Assert.That(network.Validate, Throws.Nothing);
        Assert.That(network.Addresses.Select(address => address.ToString()), Is.EqualTo(["10.9.0.1/24 dev eth1"]));
        Assert.That(network.Routes.Select(route => route.ToString()), Is.EqualTo(["192.0.2.0/24 via 10.9.0.7 dev eth1"]));
        Assert.That(network.Rules.Select(rule => rule.ToString()), Is.EqualTo(["priority 5 from 192.0.2.0/24 lookup 100"]));
    }

    [TestCase("", "eth0")]
    [TestCase("global_defs {\ndefault_interface eth1\n}\n", "eth1")]
    public void StaticAddress_WithoutDevice_IsOnTheDefaultInterface(string global, string expected)
    {
        var result = Load.Text(global + "static_ipaddress {\n10.9.0.1/24\n}\n");
        Assert.That(Load.Describe(result), Is.Empty);
        Assert.That(result.Configuration.StaticAddresses[0].Interface, Is.EqualTo(expected));
    }

    [Test]
    public void StaticAddress_WithoutAnyInterface_IsFatal() => Assert.That(
        Load.Describe(Load.Text("global_defs {\ndefault_interface nosuch\n}\nstatic_ipaddress {\n10.9.0.1/24\n}\n")),
        Does.Contain("Fatal").And.Contain("nosuch"));

    [Test]
    public void TrackGroup_MembersTrackTheInterfacesOfItsEntries()
    {
        var result = Load.Text(Instances +
            """
            track_group uplinks {
                group {
                    first
                }
            }
            static_ipaddress {
                10.9.0.1/24 dev eth1 track_group uplinks
            }
            static_routes {
                192.0.2.0/24 dev eth1 track_group uplinks
                192.0.3.0/24 dev eth0 track_group nosuch
            }
            """);
        Assert.That(Load.Describe(result), Does.Contain("there is no track_group nosuch"));
        Assert.That(Tracked(result, 0), Is.EqualTo(["eth1"]), "once");
        Assert.That(Tracked(result, 1), Is.Empty);
    }

    [TestCase("", true, false)]
    [TestCase("global_defs {\nvrrp_drift_repair true\n}\n", true, false)]
    [TestCase("global_defs {\nvrrp_drift_repair false\n}\n", false, false)]
    public void DriftRepair_OfInstanceOrGlobal_IsMapped(string global, bool first, bool second)
    {
        var configuration = Load.Text(global + Instances).Configuration;
        var options = configuration.VrrpInstances.Select(instance => instance.ToOptions(configuration.Global)).ToList();
        Assert.That(options[0].DriftRepair, first ? Is.EqualTo(DriftRepairOptions.Default) : Is.Null);
        Assert.That(options[1].DriftRepair, second ? Is.Not.Null : Is.Null);
    }

    [Test]
    public void NameTables_OfBothDirectoriesAndTheirParts_AreRead()
    {
        var root = Directory.CreateTempSubdirectory("kdn-names-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(root, "usr", "rt_tables.d"));
            Directory.CreateDirectory(Path.Combine(root, "etc", "rt_tables.d"));
            File.WriteAllText(Path.Combine(root, "usr", "rt_tables"), "# comment\n100 hidden\n");
            File.WriteAllText(Path.Combine(root, "etc", "rt_tables"), "0x65\tlocaltable # this one\nnonsense\n5\n");
            File.WriteAllText(Path.Combine(root, "usr", "rt_tables.d", "a.conf"), "200 first\n");
            File.WriteAllText(Path.Combine(root, "etc", "rt_tables.d", "a.conf"), "201 first\n202 second\n");
            File.WriteAllText(Path.Combine(root, "etc", "rt_tables.d", "ignored"), "203 third\n");
            var result = Load.Text(
                $"global_defs {{\niproute_usr_dir {root}/usr\niproute_etc_dir {root}/etc\n}}\nstatic_rules {{\n"
                + "from 10.1.0.0/16 table localtable preference 1\nfrom 10.1.0.0/16 table first preference 2\n"
                + "from 10.1.0.0/16 table second preference 3\nfrom 10.1.0.0/16 table main preference 4\n"
                + "from 10.1.0.0/16 table hidden preference 5\nfrom 10.1.0.0/16 table third preference 6\n}\n");
            Assert.That(result.Configuration.StaticRules.Select(rule => rule.Rule.Rule.Table), Is.EqualTo(new uint[] { 101, 201, 202, 254 }));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [TestCase("7", 10u, true, 7u)]
    [TestCase("0x0a", 10u, true, 10u)]
    [TestCase("012", 10u, true, 10u)]
    [TestCase("11", 10u, false, 0u)]
    [TestCase("-1", 10u, false, 0u)]
    [TestCase("name", 10u, true, 3u)]
    [TestCase("other", 10u, false, 0u)]
    public void NameTable_NameOrNumber_IsFound(string text, uint max, bool expected, uint number)
    {
        var found = new NameTable(("name", 3)).TryFind(text, max, out var actual);
        Assert.That((found, found ? actual : 0), Is.EqualTo((expected, number)));
    }

    private static IEnumerable<string> Tracked(Keepalived.Daemon.Configuration.ConfigurationResult result, int instance) =>
        result.Configuration.VrrpInstances[instance].ToOptions(result.Configuration.Global).WithTrackGroups(new InstanceIndex(result.Configuration))
            .TrackedInterfaces.Select(tracked => tracked.Name);
}
