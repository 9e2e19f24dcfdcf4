using System.Net.Sockets;
using Keepalived.Ipvs;
using Keepalived.Kernel.Tests.Lab;

namespace Keepalived.Kernel.Tests.Traffic;

/// <summary>What clients see while our daemon keeps the table: servers that die and come back, sorry servers, quorums, marks, draining.</summary>
public sealed class DaemonTrafficTests : IpvsFixture
{
    private const int SorryPort = 8080;

    // An emulated machine is slow; a check runs each second.
    private const int Patience = 30_000;

    private string _folder = "";

    [SetUp]
    public void MakeFolder()
    {
        Assume.That(OurDaemon.Path, Is.Not.Null, "our daemon is not built");
        _folder = Directory.CreateTempSubdirectory("keepalived-").FullName;
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(AddressFamily.InterNetwork)]
    [TestCase(AddressFamily.InterNetworkV6)]
    public async Task Servers_Die_AreOutAndBackWithSorryServerAndQuorum(AddressFamily family)
    {
        using var cluster = new Cluster(Director, IpvsForwarding.Nat, family);
        cluster.StartSorryServer(SorryPort);
        using var daemon = RunningKeepalived.Start(Director, OurDaemon.Path!, Service(cluster, $"{cluster.Vip} {Cluster.Port}", $$"""
            quorum_up "{{Script("up")}}"
            quorum_down "{{Script("down")}}"
            sorry_server {{cluster.Addresses[1]}} {{SorryPort}}
            """));
        await ExpectAsync(cluster, "one", "two");
        Assert.That(() => Ran("up"), Is.True.After(Patience, 100), "the quorum at the start");
        Assert.That(Ran("down"), Is.False);

        cluster.StopServer(0);
        await ExpectAsync(cluster, "two");
        cluster.StopServer(1);
        await ExpectAsync(cluster, "sorry");
        Assert.That(() => Ran("down"), Is.True.After(Patience, 100));
        File.Delete(Path.Combine(_folder, "up"));

        cluster.StartServer(0);
        await ExpectAsync(cluster, "one");
        Assert.That(() => Ran("up"), Is.True.After(Patience, 100));
        cluster.StartServer(1);
        await ExpectAsync(cluster, "one", "two");
        Assert.That(daemon.Stop(), Is.Zero);
        Assert.That(Saved(), Is.Empty);
    }

    [TestCase(AddressFamily.InterNetwork)]
    [TestCase(AddressFamily.InterNetworkV6)]
    public async Task MarkedPackets_AreBalanced(AddressFamily family)
    {
        using var cluster = new Cluster(Director, IpvsForwarding.Nat, family);
        var program = family == AddressFamily.InterNetwork ? "iptables-legacy" : "ip6tables-legacy";
        Assume.That(File.Exists($"/usr/sbin/{program}"), $"needs {program} (Debian package iptables)");
        Director.Run(program, "-t", "mangle", "-A", "PREROUTING", "-d", cluster.Vip.ToString(), "-p", "tcp", "--dport", "80", "-j", "MARK", "--set-mark", "7");
        using var daemon = RunningKeepalived.Start(
            Director, OurDaemon.Path!, Service(cluster, "fwmark 7", family == AddressFamily.InterNetwork ? "" : "ip_family inet6"));
        await ExpectAsync(cluster, "one", "two");
        cluster.StopServer(1);
        await ExpectAsync(cluster, "one");
        daemon.KillChild("checkers");
        await ExpectAsync(cluster, "one");
    }

