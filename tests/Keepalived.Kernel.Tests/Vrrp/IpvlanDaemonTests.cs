using System.Text.Json.Nodes;
using Keepalived.Kernel.Tests.Lab;

namespace Keepalived.Kernel.Tests.Vrrp;

/// <summary><c>use_ipvlan</c>, and virtual MAC interfaces in a VRF: ours in the kernel as the real one's, and instead of it.</summary>
public sealed class IpvlanDaemonTests : RouterFixture
{
    private const string Device = "ipv51";

    [TestCase("bridge")]
    [TestCase("private")]
    [TestCase("vepa")]
    public void Interface_IsInTheKernelAsTheRealOnes(string mode)
    {
        RequirePrograms();
        using var ours = Start(A, OurDaemon.Path!, 255, $"use_ipvlan {Device} 10.1.0.21/24 {mode}");
        Assert.That(() => Holds(A, "10.1.0.100"), Is.True.After(20_000, 50));
        var described = Describe(A);
        ours.Stop();
        Assert.That(A.IpTry($"link show dev {Device}"), Is.Not.Null, "nothing is left");

        using var real = Start(B, RunningKeepalived.Program, 255, $"use_ipvlan {Device} 10.1.0.21/24 {mode}");
        Assert.That(() => Holds(B, "10.1.0.100"), Is.True.After(20_000, 50));
        Assert.That(described, Is.EqualTo(Describe(B)));
    }

    [Test]
    public void Takeover_BetweenOursAndTheRealOne_BothWays()
    {
        RequirePrograms();
        using var real = Start(B, RunningKeepalived.Program, 100, $"use_ipvlan {Device} 10.1.0.22/24");
        Assert.That(() => Holds(B, "10.1.0.100"), Is.True.After(20_000, 50));
        using var ours = Start(A, OurDaemon.Path!, 200, $"use_ipvlan {Device} 10.1.0.21/24");
        Assert.That(() => (Holds(A, "10.1.0.100"), Holds(B, "10.1.0.100")), Is.EqualTo((true, false)).After(20_000, 50), "ours is better");
        ours.Kill();
        Assert.That(() => Holds(B, "10.1.0.100"), Is.True.After(20_000, 50), "the real one takes over");
    }

    [Test]
    public void VirtualMacInAVrf_IsInTheKernelAsTheRealOnes()
    {
        RequirePrograms();
        foreach (var node in new[] { A, B })
            node.Ip("link add red type vrf table 10", "link set red up", "link set eth0 master red", "link set eth0 up");
        using var ours = Start(A, OurDaemon.Path!, 255, $"use_vmac {Device}");
        Assert.That(() => Holds(A, "10.1.0.100"), Is.True.After(20_000, 50));
        var described = Describe(A);
        ours.Stop();
        using var real = Start(B, RunningKeepalived.Program, 255, $"use_vmac {Device}");
        Assert.That(() => Holds(B, "10.1.0.100"), Is.True.After(20_000, 50));
        Assert.That(described, Is.EqualTo(Describe(B)));
    }

    private void RequirePrograms()
    {
        Assume.That(File.Exists(RunningKeepalived.Program), "needs keepalived");
        Assume.That(OurDaemon.Path, Is.Not.Null, "needs our daemon");
        if (A.IpTry("link add probe link eth0 type ipvlan mode l2") is { } error)
            Assert.Inconclusive($"this kernel has no ipvlan: {error}");
        A.Ip("link delete probe");
        foreach (var (node, number) in new[] { (A, 1), (B, 2) })
            node.Ip($"address add 10.1.0.{number}/24 dev eth0");
    }

    private static RunningKeepalived Start(Node node, string program, int priority, string line) => RunningKeepalived.Start(node, program, $$"""
        vrrp_instance R {
            state {{(priority == 255 ? "MASTER" : "BACKUP")}}
            interface eth0
            virtual_router_id 51
            priority {{priority}}
            version 3
            advert_int 0.5
            {{line}}
            virtual_ipaddress {
                10.1.0.100/24
            }
        }
        """);

    /// <summary>The interface but for indexes, with its addresses, and on which one the virtual address is.</summary>
    private static string Describe(Node node)
    {
        var link = JsonNode.Parse(node.IpText($"-j -d link show dev {Device}"))![0]!.AsObject();
        foreach (var own in new[] { "ifindex", "link_index", "address" })
            link.Remove(own);
        var addresses = node.IpText($"-4 -o address show dev {Device}").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2..])).Order(StringComparer.Ordinal);
        var holder = node.IpText("-4 -o address show").Split('\n').Single(static line => line.Contains(" 10.1.0.100/", StringComparison.Ordinal));
        return string.Join('\n', [link.ToJsonString(), .. addresses, holder.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]]);
    }
}
