using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Tests.Configuration;

/// <summary>BFD blocks: what they become, and what is refused.</summary>
public sealed class BfdConfigurationTests
{
    private const string Neighbor = "neighbor_ip 10.0.0.2";

    [Test]
    public void Instance_WithoutMore_HasTheDefaultsOfTheOriginal() => Assert.That(
        Instance(Neighbor),
        Is.EqualTo(new BfdInstanceConfiguration
        {
            Name = "b",
            NeighborAddress = InetAddress.Parse("10.0.0.2"),
            Session = new BfdSessionConfiguration
            {
                MinRx = TimeSpan.FromMilliseconds(10),
                MinTx = TimeSpan.FromMilliseconds(10),
                IdleTx = TimeSpan.FromSeconds(1),
                Multiplier = 5,
            },
        }));

    [Test]
    public void Instance_WithEverything_HasAllOfIt()
    {
        var instance = Instance("""
            neighbour_ip 10.0.0.2
            source_ip 10.0.0.1
            interface eth0
            vrf red
            point_to_point
            admin_down
            min_rx 50
            min_tx 60.5
            idle_tx 2000
            detect_multiplier 4
            passive
            ttl 200
            max_hops 3
            weight -20 reverse
            vrrp
            demand_mode
            demand_poll_interval 5000
            echo_tx 15
            echo_multiplier 6
            min_echo_rx 20
            min_rx_with_echo 2000
            control_plane_independent
            authentication {
                auth_type meticulous_keyed_sha1
                key 1 oldkey
                key 2 hex:00ff keyed_md5
                active_key 2
            }
            """);
        Assert.That(
            instance,
            Is.EqualTo(new BfdInstanceConfiguration
            {
                Name = "b",
                NeighborAddress = InetAddress.Parse("10.0.0.2"),
                SourceAddress = InetAddress.Parse("10.0.0.1"),
                Interface = "eth0",
                Vrf = "red",
                IsPointToPoint = true,
                IsAdminDown = true,
                Weight = -20,
                Reverse = true,
                ForChecker = false,
                Session = new BfdSessionConfiguration
                {
                    MinRx = TimeSpan.FromMilliseconds(50),
                    MinTx = TimeSpan.FromMilliseconds(60.5),
                    IdleTx = TimeSpan.FromSeconds(2),
                    Multiplier = 4,
                    IsPassive = true,
                    HopLimit = 200,
                    MaxHops = 3,
                    DemandMode = true,
                    DemandPollInterval = TimeSpan.FromSeconds(5),
                    EchoTx = TimeSpan.FromMilliseconds(15),
                    EchoMultiplier = 6,
                    MinEchoRx = TimeSpan.FromMilliseconds(20),
                    MinRxWithEcho = TimeSpan.FromSeconds(2),
                    IsControlPlaneIndependent = true,
                    Authentication = new BfdAuthenticationConfiguration
                    {
                        Keys = EquatableArray.Create(
                        [
                            new BfdKeyConfiguration(1, new Secret("oldkey"u8), BfdAuthenticationType.MeticulousKeyedSha1),
                            new BfdKeyConfiguration(2, new Secret([0, 255]), BfdAuthenticationType.KeyedMd5),
                        ]),
                        ActiveKey = 2,
                    },
                },
            }));
        Assert.That(instance!.ToString(), Does.Not.Contain("oldkey"));
    }

    [Test]
    public void Profile_SaysWhatTheInstanceDoesNot()
    {
        var result = Load.Text("""
            bfd_instance b {
                neighbor_ip 10.0.0.2
                profile fast
                multiplier 9
                demand_mode off
            }
            bfd_profile fast {
                min_rx 50
                multiplier 3
                demand_mode
                authentication {
                    auth_type keyed_md5
                    key 7 secret
                }
            }
            """);
        Assert.That(result.TestExitCode, Is.Zero, Load.Describe(result));
        var session = result.Configuration.BfdInstances.Single().Session;
        Assert.That(session.MinRx, Is.EqualTo(TimeSpan.FromMilliseconds(50)));
        Assert.That(session.MinTx, Is.EqualTo(TimeSpan.FromMilliseconds(10)));
        Assert.That((session.Multiplier, session.DemandMode, session.Authentication?.ActiveKey), Is.EqualTo((9, false, (int?)7)));
    }

    [Test]
    public void Profile_ThatIsNotThere_IsReported() =>
        Refused("bfd_instance b {\nneighbor_ip 10.0.0.2\nprofile none\n}", "there is no bfd_profile none");

