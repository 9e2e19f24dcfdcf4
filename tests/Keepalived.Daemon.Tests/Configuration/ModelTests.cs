using System.Net.Sockets;
using System.Text;
using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Tests.Configuration;

public sealed class ModelTests
{
    [TestCase("", "eth1 VI")]
    [TestCase("global_defs {\nlvs_sync_daemon eth0 VI\n}\n", "eth0 VI")]
    public void LvsSyncDaemonInterface_OfAnInstance_IsTheSyncDaemonThatFollowsIt_UnlessThereIsOne(string global, string expected)
    {
        var result = Load.Text(
            $"{global}vrrp_instance VI {{\ninterface eth0\nvirtual_router_id 1\nlvs_sync_daemon_interface eth1\nvirtual_ipaddress {{\n10.0.0.1\n}}\n}}");
        var daemon = result.Configuration.Global.Lvs.SyncDaemon;
        Assert.That($"{daemon?.Interface} {daemon?.Instance}", Is.EqualTo(expected));
    }

    internal const string Full = """
        net_namespace_ipvs
        instance edge
        child_wait_time 7
        global_defs {
            router_id LVS_1
            enable_script_security
            script_user root
            process_names
            vrrp_rt_priority 50
            vrrp_no_swap
            vrrp_cpu_affinity 0
            vrrp_garp_master_delay 2
            vrrp_garp_lower_prio_repeat 3
            vrrp_mcast_group4 224.0.0.99
            vrrp_notify_fifo /run/vrrp.fifo root
            vrrp_startup_delay 1.5
            umask 022
        }
        vrrp_script check {
            script "/bin/true -x 'a b'"
            interval 2
            timeout 0.5
            weight -20 reverse
            fall 3
        }
        vrrp_instance VI_1 {
            state MASTER
            interface eth0
            virtual_router_id 51
            priority 150
            advert_int 2
            preempt_delay 0
            garp_master_repeat 4
            authentication {
                auth_type PASS
                auth_pass secret
            }
            virtual_ipaddress {
                10.0.0.1/24 dev eth1 label eth1:1 brd +
                10.0.0.2
            }
            virtual_ipaddress_excluded {
                fe80::5/64
            }
            track_script {
                check weight 5
            }
            notify_master "/bin/true up" root
            notify /bin/true
        }
        vrrp_instance VI_6 {
            interface eth1
            virtual_router_id 6
            priority 255
            advert_int 0.5
            virtual_ipaddress {
                fe80::6
                2001:db8::6/64
            }
            unicast_src_ip fe80::1
            unicast_peer {
                fe80::2 min_ttl 254
            }
            nopreempt
        }
        """;

    [Test]
    public void Globals_OfAFullConfiguration_AreAllThere()
    {
        var result = Load.Text(Full);
        var global = result.Configuration.Global;
        Assert.Multiple(() =>
        {
            Assert.That(global.RouterId, Is.EqualTo("LVS_1"));
            Assert.That((global.Instance, global.UsePidDirectory, global.NetNamespaceIpvs), Is.EqualTo(("edge", true, "")));
            Assert.That(global.ChildWaitTime, Is.EqualTo(TimeSpan.FromSeconds(7)));
            Assert.That(global.VrrpProcess,
                Is.EqualTo(new ProcessConfiguration { Name = "keepalived_vrrp", RealTimePriority = 50, NoSwap = true, CpuAffinity = [0] }));
            Assert.That((global.Umask, global.HasUmask, global.ScriptSecurity), Is.EqualTo((0b010_010, true, true)));
            Assert.That(global.VrrpNotifyFifo, Is.EqualTo(new NotifyFifoConfiguration { Path = "/run/vrrp.fifo" }));
            Assert.That(global.Vrrp.MulticastGroup4, Is.EqualTo(InetAddress.Parse("224.0.0.99")));
            Assert.That(global.Vrrp.StartupDelay, Is.EqualTo(TimeSpan.FromSeconds(1.5)));
            Assert.That(global.Vrrp.Garp, Is.EqualTo(new GarpConfiguration
            {
                MasterDelay = TimeSpan.FromSeconds(2),
                LowerPriorityDelay = TimeSpan.FromSeconds(2),
                LowerPriorityRepeat = 3,
            }));
        });
    }

