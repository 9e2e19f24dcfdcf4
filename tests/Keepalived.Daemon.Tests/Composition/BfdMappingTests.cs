using Keepalived.Bfd;
using Keepalived.Bfd.Wire;
using Keepalived.Daemon.BfdEvents;
using Keepalived.Daemon.Composition;
using Keepalived.Daemon.Processes;
using Keepalived.Daemon.Tests.Configuration;
using Keepalived.Netlink;
using DaemonBfdRole = Keepalived.Daemon.Composition.BfdRole;

namespace Keepalived.Daemon.Tests.Composition;

/// <summary>What BFD blocks become in the library, and what sessions become to clients.</summary>
public sealed class BfdMappingTests
{
    [Test]
    public void Instance_BecomesANeighbor()
    {
        var options = Neighbor("""
            neighbor_ip 10.0.0.2
            source_ip 10.0.0.1
            interface eth0
            vrf red
            min_rx 50
            min_tx 60
            idle_tx 2000
            multiplier 4
            passive
            ttl 200
            max_hops 3
            admin_down
            demand_mode
            demand_poll_interval 5000
            control_plane_independent
            echo_tx 15
            echo_multiplier 6
            min_echo_rx 20
            min_rx_with_echo 2000
            """);
        Assert.That(
            options,
            Is.EqualTo(new BfdNeighborOptions
            {
                Name = "b",
                Address = InetAddress.Parse("10.0.0.2"),
                LocalAddress = InetAddress.Parse("10.0.0.1"),
                Interface = "eth0",
                Vrf = "red",
                HopLimit = 200,
                IsEnabled = false,
                Session = new BfdSessionOptions
                {
                    Role = Bfd.BfdRole.Passive,
                    RequiredMinRxInterval = TimeSpan.FromMilliseconds(50),
                    DesiredMinTxInterval = TimeSpan.FromMilliseconds(60),
                    SlowTxInterval = TimeSpan.FromSeconds(2),
                    DetectMultiplier = 4,
                    MinimumHopLimit = 197,
                    DemandMode = true,
                    DemandPollInterval = TimeSpan.FromSeconds(5),
                    IsControlPlaneIndependent = true,
                    EchoTxInterval = TimeSpan.FromMilliseconds(15),
                    EchoDetectMultiplier = 6,
                    RequiredMinEchoRxInterval = TimeSpan.FromMilliseconds(20),
                    RequiredMinRxIntervalWithEcho = TimeSpan.FromSeconds(2),
                },
            }));
        options.Validate();
    }

    [Test]
    public void UnaffiliatedEcho_HasTheRatesOfTheInstance()
    {
        var options = Neighbor("""
            neighbor_ip 10.0.0.2
            source_ip 10.0.0.1
            interface eth0
            min_tx 40
            idle_tx 3000
            multiplier 4
            unaffiliated_echo
            """);
        Assert.That(
            options.UnaffiliatedEcho,
            Is.EqualTo(new BfdEchoSessionOptions
            {
                TransmitInterval = TimeSpan.FromMilliseconds(40),
                SlowTransmitInterval = TimeSpan.FromSeconds(3),
                DetectMultiplier = 4,
            }));
        options.Validate();
    }

    [Test]
    public void Unsolicited_BecomesAPolicy()
    {
        var options = Load.Text("bfd_unsolicited {\ninterfaces {\neth0\n}\nprefixes {\n10.0.0.0/8\n}\nmax_sessions 3\nmin_rx 50\n}")
            .Configuration.BfdUnsolicited!.ToOptions();
        Assert.That(options.Interfaces, Is.EqualTo(new[] { "eth0" }));
        Assert.That(options.Prefixes, Is.EqualTo(new[] { InetPrefix.Parse("10.0.0.0/8") }));
        Assert.That(options.MaximumSessions, Is.EqualTo(3));
        Assert.That(options.Session.RequiredMinRxInterval, Is.EqualTo(TimeSpan.FromMilliseconds(50)));
        options.Validate();
    }

