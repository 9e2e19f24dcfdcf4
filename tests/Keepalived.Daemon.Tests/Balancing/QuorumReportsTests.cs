using System.Net.Sockets;
using Keepalived.Daemon.Balancing;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.VirtualServers;
using Keepalived.Ipvs;
using static Keepalived.Daemon.Tests.Balancing.BalancerHarness;

namespace Keepalived.Daemon.Tests.Balancing;

/// <summary>What the VRRP child hears of the quorums that it tracks.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class QuorumReportsTests
{
    private const string Web = "192.0.2.1 80";
    private readonly BalancerHarness _harness = new();
    private readonly List<(string, bool)> _told = [];
    private readonly QuorumReports _reports;

    public QuorumReportsTests()
    {
        _reports = new QuorumReports((name, hasQuorum) => _told.Add((name, hasQuorum)));
        _harness.QuorumObserver = _reports.OnQuorum;
    }

    [TearDown]
    public void Clean() => _harness.Dispose();

    [Test]
    public void Quorum_LostAndGained_IsToldOnce()
    {
        var configuration = Tracking(Of(Service(80, Server(1, 1, "a"), Server(2, 1, "b")) with { Quorum = 2 }, Service(443, Server(1))), Web);
        Start(configuration);
        Assert.That(Told(), Is.EqualTo(new[] { (Web, true) }));
        _harness.Do(static balancer => balancer.OnBfd("a", isUp: false));
        _harness.Do(static balancer => balancer.OnBfd("b", isUp: false));
        Assert.That(Told(), Is.EqualTo(new[] { (Web, false) }));
        _harness.Do(static balancer => balancer.OnBfd("a", isUp: true));
        Assert.That(Told(), Is.Empty, "one of two");
        _harness.Do(static balancer => balancer.OnBfd("b", isUp: true));
        Assert.That(Told(), Is.EqualTo(new[] { (Web, true) }));
    }

    [TestCase(false, true)]
    [TestCase(true, false)]
    public void Start_BeforeTheFirstResult_AlphaDecides(bool alpha, bool expected)
    {
        Start(Tracking(Of(Service(80, Server(1, 1, "a", alpha))), Web));
        Assert.That(Told(), Is.EqualTo(new[] { (Web, expected) }));
    }

    [Test]
    public void Restart_AfterADeath_SaysWhatTheKernelHas()
    {
        var configuration = Tracking(Of(Service(80, Server(1, 1, "a", alpha: true)), Service(443, Server(1, 1, "b"))), Web, "192.0.2.1 443");
        Start(configuration);
        _harness.Do(static balancer => balancer.OnBfd("a", isUp: true));
        _harness.Do(static balancer => balancer.OnBfd("b", isUp: false));
        Assert.That(Told().TakeLast(2), Is.EqualTo(new[] { (Web, true), ("192.0.2.1 443", false) }));
        _harness.Start(configuration, isRestart: true);
        _reports.Use(configuration, _harness.Balancer.Services);
        Assert.That(Told(), Is.EqualTo(new[] { (Web, true), ("192.0.2.1 443", false) }), "no flapping");
        Assert.That(_harness.Changes, Is.Empty);
    }

    [Test]
    public void Name_OfSeveral_HasItsQuorumWhileAllHave()
    {
        var udp = Service(80, Server(1, 1, "udp")) with { Protocol = IpvsProtocol.Udp };
        var tcp = Service(80, Server(1, 1, "tcp"));
        Start(Tracking(Of(udp, tcp), Web, Web + " protocol UDP"));
        Assert.That(Told(), Is.EqualTo(new[] { (Web, true), (Web + " protocol UDP", true) }));
        _harness.Do(static balancer => balancer.OnBfd("tcp", isUp: false));
        Assert.That(Told(), Is.EqualTo(new[] { (Web, false) }));
        _harness.Do(static balancer => balancer.OnBfd("udp", isUp: false));
        _harness.Do(static balancer => balancer.OnBfd("tcp", isUp: true));
        Assert.That(Told(), Is.EqualTo(new[] { (Web + " protocol UDP", false) }));
    }

    [Test]
    public void VirtualServer_ThatCouldNotBeMade_HasNoQuorum()
    {
        var twice = new VirtualServerConfiguration
        {
            IsMark = true,
            FirewallMark = 7,
            Family = AddressFamily.InterNetwork,
            RealServers = [Server(1)],
        };
        Start(Tracking(Of(twice, twice with { Scheduler = "rr" }), "fwmark 7"));
        Assert.That(Told(), Is.EqualTo(new[] { ("fwmark 7", false) }), "the kernel has one service for both, and the second is left out");
    }

    [Test]
    public void Reload_SaysAllThatIsTrackedThen()
    {
        Start(Tracking(Of(Service(80, Server(1, 1, "a"))), Web));
        _harness.Do(static balancer => balancer.OnBfd("a", isUp: false));
        _told.Clear();
        var wanted = Tracking(Of(Service(80, Server(1, 1, "a"), Server(2)), Service(443, Server(1))), Web, "192.0.2.1 443");
        _harness.Reload(wanted);
        _reports.Use(wanted, _harness.Balancer.Services);
        Assert.That(Told(), Is.EqualTo(new[] { (Web, true), ("192.0.2.1 443", true) }));
        _harness.Reload(Tracking(wanted));
        _reports.Use(Tracking(wanted), _harness.Balancer.Services);
        _harness.Do(static balancer => balancer.OnBfd("a", isUp: true));
        Assert.That(Told(), Is.Empty, "nothing is tracked");
    }

    private static KeepalivedConfiguration Tracking(KeepalivedConfiguration configuration, params string[] names) => configuration with
    {
        VrrpSyncGroups =
        [
            new VrrpSyncGroupConfiguration
            {
                Name = "G",
                Tracked = new TrackReferences { VirtualServers = [.. names.Select(static name => new TrackReference { Name = name })] },
            },
        ],
    };

    private void Start(KeepalivedConfiguration configuration)
    {
        _harness.Start(configuration);
        _reports.Use(configuration, _harness.Balancer.Services);
    }

    private (string, bool)[] Told()
    {
        var told = _told.ToArray();
        _told.Clear();
        return told;
    }
}