    [Test]
    public void Instance_OfAFullConfiguration_IsComplete()
    {
        var result = Load.Text(Full);
        var instance = result.Configuration.VrrpInstances[0];
        Assert.Multiple(() =>
        {
            Assert.That((instance.Name, instance.Interface, instance.VirtualRouterId, instance.Priority),
                Is.EqualTo(("VI_1", "eth0", (byte)51, (byte)150)));
            Assert.That((instance.StartsAsMaster, instance.Version, instance.Family, instance.Accept),
                Is.EqualTo((true, 2, AddressFamily.InterNetwork, true)));
            Assert.That(instance.AdvertisementInterval, Is.EqualTo(TimeSpan.FromSeconds(2)));
            Assert.That(instance.MulticastGroup, Is.EqualTo(InetAddress.Parse("224.0.0.99")));
            Assert.That(Encoding.ASCII.GetString(instance.Authentication!.Password.Reveal()), Is.EqualTo("secret"));
            Assert.That(instance.Authentication.ToString(), Does.Not.Contain("secret").And.Contain("***"));
            Assert.That(instance.VirtualAddresses[0], Is.EqualTo(new VirtualAddressConfiguration
            {
                Address = InetPrefix.Parse("10.0.0.1/24"),
                Interface = "eth1",
                Label = "eth1:1",
                Broadcast = InetAddress.Parse("10.0.0.255"),
            }));
            Assert.That(instance.ExcludedAddresses.Single().Address, Is.EqualTo(InetPrefix.Parse("fe80::5/64")));
            Assert.That(instance.Tracked.Scripts.Single(), Is.EqualTo(new TrackReference { Name = "check", Weight = 5 }));
            Assert.That(instance.Notify.Master!.Arguments, Is.EqualTo(new[] { "/bin/true", "up" }));
            Assert.That(instance.Garp, Is.EqualTo(new GarpConfiguration
            {
                MasterDelay = TimeSpan.FromSeconds(2),
                MasterRepeat = 4,
                LowerPriorityDelay = TimeSpan.FromSeconds(2),
                LowerPriorityRepeat = 3,
            }));
        });
    }

    [Test]
    public void UnicastIPv6Owner_OfAFullConfiguration_FollowsItsRules()
    {
        var result = Load.Text(Full);
        var instance = result.Configuration.VrrpInstances[1];
        Assert.Multiple(() =>
        {
            Assert.That((instance.Version, instance.Family, instance.IsUnicast, instance.StartsAsMaster, instance.NoPreempt),
                Is.EqualTo((3, AddressFamily.InterNetworkV6, true, true, false)));
            Assert.That(instance.AdvertisementInterval, Is.EqualTo(TimeSpan.FromMilliseconds(500)));
            Assert.That(instance.CheckUnicastSource, "a TTL limit implies the check");
            Assert.That(instance.UnicastPeers.Single(),
                Is.EqualTo(new UnicastPeerConfiguration { Address = InetAddress.Parse("fe80::2"), MinTtl = 254 }));
            Assert.That(instance.VirtualAddresses.Select(static address => address.PreferredLifetime),
                Is.EqualTo(new[] { 0u, VirtualAddressConfiguration.Forever }));
            Assert.That(result.Diagnostics.Single(static d => d.Fault == ConfigurationFault.General).Message, Does.Contain("nopreempt"));
        });
    }

    [Test]
    public void Script_OfAFullConfiguration_IsComplete() =>
        Assert.That(Load.Text(Full).Configuration.VrrpScripts.Single(), Is.EqualTo(new VrrpScriptConfiguration
        {
            Name = "check",
            Script = new ScriptConfiguration { Arguments = ["/bin/true", "-x", "a b"], Path = "/bin/true", UserName = "root" },
            Interval = TimeSpan.FromSeconds(2),
            Timeout = TimeSpan.FromMilliseconds(500),
            Weight = -20,
            Reverse = true,
            Fall = 3,
        }));

    [Test]
    public void Configurations_OfTheSameText_AreEqual()
    {
        Assert.That(Load.Text("\n\n" + Full).Configuration, Is.EqualTo(Load.Text(Full).Configuration));
        Assert.That(Load.Text(Full.Replace("priority 150", "priority 151")).Configuration, Is.Not.EqualTo(Load.Text(Full).Configuration));
        Assert.That(Load.Text(Full.Replace("auth_pass secret", "auth_pass other")).Configuration,
            Is.Not.EqualTo(Load.Text(Full).Configuration));
    }

    [Test]
    public void Instances_WithTheSameRouterId_AreFatalOnOneInterface()
    {
        const string instance = "vrrp_instance {0} {{\ninterface {1}\nvirtual_router_id 5\nvirtual_ipaddress {{\n10.0.0.{2}\n}}\n}}\n";
        var same = Load.Text(string.Format(null, instance, "A", "eth0", 1) + string.Format(null, instance, "B", "eth0", 2));
        var other = Load.Text(string.Format(null, instance, "A", "eth0", 1) + string.Format(null, instance, "B", "eth1", 2));
        Assert.That((same.StartExitCode, same.TestExitCode, other.StartExitCode, other.TestExitCode),
            Is.EqualTo(((int?)2, 5, (int?)null, 0)));
    }

