using Keepalived.Kernel.Tests.Lab;

namespace Keepalived.Kernel.Tests.Traffic;

/// <summary>Real servers that follow a BFD session, from the packet on the wire to the kernel's table.</summary>
public sealed class BfdCheckTests : IpvsFixture
{
    // An emulated machine is slow.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [TestCase(false)]
    [TestCase(true)]
    public void RealServer_FollowsItsSession(bool peerIsOurs)
    {
        Assume.That(OurDaemon.Path, Is.Not.Null, "our daemon is not built");
        Assume.That(peerIsOurs || File.Exists(RunningKeepalived.Program), "needs keepalived");
        using var server = new Node();
        server.Ip($"link add eth0 type veth peer name eth0 netns {Director.Name}", "link set eth0 up", "address add 10.9.0.2/24 dev eth0");
        Director.Ip("link set eth0 up", "address add 10.9.0.1/24 dev eth0");
        using var director = RunningKeepalived.Start(Director, OurDaemon.Path!, $$"""
            {{Session("there", "10.9.0.2")}}
            {{Session("nowhere", "10.9.0.3")}}
            virtual_server 10.9.0.100 80 {
                lb_algo rr
                lb_kind NAT
                protocol TCP
                real_server 10.9.0.2 80 {
                    BFD_CHECK {
                        name there
                    }
                }
                real_server 10.9.0.3 80 {
                    BFD_CHECK {
                        name nowhere
                    }
                }
            }
            """);
        ExpectServers();

        using (var peer = Peer())
        {
            ExpectServers("10.9.0.2:80");
            peer.Kill();
            ExpectServers();
        }

        using var again = Peer();
        ExpectServers("10.9.0.2:80");
        Assert.That(director.Stop(), Is.Zero);
        Assert.That(Saved(), Is.Empty);

        RunningKeepalived Peer() =>
            RunningKeepalived.Start(server, peerIsOurs ? OurDaemon.Path! : RunningKeepalived.Program, Session("director", "10.9.0.1"));
    }

    private static string Session(string name, string neighbor) => $$"""
        bfd_instance {{name}} {
            neighbor_ip {{neighbor}}
            min_rx 100
            min_tx 100
            multiplier 30
        }
        """;

    /// <summary>The virtual server is there, with these real servers and no others.</summary>
    private void ExpectServers(params string[] servers)
    {
        string[] saved = [];
        Assert.That(
            () =>
            {
                saved = Saved();
                return saved.Any(static line => line.StartsWith("-A", StringComparison.Ordinal))
                    && Servers(saved).SequenceEqual(servers);
            },
            Is.True.After((int)Patience.TotalMilliseconds, 250),
            () => $"wanted [{string.Join(' ', servers)}], have {string.Join('\n', saved)}");
    }

    private static IEnumerable<string> Servers(string[] saved) =>
        saved.Where(static line => line.StartsWith("-a", StringComparison.Ordinal)).Select(static line => line.Split(" -r ")[1].Split(' ')[0]).Order();
}
