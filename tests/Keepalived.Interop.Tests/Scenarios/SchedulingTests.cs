using System.Globalization;
using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>What the kernel says of the VRRP process: priorities, processors, limits, its name.</summary>
internal sealed class SchedulingTests : ScenarioFixture
{
    private const int NiceField = 16;
    private const int RealTimePriorityField = 37;
    private const int PolicyField = 38;
    private static readonly VrrpInstance Instance = new() { Interval = 0.5, Priority = 255, State = "MASTER" };

    private static readonly TestCaseData[] Settings =
    [
        Case("nice", "vrrp_priority -7"),
        Case("real-time", "vrrp_rt_priority 20\n vrrp_rlimit_rttime 50000"),
        Case("default-limit", "vrrp_rt_priority 1"),
        Case("affinity", "vrrp_cpu_affinity 1"),
        Case("memory", "vrrp_no_swap"),
        Case("names", "process_names"),
        Case("name", "vrrp_process_name guard"),
        Case("old-name-of-the-limit", "vrrp_rt_priority 20\n vrrp_rlimit_rtime 60000"),
        Case("nothing", ""),
    ];

    private static readonly TestCaseData[] BfdSettings =
    [
        Case("nice", "bfd_priority -7"),
        Case("real-time", "bfd_rt_priority 20\n bfd_rlimit_rttime 50000"),
        Case("old-name-of-the-limit", "bfd_rt_priority 20\n bfd_rlimit_rtime 60000"),
        Case("affinity", "bfd_cpu_affinity 1"),
        Case("memory", "bfd_no_swap"),
        Case("name", "bfd_process_name echo"),
        Case("nothing", ""),
    ];

    [TestCaseSource(nameof(Settings)), Scenario("scheduling")]
    public void Process_IsToTheKernelWhatTheRealOneIs(string global)
    {
        var link = Link("a", "b");
        link.Partition(cut: true);
        var block = $"global_defs {{\n {global}\n}}";
        var ours = link.Start(Pairs.Oracle ? Build.Real : Build.Ours, "a", block, Instance);
        var real = link.Start(Build.Real, "b", block, Instance);
        ours.ExpectHolding(Lan.Vip, 10);
        real.ExpectHolding(Lan.Vip, 10);

        Assert.That(Describe(ours.VrrpPid!.Value), Is.EqualTo(Describe(real.VrrpPid!.Value)));
    }

    [TestCaseSource(nameof(BfdSettings)), Scenario("scheduling-bfd")]
    public void BfdProcess_IsToTheKernelWhatTheRealOneIs(string global)
    {
        var link = Link("a", "b");
        link.Partition(cut: true);
        Router[] routers = [Start(Pairs.Oracle ? Build.Real : Build.Ours, "a"), Start(Build.Real, "b")];
        foreach (var router in routers)
            router.ExpectHolding(Lan.Vip, 10);
        // The real one sets itself up after its pid file is there.
        Expect.Within(
            TimeSpan.FromSeconds(8),
            () => routers.All(static router => router.BfdPid is not null) && Describe(routers[0].BfdPid!.Value) == Describe(routers[1].BfdPid!.Value),
            "the same process");
        if (global.Length > 0)
            Assert.That(Describe(routers[0].BfdPid!.Value), Is.Not.EqualTo(Describe(routers[0].Pid)));

        Router Start(Build build, string station)
        {
            var router = new Router(
                link, build, station, $"global_defs {{\n {global}\n}}\nbfd_instance B {{\n neighbor_ip 10.90.0.77\n source_ip {Lan.Address(station)}\n}}\n{Instance}")
            { RunsBfd = true };
            link.Adopt(router);
            router.Start();
            return router;
        }
    }

    /// <summary>The real one does not survive this: the kernel ends it for the processor time that 250 takeovers take.</summary>
    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursOnly)), Scenario("real-time-limit")]
    public void ManyMasters_WithARealTimePriorityAndItsDefaultLimit_Live(Build build, Build other)
    {
        const int Count = 250;
        var link = Link("a");
        object[] instances =
        [
            .. Enumerable.Range(1, Count).Select(static number => new VrrpInstance
            {
                Name = $"VI_{number}", VirtualRouterId = number, Interval = 1, Addresses = [$"10.91.0.{number}/32"],
            }),
        ];
        var a = link.Start(build, "a", ["global_defs {\n vrrp_rt_priority 20\n}", .. instances]);
        Expect.Within(
            TimeSpan.FromSeconds(30), () => link.Addresses("a").Count(static entry => ((string?)entry["local"])!.StartsWith("10.91.", StringComparison.Ordinal)) == Count,
            "all addresses are held");
        var child = a.VrrpPid;

        a.Reload(["global_defs {\n vrrp_rt_priority 20\n}", .. instances.Cast<VrrpInstance>().Select(static one => one with { Priority = 110 })]);
        link.Wire.Advert("a", TimeSpan.FromSeconds(10), 0, static advert => advert is { VirtualRouterId: Count, Priority: 110 });
        Assert.That(a.VrrpPid, Is.EqualTo(child), "the process lives");
        Assert.That(a.Stop(), Is.Zero);
        Assert.That(a.Log.Where(static line => line.Contains("SIG", StringComparison.Ordinal)), Is.Empty);
    }

    private static string Describe(int pid)
    {
        // Of the thread that sends adverts, which is the first one of both.
        var stat = File.ReadAllText($"/proc/{pid}/task/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var limits = File.ReadAllLines($"/proc/{pid}/limits").Single(static line => line.StartsWith("Max realtime timeout", StringComparison.Ordinal));
        var status = File.ReadAllLines($"/proc/{pid}/status");
        var locked = long.Parse(Of("VmLck").Split(' ')[0], CultureInfo.InvariantCulture) > 0;
        return $"nice {fields[NiceField]} policy {fields[PolicyField]} priority {fields[RealTimePriorityField]} "
            + $"processors {Of("Cpus_allowed_list")} locked {locked} name {Of("Name")} {string.Join(' ', limits.Split(' ', StringSplitOptions.RemoveEmptyEntries))}";

        string Of(string name) => status.Single(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..].Trim();
    }

    private static TestCaseData Case(string name, string global) => new TestCaseData(global).SetArgDisplayNames(name);
}
