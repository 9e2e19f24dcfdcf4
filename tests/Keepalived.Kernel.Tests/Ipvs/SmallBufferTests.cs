using Keepalived.Kernel.Tests.Lab;

namespace Keepalived.Kernel.Tests.Ipvs;

/// <summary>A kernel that has hardly any room for what it answers.</summary>
public sealed class SmallBufferTests : IpvsFixture
{
    private const int Services = 30;
    private const int ServersOfEach = 3;
    private const int Patience = 60_000;

    [Test]
    public void Daemon_WithHardlyAnyReceiveBuffer_ComesToTheWholeTable()
    {
        Assume.That(OurDaemon.Path, Is.Not.Null, "our daemon is not built");
        using var daemon = RunningKeepalived.Start(Director, OurDaemon.Path!, Configuration(weight: 1));
        Assert.That(() => Saved(), Is.EquivalentTo(Expected(weight: 1)).After(Patience, 500), "after the start");

        daemon.Reload(Configuration(weight: 7));
        Assert.That(() => Saved(), Is.EquivalentTo(Expected(weight: 7)).After(Patience, 500), "after a reload that changes all");
        Assert.That(daemon.Stop(), Is.Zero);
        Assert.That(Saved(), Is.Empty, "after the end");
    }

    // The least that the kernel allows: room for two or three answers. One is asked for each send; refusals would not fit.
    private static string Configuration(int weight) => "global_defs {\nlvs_netlink_cmd_rcv_bufs 1\n}\n" + string.Concat(
        Enumerable.Range(1, Services).Select(service =>
            $"virtual_server 10.0.0.{service} 80 {{\nlvs_sched rr\nlvs_method NAT\nprotocol TCP\n"
            + string.Concat(Enumerable.Range(1, ServersOfEach).Select(server => $"real_server 10.1.0.{server} 80 {{\nweight {weight}\n}}\n")) + "}\n"));

    private static IEnumerable<string> Expected(int weight) => Enumerable.Range(1, Services).SelectMany(service =>
        Enumerable.Range(1, ServersOfEach).Select(server => $"-a -t 10.0.0.{service}:80 -r 10.1.0.{server}:80 -m -w {weight}")
            .Prepend($"-A -t 10.0.0.{service}:80 -s rr"));
}
