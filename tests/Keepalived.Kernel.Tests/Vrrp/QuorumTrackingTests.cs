using System.Net.Sockets;
using Keepalived.Kernel.Tests.Lab;
using Keepalived.Kernel.Tests.Traffic;

namespace Keepalived.Kernel.Tests.Vrrp;

/// <summary>A VRRP instance that follows the quorum of a virtual server, beside the distribution's keepalived.</summary>
public sealed class QuorumTrackingTests : RouterFixture
{
    private const int Patience = 40_000;

    [Test]
    public async Task Instance_FollowsTheQuorum()
    {
        Assume.That(File.Exists(RunningKeepalived.Program), "needs keepalived");
        Assume.That(OurDaemon.Path, Is.Not.Null, "needs our daemon");
        foreach (var (node, number) in new[] { (A, 1), (B, 2) })
            node.Ip($"address add 10.1.0.{number}/24 dev eth0");
        using var real = RunningKeepalived.Start(B, Instance(100, ""));
        Assert.That(() => Holds(B, "10.1.0.100"), Is.True.After(Patience, 50));
        using var ours = RunningKeepalived.Start(A, OurDaemon.Path!, Tracking(""));
        await Task.Delay(3000);
        Assert.That(Holds(A, "10.1.0.100"), Is.False, "no server answers");

        var server = new EchoServer(B, "one", 80, AddressFamily.InterNetwork);
        Expect(true, "the server answers");
        ours.KillChild("checkers");
        await Task.Delay(2000);
        Assert.That(Holds(A, "10.1.0.100"), Is.True, "the kernel goes on balancing");
        ours.KillChild("vrrp");
        Expect(true, "the VRRP process hears again what it knew");
        server.Dispose();
        Expect(false, "the quorum is lost");

        ours.Reload(Tracking("weight 30"));
        Expect(true, "150 is better than 100");
        ours.Reload(Tracking("weight -60"));
        Expect(false, "90 is not");
        using var again = new EchoServer(B, "one", 80, AddressFamily.InterNetwork);
        Expect(true, "the quorum is back");
        Assert.That(ours.Stop(), Is.Zero);
        Assert.That(() => Holds(B, "10.1.0.100"), Is.True.After(Patience, 50));
        var output = await ours.Output;
        Assert.That(output.Split("Virtual server 10.1.0.100 80 has its quorum"), Has.Length.InRange(3, 4), output);

        void Expect(bool isOurs, string why) =>
            Assert.That(() => (Holds(A, "10.1.0.100"), Holds(B, "10.1.0.100")), Is.EqualTo((isOurs, !isOurs)).After(Patience, 50), why);
    }

    private static string Tracking(string weight) => Instance(150, $$"""
        track_virtual_server {
            10.1.0.100 80 {{weight}}
        }
        """) + """
        virtual_server 10.1.0.100 80 {
            delay_loop 1
            lvs_sched rr
            lvs_method NAT
            protocol TCP
            alpha
            real_server 10.1.0.2 80 {
                TCP_CHECK {
                    connect_timeout 1
                    retry 0
                }
            }
        }
        """;
}