    [TestCase("neighbor_ip 10.0.0.2", 255, 255)]
    [TestCase("neighbor_ip 10.0.0.2\nmax_hops 5", 255, 250)]
    [TestCase("neighbor_ip 10.0.0.2\nmax_hops -1", 255, 0)]
    [TestCase("neighbor_ip 10.0.0.2\nttl 5\nmax_hops 2", 5, 3)]
    [TestCase("neighbor_ip 2001:db8::2", 255, 64, Description = "the original sends 64")]
    [TestCase("neighbor_ip 2001:db8::2\nmax_hops 4", 255, 60)]
    [TestCase("neighbor_ip 2001:db8::2\nhoplimit 255", 255, 255)]
    public void HopLimit_SentAndAccepted(string lines, int sent, int accepted)
    {
        var options = Neighbor(lines);
        Assert.That((options.HopLimit, options.Session.MinimumHopLimit), Is.EqualTo((sent, (int?)accepted)));
    }

    [Test]
    public void Keys_BecomeAChain()
    {
        var chain = Neighbor("""
            neighbor_ip 10.0.0.2
            authentication {
                auth_type meticulous_keyed_sha1
                key 1 one
                key 2 two simple_password
                key 3 three keyed_md5
                key 4 four meticulous_keyed_md5
                key 5 five keyed_sha1
                active_key 3
            }
            """).Session.Authentication!;
        Assert.That(chain.SigningKey.Id, Is.EqualTo(3));
        Assert.That(
            Enumerable.Range(1, 5).Select(id => chain.Find((byte)id)!.Type),
            Is.EqualTo(new[]
            {
                BfdAuthenticationType.MeticulousKeyedSha1, BfdAuthenticationType.SimplePassword, BfdAuthenticationType.KeyedMd5,
                BfdAuthenticationType.MeticulousKeyedMd5, BfdAuthenticationType.KeyedSha1,
            }));
    }

    [TestCase("", 5)]
    [TestCase("vrrp", 1)]
    [TestCase("checker", 4)]
    [TestCase("vrrp\nchecker", 5)]
    public void Audience_IsWhoIsNamed(string lines, int audience)
    {
        var expected = (audience & 1) != 0 ? RoleSet.Vrrp : RoleSet.None;
        if ((audience & 4) != 0)
            expected |= RoleSet.Checker;
        var result = Load.Text($"bfd_instance b {{\nneighbor_ip 10.0.0.2\n{lines}\n}}");
        Assert.That(
            result.Configuration.BfdInstances.Single().ToPublication(), Is.EqualTo(new BfdPublication("b", expected)));
    }

    [TestCase(BfdState.Init, BfdState.Up, false, BfdClientState.Up)]
    [TestCase(BfdState.Down, BfdState.Up, false, BfdClientState.Up)]
    [TestCase(BfdState.Up, BfdState.Down, false, BfdClientState.Down)]
    public void Change_ThatClientsHearOf(BfdState from, BfdState to, bool isAdministrative, object state)
    {
        Assert.That(DaemonBfdRole.ToClientState(from, to, isAdministrative, DaemonRole.Vrrp), Is.EqualTo(state));
        Assert.That(DaemonBfdRole.ToClientState(from, to, isAdministrative, DaemonRole.Checker), Is.EqualTo(state));
    }

    [TestCase(BfdState.Up, BfdState.Down, Description = "the neighbour was shut down")]
    [TestCase(BfdState.Up, BfdState.AdminDown, Description = "we were")]
    public void E3_E4_AdminDown_IsNoFailureToARouterAndOneToARealServer(BfdState from, BfdState to)
    {
        Assert.That(DaemonBfdRole.ToClientState(from, to, isAdministrative: true, DaemonRole.Vrrp), Is.Null);
        Assert.That(DaemonBfdRole.ToClientState(from, to, isAdministrative: true, DaemonRole.Checker), Is.EqualTo(BfdClientState.Down));
    }

    [TestCase(BfdState.Down, BfdState.Init, false)]
    [TestCase(BfdState.Init, BfdState.Down, false)]
    [TestCase(BfdState.AdminDown, BfdState.Down, true)]
    [TestCase(BfdState.Down, BfdState.AdminDown, true)]
    public void Change_ThatMeansNothingToClients(BfdState from, BfdState to, bool isAdministrative)
    {
        Assert.That(DaemonBfdRole.ToClientState(from, to, isAdministrative, DaemonRole.Vrrp), Is.Null);
        Assert.That(DaemonBfdRole.ToClientState(from, to, isAdministrative, DaemonRole.Checker), Is.Null);
    }

    private static BfdNeighborOptions Neighbor(string lines)
    {
        var result = Load.Text($"bfd_instance b {{\n{lines}\n}}");
        return result.Configuration.BfdInstances.Single().ToNeighbor();
    }
}
