using Keepalived.Kernel.Tests.Lab;

namespace Keepalived.Kernel.Tests.Differential;

/// <summary>
/// The distribution's keepalived and ours, each in a network namespace of its own, with the same configuration: their IPVS tables are the same
/// after the start, after a reload, and after the end.
/// </summary>
[Parallelizable(ParallelScope.Children)] // They wait more than they work.
public sealed class TableDifferentialTests
{
    private const int HeadingLines = 3;
    private const int LooksAtRest = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [TestCaseSource(typeof(TableCase), nameof(TableCase.All))]
    public void Table_AfterStartReloadAndEnd_IsTheRealOnes(TableCase configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Assume.That(Environment.IsPrivilegedProcess, "needs root to make network namespaces");
        Assume.That(File.Exists(RunningKeepalived.Program), "needs keepalived");
        Assume.That(OurDaemon.Path, Is.Not.Null, "our daemon is not built");
        using var first = NewNode();
        using var second = NewNode();
        using var real = RunningKeepalived.Start(first, configuration.First);
        using var ours = RunningKeepalived.Start(second, OurDaemon.Path!, configuration.First);
        ExpectEqual(first, second, isReload: false);
        if (configuration.Second is { } changed)
        {
            var before = Glance(first);
            real.Reload(changed);
            ours.Reload(changed);
            Wait(() => Glance(first) != before);
            ExpectEqual(first, second, isReload: true);
        }

        var stops = Task.WhenAll(Task.Run(real.Stop), Task.Run(ours.Stop)).GetAwaiter().GetResult();
        Assert.That(stops, Is.All.Zero);
        Assert.That(Table(second), Is.EqualTo(Table(first).Except(configuration.Leftovers)), "after the end");
    }

    /// <summary>The original keeps the thresholds that a server had.</summary>
    [Test]
    public void Reload_ThresholdsChange_AreInTheTable()
    {
        Assume.That(Environment.IsPrivilegedProcess, "needs root to make network namespaces");
        Assume.That(OurDaemon.Path, Is.Not.Null, "our daemon is not built");
        using var node = NewNode();
        using var ours = RunningKeepalived.Start(node, OurDaemon.Path!, Service(""));
        Wait(() => Table(node).Length == 3);
        Assert.That(Table(node), Has.Some.Match("-> 10.1.0.12:80 +0 +0 "), "at the start");

        ours.Reload(Service("uthreshold 7\nlthreshold 3"));

        Wait(() => !Table(node)[^1].Contains(" 0          0          0 ", StringComparison.Ordinal));
        Assert.That(Table(node), Has.Some.Match("-> 10.1.0.12:80 +7 +3 "), "after the reload");
    }

    private static string Service(string thresholds) => $$"""
        virtual_server 10.0.0.1 80 {
            lvs_sched rr
            lvs_method NAT
            protocol TCP
            real_server 10.1.0.12 80 {
                weight 2
                {{thresholds}}
            }
        }
        """;

    private static Node NewNode()
    {
        var node = new Node();
        // Where servers that are down are: nobody listens.
        node.Ip("link add eth0 type dummy", "link set eth0 up", "address add 10.9.0.1/24 dev eth0", "address add 10.1.0.1/24 dev eth0",
            "address add 2001:db8:1::1/64 dev eth0 nodad");
        return node;
    }

    /// <summary>Both have come to rest with the same table: checks that fail take a moment.</summary>
    private static void ExpectEqual(Node real, Node ours, bool isReload)
    {
        var theirs = "";
        var looks = 0;
        Wait(() =>
        {
            var now = Glance(real);
            looks = now == theirs && now.Count('\n') > HeadingLines ? looks + 1 : 0;
            theirs = now;
            Thread.Sleep(300);
            return looks >= LooksAtRest && Glance(ours) == theirs && Table(ours).SequenceEqual(Table(real));
        });
        Assert.That(Table(ours), Is.EqualTo(Table(real)), isReload ? "after the reload" : "after the start");
    }

    private static void Wait(Func<bool> condition)
    {
        var limit = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!condition() && Environment.TickCount64 < limit)
            Thread.Sleep(100);
    }

    /// <summary>The table as the kernel prints it: less than ipvsadm says, but without starting a program, which is slow here.</summary>
    private static string Glance(Node node) => node.Namespace.Run(static () => File.ReadAllText("/proc/thread-self/net/ip_vs"));

    /// <summary>The table as ipvsadm saves it, and the thresholds, which it does not save.</summary>
    private static string[] Table(Node node) =>
    [
        .. Lines(node.Run("ipvsadm", "-S", "-n")).Order(StringComparer.Ordinal),
        .. Lines(node.Run("ipvsadm", "-L", "-n", "--thresholds")).Where(static line => line.StartsWith("-> ", StringComparison.Ordinal) && !line.Contains("RemoteAddress", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    private static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