    [TestCase("virtual_router_id 5", null)]
    [TestCase("", 2)]
    [TestCase("virtual_router_id", 2)]
    [TestCase("virtual_router_id 5\ninterface eth9", 2)]
    [TestCase("virtual_router_id 5\nversion 3\nvirtual_ipaddress {\n}", 2, Description = "no addresses")]
    [TestCase("virtual_router_id 5\nnonsense", null)]
    public void Start_WithAnInstance_IsRefusedOnlyWhereItCannotRun(string lines, int? exitCode)
    {
        var addresses = lines.Contains("virtual_ipaddress") ? string.Empty : "virtual_ipaddress {\n10.0.0.1\n}";
        var result = ConfigurationLoader.Load(
            Load.Options($"vrrp_instance A {{\ninterface eth0\n{addresses}\n{lines}\n}}") with { TestMode = false });
        Assert.That(result.StartExitCode, Is.EqualTo(exitCode), Load.Describe(result));
    }

    [Test]
    public void LenientNumbers_OutsideATest_AreUsedWithAWarning()
    {
        const string text = "vrrp_instance A {\ninterface eth0\nvirtual_router_id 7\npriority 80x\ngarp_master_repeat 3z\nvirtual_ipaddress {\n10.0.0.1\n}\n}";
        var result = ConfigurationLoader.Load(Load.Options(text) with { TestMode = false });
        var instance = result.Configuration.VrrpInstances[0];
        Assert.That((instance.Priority, instance.Garp.MasterRepeat), Is.EqualTo(((byte)100, 3u)), "the original is strict with priorities");
        Assert.That(result.StartExitCode, Is.Null);
        Assert.That(Load.Text(text).Configuration.VrrpInstances[0].Garp.MasterRepeat, Is.EqualTo(5), "a test takes no such number");
    }

    [TestCase("vrrp_instance A {\ninterface eth0\nvirtual_router_id 7x\nvirtual_ipaddress {\n10.0.0.1\n}\n}", 2)]
    [TestCase("vrrp_instance A {\ninterface eth0\nvirtual_router_id 7\n}", null)]
    [TestCase("vrrp_instance A {\ninterface eth9\nvirtual_router_id 7\nvirtual_ipaddress {\n10.0.0.1\n}\n}", 2)]
    [TestCase("vrrp_instance A {\ninterface eth0\nvirtual_router_id 7\nvirtual_ipaddress {\n10.0.0.1\n}\ntrack_interface {\neth9\n}\n}", 2)]
    [TestCase("global_defs {\nreload_check_config\n}\nnonsense\nvrrp_instance A {\ninterface eth0\nvirtual_router_id 7\nvirtual_ipaddress {\n10.0.0.1\n}\n}", 2)]
    [TestCase("global_defs {\nreload_check_config\n}\nnonsense", null)]
    [TestCase("nonsense", null)]
    [TestCase("includem nowhere", 6)]
    public void Start_WithAFault_EndsAsTheOriginals(string text, int? exitCode) =>
        Assert.That(ConfigurationLoader.Load(Load.Options(text) with { TestMode = false }).StartExitCode, Is.EqualTo(exitCode));

    [TestCase("10.0.0.1/24,", 24)]
    [TestCase("10.0.0.1/33", 32)]
    [TestCase("10.0.0.1/255.255.255.0", 32)]
    [TestCase("10.0.0.1/x", 32)]
    public void PrefixLength_WithSomethingBehind_CountsOutsideATest(string address, int length)
    {
        var text = $"vrrp_instance A {{\ninterface eth0\nvirtual_router_id 7\nvirtual_ipaddress {{\n{address}\n}}\n}}";
        var result = ConfigurationLoader.Load(Load.Options(text) with { TestMode = false });
        Assert.That(result.Configuration.VrrpInstances[0].VirtualAddresses[0].Address.Length, Is.EqualTo(length));
        Assert.That(Load.Text(text).TestExitCode, Is.EqualTo(5));
    }

    [TestCase("interval 6s", 6, 5)]
    [TestCase("interval 2.5x", 2, 5)]
    [TestCase("interval 2.5", 2.5, 0)]
    [TestCase("interval x", 1, 5)]
    public void ScriptInterval_WithSomethingBehind_CountsOutsideATest(string line, double seconds, int exitCode)
    {
        var text = $"global_defs {{\nenable_script_security\nscript_user root\n}}\nvrrp_script s {{\nscript /bin/true\n{line}\n}}\n"
            + "vrrp_instance A {\ninterface eth0\nvirtual_router_id 7\nvirtual_ipaddress {\n10.0.0.1\n}\ntrack_script {\ns\n}\n}";
        var result = ConfigurationLoader.Load(Load.Options(text) with { TestMode = false });
        Assert.That(result.Configuration.VrrpScripts[0].Interval.TotalSeconds, Is.EqualTo(seconds));
        Assert.That(Load.Text(text).TestExitCode, Is.EqualTo(exitCode));
    }