    [Test]
    public void Unsolicited_BecomesAPolicy()
    {
        var result = Load.Text("""
            bfd_profile slow {
                min_rx 300
            }
            bfd_unsolicited {
                interfaces {
                    eth0 eth1
                }
                prefixes {
                    10.0.0.0/8 192.0.2.1
                    2001:db8::/32
                }
                max_sessions 5
                profile slow
            }
            """);
        Assert.That(result.TestExitCode, Is.Zero, Load.Describe(result));
        Assert.That(result.Configuration.NeedsBfd);
        Assert.That(
            result.Configuration.BfdUnsolicited,
            Is.EqualTo(new BfdUnsolicitedConfiguration
            {
                Interfaces = EquatableArray.Create(["eth0", "eth1"]),
                Prefixes = EquatableArray.Create(
                    [InetPrefix.Parse("10.0.0.0/8"), InetPrefix.Parse("192.0.2.1/32"), InetPrefix.Parse("2001:db8::/32")]),
                MaxSessions = 5,
                Session = new BfdSessionConfiguration { MinRx = TimeSpan.FromMilliseconds(300), IsPassive = true },
            }));
    }

    [Test]
    public void Unsolicited_WithoutInterfaces_IsLeftOut()
    {
        var result = Refused("bfd_unsolicited {\nmax_sessions 3\n}", "has no interfaces");
        Assert.That(result.Configuration.BfdUnsolicited, Is.Null);
    }

    [TestCase("multihop\necho_tx 10", "no echo over several hops")]
    [TestCase("multihop\nmin_echo_rx 10", "no echo over several hops")]
    [TestCase("multihop\nunaffiliated_echo", "no echo over several hops")]
    [TestCase("echo_tx 10", "echo needs the interface")]
    [TestCase("min_echo_rx 10", "echo needs the interface")]
    [TestCase("unaffiliated_echo", "needs interface and source_ip")]
    [TestCase("unaffiliated_echo\ninterface eth0", "needs interface and source_ip")]
    [TestCase("point_to_point", "a single hop over an interface")]
    [TestCase("point_to_point\ninterface eth0\nmultihop", "a single hop over an interface")]
    [TestCase("source_ip 10.0.0.1\ninterface eth0\nunaffiliated_echo\npassive", "no passive role")]
    [TestCase("source_ip 10.0.0.1\ninterface eth0\nunaffiliated_echo\ndemand_mode", "no demand_mode")]
    [TestCase("source_ip 10.0.0.1\ninterface eth0\nunaffiliated_echo\necho_tx 10", "min_tx is its rate")]
    [TestCase("source_ip 10.0.0.1\ninterface eth0\nunaffiliated_echo\nmin_echo_rx 10", "no min_echo_rx")]
    [TestCase("source_ip 10.0.0.1\ninterface eth0\nunaffiliated_echo\nauthentication {\nauth_type keyed_md5\nkey 1 x\n}", "no authentication")]
    [TestCase("authentication {\nauth_type keyed_md5\n}", "no usable key")]
    [TestCase("authentication {\nkey 1 sesame\n}", "key 1 has no type")]
    [TestCase("authentication {\nauth_type keyed_md5\nkey 1 12345678901234567\n}", "key 1 is longer than the 16 bytes")]
    [TestCase("authentication {\nauth_type keyed_sha1\nkey 1 a\nkey 2 b\n}", "active_key has to name")]
    [TestCase("authentication {\nauth_type keyed_sha1\nkey 1 a\nkey 2 b\nactive_key 3\n}", "active_key 3 is none of its keys")]
    [TestCase("source_ip fe80::1", "of different families")]
    public void Instance_Contradiction_IsReportedAndLeftOut(string lines, string message)
    {
        var result = Refused($"bfd_instance b {{\n{Neighbor}\n{lines}\n}}", message);
        Assert.That(result.Configuration.BfdInstances, Is.Empty);
    }

    [TestCase("demand_poll_interval 10", "without demand_mode")]
    [TestCase("echo_multiplier 4", "without echo_tx")]
    [TestCase("min_rx_with_echo 400", "without echo_tx")]
    public void Instance_KeywordWithoutEffect_IsRemarked(string line, string message)
    {
        var result = Load.Text($"bfd_instance b {{\n{Neighbor}\n{line}\n}}");
        Assert.That(result.TestExitCode, Is.Zero);
        Assert.That(Load.Describe(result), Does.Contain(message));
        Assert.That(result.Configuration.BfdInstances, Has.Count.EqualTo(1));
    }

    [TestCase("neighbor_ip fe80::2", "needs an interface")]
    [TestCase("neighbor_ip 0.0.0.0", "no neighbour's address")]
    [TestCase("neighbor_ip 224.0.0.5", "no neighbour's address")]
    [TestCase("neighbor_ip 10.0.0.2\nsource_ip 224.0.0.5", "no source address")]
    public void Instance_ThatTheOriginalNeverBringsUp_IsLeftOutWithoutAFault(string lines, string message)
    {
        var result = Load.Text($"bfd_instance b {{\n{lines}\n}}");
        Assert.That(result.TestExitCode, Is.Zero);
        Assert.That(Load.Describe(result), Does.Contain(message));
        Assert.That(result.Configuration.BfdInstances, Is.Empty);
    }

