using System.Net;
using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.Checks;
using Keepalived.Daemon.Configuration.Model.VirtualServers;
using Keepalived.Ipvs;
using Keepalived.Netlink;
using static Keepalived.Daemon.Tests.Balancing.BalancerHarness;

namespace Keepalived.Daemon.Tests.Balancing;

/// <summary>Virtual servers whose servers are checked: what the checks say comes to the kernel.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BalancerCheckTests
{
    private readonly BalancerHarness _harness = new();

    [TearDown]
    public void Clean() => _harness.Dispose();

    [Test]
    public void TcpCheck_ServerThatDies_IsOutAndComesBack()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        var endpoint = (IPEndPoint)first.LocalEndpoint;
        _harness.Start(Of(Service(80, Tcp(endpoint))));
        Assert.That(_harness.Table(), Is.EqualTo($"TCP 192.0.2.1:80: {endpoint}=1"));
        first.Stop();
        _harness.Eventually(() => _harness.Table() == "TCP 192.0.2.1:80:", "the removal");
        using var second = new TcpListener(endpoint);
        second.Start();
        _harness.Eventually(() => _harness.Table() == $"TCP 192.0.2.1:80: {endpoint}=1", "the return");
        Assert.That(_harness.Logs.Count($"TCP_CHECK on service [127.0.0.1]:tcp:{endpoint.Port} failed"), Is.EqualTo(1));
    }

    [Test]
    public void SharedProbes_SameCheckOfManyServices_IsMadeOnce()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var endpoint = (IPEndPoint)listener.LocalEndpoint;
        var services = Enumerable.Range(1, 50).Select(port => Service((ushort)port, Tcp(endpoint))).ToArray();
        var sharing = new GlobalDefinitions { Lvs = new() { SharesProbes = true } };
        _harness.Start(Of(services) with { Global = sharing });
        Assert.That(_harness.Balancer.ProbeCount, Is.EqualTo(1));
        listener.Stop();
        _harness.Eventually(() => !_harness.Table().Contains("127.0.0.1", StringComparison.Ordinal), "the removal from all of them");
        _harness.Reload(Of(services[..1]) with { Global = sharing });
        Assert.That(_harness.Balancer.ProbeCount, Is.EqualTo(1));
        _harness.Reload(Of() with { Global = sharing });
        Assert.That(_harness.Balancer.ProbeCount, Is.Zero);
    }

    [Test]
    public void FileCheck_Number_MovesTheWeight()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(path, "5");
        try
        {
            var server = Server(1, 10) with { Checks = [new FileCheckConfiguration { TrackFile = "F", Weight = 2 }] };
            var configuration = Of(Service(80, server)) with { TrackFiles = [new TrackFileConfiguration { Name = "F", Path = path }] };
            _harness.Start(configuration);
            Assert.That(_harness.Table(), Does.EndWith("=20"));
            File.WriteAllText(path, "-3");
            _harness.Eventually(() => _harness.Table().EndsWith("=4", StringComparison.Ordinal), "the lower weight");
            File.WriteAllText(path, "-2147483648");
            _harness.Eventually(() => _harness.Table() == "TCP 192.0.2.1:80:", "the fault");
            _harness.Reload(configuration with { Global = new() { Lvs = new() { LogsAllFailures = true } } });
            Assert.That(_harness.Changes, Is.Empty, "who is down by a file stays down");
            File.WriteAllText(path, "1");
            _harness.Eventually(() => _harness.Table().EndsWith("=12", StringComparison.Ordinal), "the return");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void MiscCheck_ExitStatus_SetsTheWeight()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(path, "10");
        try
        {
            var script = new ScriptConfiguration { Arguments = ["/bin/sh", "-c", $"exit $(cat {path})"], Path = "/bin/sh" };
            var check = new MiscCheckConfiguration { Script = script, IsDynamic = true, Timeout = TimeSpan.FromSeconds(20), Timing = Often };
            _harness.Start(Of(Service(80, Server(1) with { Checks = [check] })));
            _harness.Eventually(() => _harness.Table().EndsWith("=8", StringComparison.Ordinal), "status 10, weight 8");
            Replace("1");
            _harness.Eventually(() => _harness.Table() == "TCP 192.0.2.1:80:", "status 1, failed");
            Replace("2");
            _harness.Eventually(() => _harness.Table().EndsWith("=0", StringComparison.Ordinal), "status 2, weight 0");
            Replace("0");
            _harness.Eventually(() => _harness.Table().EndsWith("=1", StringComparison.Ordinal), "status 0, the configured weight");
        }
        finally
        {
            File.Delete(path);
        }

        void Replace(string text)
        {
            File.WriteAllText(path + ".new", text);
            File.Move(path + ".new", path, overwrite: true);
        }
    }

    [Test]
    public void MiscCheck_ReloadChangesTheConfiguredWeight_StaysAtWhatTheScriptSays()
    {
        var script = new ScriptConfiguration { Arguments = ["/bin/sh", "-c", "exit 12"], Path = "/bin/sh" };
        var check = new MiscCheckConfiguration { Script = script, IsDynamic = true, Timeout = TimeSpan.FromSeconds(20), Timing = Often };
        _harness.Start(Of(Service(80, Server(1, weight: 3) with { Checks = [check] })));
        _harness.Eventually(() => _harness.Table().EndsWith("=10", StringComparison.Ordinal), "status 12, weight 10");

        _harness.Reload(Of(Service(80, Server(1, weight: 50) with { Checks = [check] }, Server(2))));

        Assert.That(_harness.Table(), Does.Contain("198.51.100.1:80=10"), "at once");
        var told = _harness.Balancer.Services[0].Servers[0].Checks[0].Probe!.Scheduled!.State;
        _harness.Eventually(() => told.HasRun && _harness.Table().Contains("198.51.100.1:80=10", StringComparison.Ordinal), "and when it has run");
    }

    private static CheckTiming Often { get; } = new()
    {
        DelayLoop = TimeSpan.FromMilliseconds(50),
        DelayBeforeRetry = TimeSpan.FromMilliseconds(20),
        WarmUp = TimeSpan.Zero,
        Retry = 0,
    };

    private static RealServerConfiguration Tcp(IPEndPoint endpoint) => new()
    {
        Address = InetAddress.FromIPAddress(endpoint.Address),
        Port = (ushort)endpoint.Port,
        Checks =
        [
            new TcpCheckConfiguration
            {
                Connection = new CheckConnection { Address = InetAddress.FromIPAddress(endpoint.Address), Port = (ushort)endpoint.Port },
                Timing = Often,
            },
        ],
    };
}