    [TestCase("6s", 6)]
    [TestCase("2.5x", 2.5)]
    [TestCase("x", 60)]
    public void DelayLoop_WithSomethingBehind_CountsOutsideATest(string delay, double seconds)
    {
        var text = $"virtual_server 10.0.0.1 80 {{\nlvs_sched rr\nlvs_method NAT\nprotocol TCP\ndelay_loop {delay}\nreal_server 10.0.0.2 80 {{\n}}\n}}";
        var result = ConfigurationLoader.Load(Load.Options(text) with { TestMode = false });
        Assert.That(result.Configuration.VirtualServers[0].DelayLoop.TotalSeconds, Is.EqualTo(seconds));
        Assert.That(Load.Text(text).TestExitCode, Is.EqualTo(5));
    }

    [TestCase("virtual_server nowhere 80 {\n}", false, true, false)]
    [TestCase("vrrp_instance {\n}", true, false, false)]
    [TestCase("bfd_instance aaaaaaaaaabbbbbbbbbbccccccccccddddd {\n}", false, false, true)]
    [TestCase("vrrp_sync_group {\n}", false, false, false)]
    public void Process_OfABlockThatIsLeftOut_IsStarted(string text, bool vrrp, bool checker, bool bfd)
    {
        var configuration = ConfigurationLoader.Load(Load.Options(text) with { TestMode = false }).Configuration;
        Assert.That((configuration.NeedsVrrp, configuration.NeedsChecker, configuration.NeedsBfd), Is.EqualTo((vrrp, checker, bfd)));
    }

    [Test]
    public void FindingsOnly_OfVirtualServers_HasTheSameFindings()
    {
        const string text = "virtual_server 10.0.0.1 80 {\nlvs_sched rr\nprotocol TCP\nquorum 9\nreal_server 10.0.0.2 80 {\nTCP_CHECK {\n}\n}\n"
            + "real_server 10.0.0.2 80 {\n}\n}\nvirtual_server 10.0.0.2 80 {\nlvs_sched rr\nlvs_method NAT\nprotocol TCP\nwhile_master nobody\n"
            + "quorum_up /no/such\nreal_server 10.0.0.3 80 {\n}\n}\n";
        var whole = Load.Text(text);
        var findings = ConfigurationLoader.Load(Load.Options(text) with { FindingsOnly = true });
        Assert.That(findings.Diagnostics, Is.EqualTo(whole.Diagnostics));
        Assert.That(whole.Diagnostics, Has.Count.GreaterThan(3));
    }

    [TestCase("http", 0)]
    [TestCase("80x", 1)]
    [TestCase("0", 1)]
    public void Port_WithoutDigits_LeavesTheBlockOut(string port, int servers)
    {
        var text = $"virtual_server 10.0.0.1 {port} {{\nlvs_sched rr\nlvs_method NAT\nprotocol TCP\npersistence_timeout 5\nreal_server 10.0.0.2 80 {{\n}}\n}}";
        var result = ConfigurationLoader.Load(Load.Options(text) with { TestMode = false });
        Assert.That(result.Configuration.VirtualServers, Has.Count.EqualTo(servers));
    }

    [Test]
    public void Text_InUtf8OrLatin1_IsDecoded()
    {
        Assert.That(Load.Text("global_defs {\nrouter_id größe\n}").Configuration.Global.RouterId, Is.EqualTo("größe"));
        var latin = ConfigurationLoader.Load(
            Load.Options(string.Empty) with
            {
                Source = new MemorySource()
            .Add(Load.Main, Encoding.Latin1.GetBytes("global_defs {\nrouter_id größe\n}"))
            });
        Assert.That(latin.Configuration.Global.RouterId, Is.EqualTo("größe"));
    }

    [Test]
    public void RandomSeed_InTheFile_MakesRandomRepeatable()
    {
        const string text = "global_defs {\nrandom_seed 5\nrouter_id ${_RANDOM}\n}";
        var first = ConfigurationLoader.Load(Load.Options(text) with { RandomSeed = 1 }).Configuration.Global.RouterId;
        Assert.That(ConfigurationLoader.Load(Load.Options(text) with { RandomSeed = 2 }).Configuration.Global.RouterId, Is.EqualTo(first));
    }
}