    [Test]
    public void Instances_LinkLocalNeighborOnTwoInterfaces_AreTwoSessions()
    {
        var result = Load.Text("""
            bfd_instance a {
                neighbor_ip fe80::2
                interface eth0
            }
            bfd_instance b {
                neighbor_ip fe80::2
                interface eth1
            }
            """);
        Assert.That(result.TestExitCode, Is.Zero, Load.Describe(result));
        Assert.That(result.Configuration.BfdInstances, Has.Count.EqualTo(2));
    }

    // What keepalived 2.2.7 says with -t: 5, and it starts; only its text is different.
    [TestCase("ttl 10\nmax_hops 11", 10)]
    [TestCase("ttl 10\nmax_hops -1", 10)]
    [TestCase("ttl 10\nmax_hops 255", 10)]
    public void MaxHops_BeyondTheTtl_IsTheTtl(string lines, int expected)
    {
        var result = Refused($"bfd_instance b {{\n{Neighbor}\n{lines}\n}}", "max_hops is more than the TTL");
        Assert.That(result.Configuration.BfdInstances.Single().Session.MaxHops, Is.EqualTo(expected));
    }

    [Test]
    public void MaxHops_OverIPv6_IsBoundByWhatTheOriginalSends() =>
        Refused("bfd_instance b {\nneighbor_ip 2001:db8::2\nmax_hops 65\n}", "max_hops is more than the TTL, 64");

    [TestCase("key 1", "needs a parameter")]
    [TestCase("key 256 x", "out of range")]
    [TestCase("key 1 x none", "no authentication type")]
    [TestCase("key 1 hex:0", "malformed")]
    [TestCase("key 1 file:/nowhere", "cannot be used")]
    [TestCase("key 1 SECRETSECRETSECRETSECRET", "wrong length")]
    [TestCase("key 1 a\nkey 1 b", "second time")]
    public void Key_Unusable_IsReportedWithoutItsText(string lines, string message)
    {
        var result = Refused(
            $"bfd_instance b {{\n{Neighbor}\nauthentication {{\nauth_type keyed_sha1\nkey 9 good\nactive_key 9\n{lines}\n}}\n}}", message);
        Assert.That(Load.Describe(result), Does.Not.Contain("SECRET"));
    }

    [Test]
    public void Key_FromAFile_IsItsContent()
    {
        var options = Load.Options($"bfd_instance b {{\n{Neighbor}\nauthentication {{\nauth_type simple_password\nkey 0 file:/k\n}}\n}}");
        ((MemorySource)options.Source!).Add("/k", "sesame\n");
        var key = ConfigurationLoader.Load(options).Configuration.BfdInstances.Single().Session.Authentication!.Keys.Single();
        Assert.That(key, Is.EqualTo(new BfdKeyConfiguration(0, new Secret("sesame"u8), BfdAuthenticationType.SimplePassword)));
    }

    [TestCase("", "A", true)]
    [TestCase("vrrp", "A", true)]
    [TestCase("vrrp\nchecker", "A", true)]
    [TestCase("checker", "A", false)]
    [TestCase("", "B", false)]
    public void TrackBfd_NamesAnInstanceForVrrp(string lines, string name, bool isKnown)
    {
        var result = Load.Text($$"""
            bfd_instance A {
                neighbor_ip 10.0.0.2
                {{lines}}
            }
            vrrp_instance v {
                interface eth0
                virtual_router_id 1
                virtual_ipaddress {
                    10.0.0.9
                }
                track_bfd {
                    {{name}}
                }
            }
            """);
        Assert.That(result.TestExitCode, Is.EqualTo(isKnown ? 0 : 5), Load.Describe(result));
        Assert.That(result.Configuration.VrrpInstances.Single().Tracked.Bfd, Has.Count.EqualTo(isKnown ? 1 : 0));
    }

    private static BfdInstanceConfiguration? Instance(string lines)
    {
        var result = Load.Text($"bfd_instance b {{\n{lines}\n}}");
        Assert.That(result.TestExitCode, Is.Zero, Load.Describe(result));
        return result.Configuration.BfdInstances.SingleOrDefault();
    }

    private static ConfigurationResult Refused(string text, string message)
    {
        var result = Load.Text(text);
        Assert.That(result.TestExitCode, Is.Not.Zero);
        Assert.That(
            result.Diagnostics.Where(static d => d.Fault != ConfigurationFault.None).Select(static d => d.ToString()),
            Has.Some.Contains(message), Load.Describe(result));
        return result;
    }
}
