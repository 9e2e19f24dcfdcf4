using System.Net;
using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.Checks;
using Keepalived.Daemon.Configuration.Model.VirtualServers;
using Keepalived.Ipvs;
using Keepalived.Netlink;
using static Keepalived.Daemon.Tests.Balancing.BalancerHarness;

namespace Keepalived.Daemon.Tests.Balancing;

/// <summary>Virtual servers at work: what the kernel is sent, and what it has then.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BalancerTests
{
    private const string Both = "TCP 192.0.2.1:80: 198.51.100.1:80=3 198.51.100.2:80=3";
    private readonly BalancerHarness _harness = new();

    [TearDown]
    public void Clean() => _harness.Dispose();

    [Test]
    public void Start_EmptyKernel_GetsAllInOrder()
    {
        _harness.Start(Of(Service(80, Server(1, 3), Server(2, 3)), Service(443, Server(1))));
        Assert.That(_harness.Changes, Is.EqualTo("NewService NewDestination NewDestination NewService NewDestination"));
        Assert.That(_harness.Table(), Is.EqualTo($"TCP 192.0.2.1:443: 198.51.100.1:80=1; {Both}").Or.EqualTo($"{Both}; TCP 192.0.2.1:443: 198.51.100.1:80=1"));
        Assert.That(_harness.Quorums, Has.Count.EqualTo(2).And.All.Matches<(string, bool IsUp)>(static quorum => quorum.IsUp));
    }

    [Test]
    public void Start_KernelHasItAlready_IsSentNothing()
    {
        _harness.Start(Of(Service(80, Server(1, 3), Server(2, 3))));
        _harness.Start(Of(Service(80, Server(1, 3), Server(2, 3))));
        Assert.That(_harness.Changes, Is.Empty);
        Assert.That(_harness.Table(), Is.EqualTo(Both));
    }

    [Test]
    public void Events_QuorumHysteresisAndSorryServer_FollowTheOriginalsTrace()
    {
        _harness.Start(Of(Service(80, Server(1, 3, "a"), Server(2, 3, "b")) with { Quorum = 4, Hysteresis = 2, SorryServer = Sorry(9) }));
        Assert.That(_harness.Table(), Is.EqualTo(Both));
        _harness.Do(static balancer => balancer.OnBfd("a", isUp: false));
        Assert.That(_harness.Changes, Is.EqualTo("DeleteDestination"));
        _harness.Do(static balancer => balancer.OnBfd("b", isUp: false));
        Assert.That(_harness.Table(), Is.EqualTo("TCP 192.0.2.1:80: 203.0.113.9:80=1"));
        _harness.Do(static balancer => balancer.OnBfd("a", isUp: true));
        Assert.That(_harness.Changes, Is.Empty, "the quorum is not back");
        _harness.Do(static balancer => balancer.OnBfd("b", isUp: true));
        Assert.That(_harness.Table(), Is.EqualTo(Both));
        Assert.That(_harness.Quorums.Select(static quorum => quorum.IsUp), Is.EqualTo(new[] { true, false, true }));
        _harness.Stop();
        Assert.That(_harness.Table(), Is.Empty);
    }

    [Test]
    public void Events_InhibitedServers_KeepTheirPlaces()
    {
        var sorry = Sorry(9, inhibit: true);
        _harness.Start(Of(Service(80, Server(1, 3, "a", inhibit: true), Server(2, 3, "b", inhibit: true)) with { SorryServer = sorry }));
        Assert.That(_harness.Table(), Is.EqualTo($"{Both} 203.0.113.9:80=0"));
        _harness.Do(static balancer =>
        {
            balancer.OnBfd("a", isUp: false);
            balancer.OnBfd("b", isUp: false);
        });
        Assert.That(_harness.Changes, Is.EqualTo("SetDestination SetDestination SetDestination"));
        Assert.That(_harness.Table(), Is.EqualTo("TCP 192.0.2.1:80: 198.51.100.1:80=0 198.51.100.2:80=0 203.0.113.9:80=1"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Events_SorryServerIsARealServer_IsOneDestination(bool inhibit)
    {
        var twin = new SorryServerConfiguration
        {
            Address = InetAddress.Parse("198.51.100.1"),
            Port = 80,
            InhibitOnFailure = inhibit,
            DuplicatesRealServer = true,
        };
        _harness.Start(Of(Service(80, Server(1, 3, "a", inhibit: inhibit), Server(2, 3, "b")) with { SorryServer = twin, Quorum = 4 }));
        Assert.That(_harness.Table(), Is.EqualTo(Both));
        _harness.Do(static balancer => balancer.OnBfd("b", isUp: false));
        Assert.That(_harness.Table(), Is.EqualTo("TCP 192.0.2.1:80: 198.51.100.1:80=1"), "in its place as the sorry server");
        _harness.Do(static balancer => balancer.OnBfd("b", isUp: true));
        Assert.That(_harness.Table(), Is.EqualTo(Both));
    }

    [Test]
    public void Restart_AfterADeath_ChangesNothingThatWasRight()
    {
        var configuration = Of(Service(80, Server(1, 3, "a"), Server(2, 3, "b")));
        _harness.Start(configuration);
        _harness.Do(static balancer => balancer.OnBfd("a", isUp: false));
        _harness.Start(configuration, isRestart: true);
        Assert.That(_harness.Changes, Is.Empty, "who was down stays down");
        _harness.Do(static balancer => balancer.OnBfd("a", isUp: true));
        Assert.That(_harness.Table(), Is.EqualTo("TCP 192.0.2.1:80: 198.51.100.1:80=3 198.51.100.2:80=3"));
    }

    [Test]
    public void Restart_WhileTheSorryServerServes_LeavesItThere()
    {
        var configuration = Of(Service(80, Server(1, 3, "a"), Server(2, 3, "b")) with { SorryServer = Sorry(9) });
        _harness.Start(configuration);
        _harness.Do(static balancer =>
        {
            balancer.OnBfd("a", isUp: false);
            balancer.OnBfd("b", isUp: false);
        });
        _harness.Start(configuration, isRestart: true);
        Assert.That(_harness.Changes, Is.Empty);
        Assert.That(_harness.Table(), Is.EqualTo("TCP 192.0.2.1:80: 203.0.113.9:80=1"));
    }

    [Test]
    public void Reload_OneOfManyChanges_SendsThatOnly()
    {
        var services = Enumerable.Range(1, 100).Select(port => Service((ushort)port, [.. Enumerable.Range(1, 10).Select(static n => Server(n))])).ToArray();
        _harness.Start(Of(services));
        _harness.Reload(Of(services));
        Assert.That(_harness.Changes, Is.Empty);
        services[41] = Service(42, [.. Enumerable.Range(1, 10).Select(static n => Server(n, n == 7 ? 5 : 1))]);
        _harness.Reload(Of(services));
        Assert.That(_harness.Changes, Is.EqualTo("SetDestination"));
        services[41] = Service(42, [.. Enumerable.Range(2, 10).Select(static n => Server(n, n == 7 ? 5 : 1))]) with { Scheduler = "rr" };
        _harness.Reload(Of(services[..99]));
        Assert.That(_harness.Changes, Is.EqualTo("SetService NewDestination DeleteDestination DeleteService"));
    }

    [Test]
    public void Reload_KeepsWhoIsDown_AndBringsUpWhomNothingHoldsDown()
    {
        _harness.Start(Of(Service(80, Server(1, 3, "a"), Server(2, 3, "b"))));
        _harness.Do(static balancer => balancer.OnBfd("a", isUp: false));
        _harness.Reload(Of(Service(80, Server(1, 4, "a"), Server(2, 4, "b"))));
        Assert.That(_harness.Table(), Is.EqualTo("TCP 192.0.2.1:80: 198.51.100.2:80=4"));
        _harness.Reload(Of(Service(80, Server(1, 4), Server(2, 4, "b"))));
        Assert.That(_harness.Changes, Is.EqualTo("NewDestination"));
    }

    [Test]
    public void Reload_GroupEntries_ComeAndGo()
    {
        var group = new VirtualServerGroupConfiguration { Name = "G", Entries = [Entry("192.0.2.1", "192.0.2.3"), Mark(7)] };
        _harness.Start(Of(Grouped(group)));
        Assert.That(_harness.Table(), Does.Contain("TCP 192.0.2.3:80: 198.51.100.1:80=1").And.Contain("FWM 7: 198.51.100.1:80=1"));
        _harness.Reload(Of(Grouped(group with { Entries = [Entry("192.0.2.2", "192.0.2.4"), Mark(7)] })));
        Assert.That(_harness.Changes, Is.EqualTo("NewService NewDestination DeleteService"));
        Assert.That(_harness.Logs.Count("Removing service"), Is.Zero);

        static VirtualServerConfiguration Grouped(VirtualServerGroupConfiguration group) =>
            Service(0, Server(1)) with { Address = InetAddress.None, Group = group };
        static VirtualServerGroupEntry Entry(string first, string last) => new()
        {
            First = InetAddress.Parse(first),
            Last = InetAddress.Parse(last),
            Port = 80,
            Family = AddressFamily.InterNetwork,
        };
        static VirtualServerGroupEntry Mark(uint mark) => new() { FirewallMark = mark };
    }

    [Test]
    public void Start_UnknownScheduler_IsSaidAndLeavesTheRestRunning()
    {
        _harness.Start(Of(Service(81, Server(1)) with { Scheduler = "none" }, Service(80, Server(1, 3), Server(2, 3))));
        Assert.That(_harness.Table(), Is.EqualTo(Both));
        Assert.That(_harness.Logs.Count("the kernel has no scheduler 'none' (module ip_vs_none)"), Is.EqualTo(1), $"{_harness.Logs}");
    }

    [Test]
    public void Start_ServiceOfAnother_IsLeftOut()
    {
        _harness.Start(Of(Service(80, Server(1)), Service(80, Server(2))));
        Assert.That(_harness.Table(), Is.EqualTo("TCP 192.0.2.1:80: 198.51.100.1:80=1"));
        Assert.That(_harness.Logs.Count("is a service of VS [192.0.2.1]:tcp:80 already"), Is.EqualTo(1));
    }

    [Test]
    public void Events_LostAnswer_IsPutRight()
    {
        _harness.Start(Of(Service(80, Server(1, 3, "a"), Server(2, 3, "b"))));
        _harness.Kernel.LosesAnswerOf = static command => command == IpvsCommand.DeleteDestination;
        _harness.Do(static balancer => balancer.OnBfd("a", isUp: false));
        _harness.Kernel.LosesAnswerOf = null;
        var reads = _harness.Kernel.Reads;
        _harness.Eventually(() => _harness.Kernel.Reads > reads, "reading the table again");
        Assert.That(_harness.Table(), Is.EqualTo("TCP 192.0.2.1:80: 198.51.100.2:80=3"));
    }

    [Test]
    public void Repair_WhatOthersChanged_IsPutRightAndTheirsStays()
    {
        _harness.Start(Of(Service(80, Server(1, 3), Server(2, 3))));
        var theirs = IpvsServiceKey.Create(IpvsProtocol.Udp, InetAddress.Parse("192.0.2.77"), 53);
        _harness.Kernel.Client.AddServiceAsync(new IpvsService { Key = theirs }).GetAwaiter().GetResult();
        var ours = IpvsServiceKey.Create(IpvsProtocol.Tcp, InetAddress.Parse("192.0.2.1"), 80);
        _harness.Kernel.Client.DeleteServiceAsync(ours).GetAwaiter().GetResult();
        _harness.Do(static balancer => _ = balancer.Table.RepairAsync());
        _harness.Eventually(() => _harness.Table() == $"{Both}; UDP 192.0.2.77:53:", "the repair");
    }

    [Test]
    public void Instance_NotMaster_KeepsTheServiceOutOfTheKernel()
    {
        _harness.Start(Of(Service(80, Server(1, 3), Server(2, 3)) with { WhileMaster = "VI_1" }));
        Assert.That(_harness.Table(), Is.Empty);
        _harness.Do(static balancer => balancer.OnInstance("VI_1", isMaster: true));
        Assert.That(_harness.Table(), Is.EqualTo(Both));
        _harness.Do(static balancer => balancer.OnInstance("VI_1", isMaster: false));
        Assert.That(_harness.Changes, Is.EqualTo("DeleteService"));
    }

    [Test]
    public void Scheduler_ThatTheKernelHasNot_IsSaidOnceAndLeavesTheRestAtWork()
    {
        _harness.Start(Of(Service(443, Server(1), Server(2)) with { Scheduler = "nosuch" }, Service(80, Server(1, 3), Server(2, 3, "a"))));
        Assert.That(_harness.Table(), Is.EqualTo(Both));
        Assert.That(_harness.Logs.Count("nosuch: No such file or directory (ENOENT)"), Is.EqualTo(1), _harness.Logs.ToString());
        _harness.Do(static balancer => balancer.OnBfd("a", isUp: false));
        Assert.That(_harness.Table(), Is.EqualTo("TCP 192.0.2.1:80: 198.51.100.1:80=3"), "the other virtual server follows its checks");
        _harness.Reload(Of(Service(443, Server(1), Server(2)) with { Scheduler = "rr" }, Service(80, Server(1, 3), Server(2, 3))));
        _harness.Eventually(
            () => _harness.Table().Split("; ").Order().SequenceEqual(["TCP 192.0.2.1:443: 198.51.100.1:80=1 198.51.100.2:80=1", Both]),
            "the one that was refused");
    }

    [TestCase(IpvsCommand.GetService)]
    [TestCase(IpvsCommand.NewService)]
    [TestCase(IpvsCommand.NewDestination)]
    [TestCase(IpvsCommand.DeleteDestination)]
    public void Answer_ThatIsLost_IsMadeGoodFromWhatIsThere(IpvsCommand command)
    {
        var lost = 0;
        _harness.Kernel.LosesAnswerOf = sent => sent == command && lost++ == 0;
        _harness.Start(Of(Service(80, Server(1, 3), Server(2, 3, "a"))));
        _harness.Do(static balancer => balancer.OnBfd("a", isUp: false));
        _harness.Do(static balancer => balancer.OnBfd("a", isUp: true));
        _harness.Eventually(() => _harness.Table() == Both, "the table");
        Assert.That(lost, Is.Positive);
    }

    [TestCase(true, "", Both)]
    [TestCase(false, "DeleteService", "")]
    public void Restart_WhileMaster_WaitsForTheWordAboutTheInstance(bool isMaster, string changes, string table)
    {
        var configuration = Of(Service(80, Server(1, 3), Server(2, 3)) with { WhileMaster = "VI_1" });
        _harness.Start(configuration);
        _harness.Do(static balancer => balancer.OnInstance("VI_1", isMaster: true));
        _harness.Start(configuration, isRestart: true);
        Assert.That((_harness.Changes, _harness.Table()), Is.EqualTo(("", Both)), "what was right stays");
        _harness.Do(balancer => balancer.OnInstance("VI_1", isMaster));
        Assert.That((_harness.Changes, _harness.Table()), Is.EqualTo((changes, table)));
    }

    [TestCase(FlushOnStop.No, "DeleteService", "UDP 192.0.2.77:53:")]
    [TestCase(FlushOnStop.VirtualServers, "DeleteService", "UDP 192.0.2.77:53:")]
    [TestCase(FlushOnStop.Everything, "Flush", "")]
    public void Stop_Flush_RemovesWhatItSays(FlushOnStop flush, string changes, string left)
    {
        var theirs = IpvsServiceKey.Create(IpvsProtocol.Udp, InetAddress.Parse("192.0.2.77"), 53);
        _harness.Kernel.Client.AddServiceAsync(new IpvsService { Key = theirs }).GetAwaiter().GetResult();
        _harness.Start(Of(Service(80, Server(1, 3))) with { Global = new() { Lvs = new() { FlushOnStop = flush } } });
        _harness.Stop();
        Assert.That(_harness.Changes, Is.EqualTo(changes));
        Assert.That(_harness.Table(), Is.EqualTo(left));
    }

    [Test]
    public void Stop_KeepsTheTableWhenTold()
    {
        _harness.Start(Of(Service(80, Server(1, 3), Server(2, 3))), keepsTable: true);
        _harness.Stop();
        Assert.That(_harness.Changes, Is.Empty);
        Assert.That(_harness.Table(), Is.EqualTo(Both));
    }

    [Test]
    public void Notifications_WhatAReloadRemoves_AreForThoseThatWereUp()
    {
        var directory = Directory.CreateTempSubdirectory();
        try
        {
            var fifo = Path.Combine(directory.FullName, "fifo");
            var global = new GlobalDefinitions { LvsNotifyFifo = new NotifyFifoConfiguration { Path = fifo } };
            _harness.Start(Of(
                Service(80, Server(1), Server(2), Server(3, 1, "a")), Service(81, Server(1), Server(3, 1, "a")), Service(82, Server(3, 1, "a"))) with
            { Global = global });
            using var reader = new FileStream(fifo, FileMode.Open, FileAccess.Read);
            var buffer = new byte[4096];
            _harness.Do(static balancer => balancer.OnBfd("a", isUp: false));
            Assert.That(() => Read(), Does.Contain("VS [192.0.2.1]:tcp:82 DOWN\n").After(10_000, 20), "all before");

            _harness.Reload(Of(Service(80, Server(1))) with { Global = global });

            Assert.That(Read(), Is.EqualTo(
                "RS [198.51.100.2]:tcp:80 [192.0.2.1]:tcp:80 DOWN\nRS [198.51.100.1]:tcp:80 [192.0.2.1]:tcp:81 DOWN\nVS [192.0.2.1]:tcp:81 DOWN\n"));

            string Read() => System.Text.Encoding.ASCII.GetString(buffer, 0, reader.Read(buffer));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Test]
    public void Logs_QuorumAndSorryServer_AreInTheOriginalsWords()
    {
        _harness.Start(Of(Service(80, Server(1, 2, "a", alpha: true)) with { SorryServer = Sorry(9) }));
        _harness.Do(static balancer => balancer.OnBfd("a", isUp: false));
        _harness.Do(static balancer => balancer.OnBfd("a", isUp: true));
        _harness.Do(static balancer => balancer.OnBfd("a", isUp: false));
        _harness.Reload(Of(Service(80, Server(1, 5, "a", alpha: true)) with { SorryServer = Sorry(9) }));
        _harness.Reload(Of());

        const string Vs = "VS [192.0.2.1]:tcp:80";
        const string One = "[198.51.100.1]:tcp:80";
        Assert.That(_harness.Logs.ToString().Split('\n').Where(static line => line.Contains(Vs, StringComparison.Ordinal) || line.Contains("Virtual Server", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            $"Starting with quorum down 1-0=1 > 0 for {Vs}",
            $"Adding sorry server [203.0.113.9]:tcp:80 to {Vs}",
            $"Removing alive servers from the pool for {Vs}",
            $"Adding service {One} to {Vs}",
            $"Gained quorum 1+0=1 <= 2 for {Vs}",
            $"Removing sorry server [203.0.113.9]:tcp:80 from {Vs}",
            $"Adding alive servers to the pool for {Vs}",
            $"Removing service {One} from {Vs}",
            $"Lost quorum 1-0=1 > 0 for {Vs}",
            $"Adding sorry server [203.0.113.9]:tcp:80 to {Vs}",
            $"Removing alive servers from the pool for {Vs}",
            $"Changing weight from 2 to 5 for inactive service {One} of {Vs}",
            "Removing Virtual Server [192.0.2.1]:tcp:80",
            $"Removing service {One} from {Vs}",
        }));
    }

    [Test]
    public void Notifications_ScriptAndFifo_TellInOrder()
    {
        var directory = Directory.CreateTempSubdirectory();
        try
        {
            var fifo = Path.Combine(directory.FullName, "fifo");
            var told = Path.Combine(directory.FullName, "told");
            var script = new ScriptConfiguration { Arguments = ["/bin/sh", "-c", $"echo down >> {told}"], Path = "/bin/sh" };
            var global = new GlobalDefinitions { LvsNotifyFifo = new NotifyFifoConfiguration { Path = fifo } };
            var servers = new[] { Server(1, 1, "a", alpha: true) with { NotifyDown = script }, Server(2, 1, "b") };
            _harness.Start(Of(Service(80, servers) with { Omega = true }) with { Global = global });
            using var reader = new FileStream(fifo, FileMode.Open, FileAccess.Read);
            _harness.Do(static balancer => balancer.OnBfd("a", isUp: true));
            _harness.Do(static balancer => balancer.OnBfd("a", isUp: false));
            _harness.Do(static balancer => balancer.OnBfd("b", isUp: false));
            _harness.Stop();
            var buffer = new byte[4096];
            var text = System.Text.Encoding.ASCII.GetString(buffer, 0, reader.Read(buffer));
            const string One = "RS [198.51.100.1]:tcp:80 [192.0.2.1]:tcp:80";
            const string Two = "RS [198.51.100.2]:tcp:80 [192.0.2.1]:tcp:80";
            const string Quorum = "VS [192.0.2.1]:tcp:80";
            Assert.That(text.TrimEnd('\n').Split('\n'), Is.EqualTo(new[]
            {
                $"{Quorum} UP", $"{One} UP", $"{One} DOWN", $"{Two} DOWN", $"{Quorum} DOWN", $"{Quorum} DOWN",
            }));
            Assert.That(() => File.Exists(told) ? File.ReadAllText(told) : "", Is.EqualTo("down\n").After(20_000, 20));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