    [Test]
    public async Task Connections_OfADrainedServer_GoOn()
    {
        var number = Path.Combine(_folder, "number");
        File.WriteAllText(number, "0");
        using var cluster = new Cluster(Director, IpvsForwarding.Nat, AddressFamily.InterNetwork);
        using var daemon = RunningKeepalived.Start(Director, OurDaemon.Path!, Draining(1));
        await ExpectAsync(cluster, "one", "two");
        using var first = await ConnectToAsync("one");

        File.WriteAllText(number, "1");
        await ExpectAsync(cluster, "two");
        Assert.That(await TellAsync(first), Is.EqualTo("one"), "inhibit_on_failure");
        File.WriteAllText(number, "0");
        await ExpectAsync(cluster, "one", "two");

        daemon.Reload(Draining(0));
        await ExpectAsync(cluster, "two");
        Assert.That(await TellAsync(first), Is.EqualTo("one"), "weight 0");
        daemon.KillChild("checkers");
        Assert.That(await TellAsync(first), Is.EqualTo("one"), "the kernel goes on");
        await ExpectAsync(cluster, "two");

        string Draining(int weight) => $$"""
            track_file number {
                file {{number}}
            }
            virtual_server {{cluster.Vip}} {{Cluster.Port}} {
                lvs_sched rr
                lvs_method NAT
                protocol TCP
                real_server {{cluster.Addresses[0]}} {{Cluster.Port}} {
                    weight {{weight}}
                    inhibit_on_failure
                    FILE_CHECK {
                        track_file number
                        weight 0
                    }
                }
                real_server {{cluster.Addresses[1]}} {{Cluster.Port}} {
                }
            }
            """;

        async Task<Socket> ConnectToAsync(string name)
        {
            while (true)
            {
                var socket = await cluster.ConnectAsync();
                if (await Cluster.HearAsync(socket) == name)
                    return socket;
                socket.Dispose();
            }
        }

        static async Task<string> TellAsync(Socket socket)
        {
            await socket.SendAsync("?"u8.ToArray());
            return await Cluster.HearAsync(socket);
        }
    }

    [Test]
    public async Task PersistentClient_StaysWithItsServerUntilThatDies()
    {
        using var cluster = new Cluster(Director, IpvsForwarding.Nat, AddressFamily.InterNetwork);
        using var daemon = RunningKeepalived.Start(
            Director, OurDaemon.Path!, Service(cluster, $"{cluster.Vip} {Cluster.Port}", "persistence_timeout 100"));
        Assert.That(() => Saved().Length, Is.EqualTo(3).After(Patience, 100));
        var chosen = (await cluster.AskAsync(6)).Keys.Single();
        cluster.StopServer(chosen == "one" ? 0 : 1);
        await ExpectAsync(cluster, chosen == "one" ? "two" : "one");
        cluster.StartServer(chosen == "one" ? 0 : 1);
        Assert.That(() => Saved().Length, Is.EqualTo(3).After(Patience, 100), "it is back");
        Assert.That((await cluster.AskAsync(4)).Keys.Single(), Is.Not.EqualTo(chosen), "the client stays where it is");
    }

    private static string Service(Cluster cluster, string head, string lines) => $$"""
        virtual_server {{head}} {
            delay_loop 1
            lvs_sched rr
            lvs_method NAT
            {{(head.StartsWith("fwmark", StringComparison.Ordinal) ? "" : "protocol TCP")}}
            {{lines}}
            {{RealServer(cluster, 0)}}
            {{RealServer(cluster, 1)}}
        }
        """;

    private static string RealServer(Cluster cluster, int index) => $$"""
        real_server {{cluster.Addresses[index]}} {{Cluster.Port}} {
                TCP_CHECK {
                    connect_timeout 1
                    retry 0
                }
            }
        """;

    private string Script(string name) => $"/bin/busybox touch {Path.Combine(_folder, name)}";

    private bool Ran(string name) => File.Exists(Path.Combine(_folder, name));

    /// <summary>Clients come to these, and to no others, after a while.</summary>
    private async Task ExpectAsync(Cluster cluster, params string[] servers)
    {
        Dictionary<string, int> answers = [];
        for (var end = Environment.TickCount64 + Patience; Environment.TickCount64 < end; await Task.Delay(200))
        {
            answers = await cluster.AskAsync(4);
            if (answers.Keys.Order().SequenceEqual(servers))
                return;
        }

        Assert.Fail($"wanted {string.Join(" and ", servers)}, have {string.Join(", ", answers)}; the table: {string.Join("; ", Saved())}");
    }
}
