using System.Globalization;
using Keepalived.Interop.Tests.Lab;
using Keepalived.Interop.Tests.Lab.Interop;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>Keywords and options whose effect is on the process itself: its sockets, its priority, what it logs.</summary>
internal sealed class OptionTests : ScenarioFixture
{
    private static readonly VrrpInstance Owner = new() { Priority = 255, State = "MASTER" };

    [TestCase("", "", 0), Scenario("rx-bufs")]
    [TestCase("vrrp_rx_bufs_policy MTU", "", 2 * 3 * 1500)]
    [TestCase("vrrp_rx_bufs_policy MTU\n vrrp_rx_bufs_multiplier 7", "", 2 * 7 * 1500)]
    [TestCase("vrrp_rx_bufs_policy ADVERT\n vrrp_rx_bufs_multiplier 200", "", 2 * 200 * 32)]
    [TestCase("vrrp_rx_bufs_policy 20000", "", 2 * 20000)]
    [TestCase("vrrp_rx_bufs_policy MTU", "kernel_rx_buf_size 30000", 2 * 30000)]
    public void ReceiveBuffer_OfTheAdvertSocket_IsTheRealOnes(string global, string line, int expected)
    {
        var link = Link("a", "b");
        link.Partition(cut: true);
        var a = link.Start(Pairs.Oracle ? Build.Real : Build.Ours, "a", Global(global), Owner with { Lines = [line] });
        var b = link.Start(Build.Real, "b", Global(global), Owner with { Lines = [line] });
        a.ExpectHolding(Lan.Vip, 10);
        b.ExpectHolding(Lan.Vip, 10);

        Assert.That(Largest(a), Is.EqualTo(Largest(b)));
        if (expected > 0)
            Assert.That(Largest(a), Is.EqualTo(expected));

        // The real one has a second socket for sending.
        static int Largest(Router router) =>
            OpenSocket.Of(router.VrrpPid!.Value).Where(static socket => socket is { Family: OpenSocket.IPv4, Protocol: OpenSocket.Vrrp })
                .Max(static socket => socket.ReceiveBuffer);
    }

    [Test, Scenario("netlink-bufs")]
    public void NetlinkBuffers_AreTheConfiguredOnes_BeyondTheLimitOnlyByForce()
    {
        var link = Link("a");
        var limit = int.Parse(File.ReadAllText("/proc/sys/net/core/rmem_max"), CultureInfo.InvariantCulture);
        var (inside, beyond) = (limit / 2, limit + 50_000);
        var a = link.Start(Build.Ours, "a", Global(string.Create(CultureInfo.InvariantCulture,
            $"vrrp_netlink_cmd_rcv_bufs {inside}\n vrrp_netlink_monitor_rcv_bufs {beyond}\n vrrp_netlink_monitor_rcv_bufs_force true")), Owner);
        a.ExpectHolding(Lan.Vip, 10);
        Assert.That(Routes(a), Does.Contain(2 * inside).And.Contain(2 * beyond));
        Assert.That(a.Stop(), Is.Zero);

        a.Configure(Global(string.Create(CultureInfo.InvariantCulture,
            $"vrrp_netlink_cmd_rcv_bufs {beyond}\n vrrp_netlink_cmd_rcv_bufs_force true\n vrrp_netlink_monitor_rcv_bufs {inside}")), Owner);
        a.Start();
        a.ExpectHolding(Lan.Vip, 10);
        Assert.That(Routes(a), Does.Contain(2 * inside).And.Contain(2 * beyond));
        Assert.That(a.Stop(), Is.Zero);

        a.Configure(Global(string.Create(CultureInfo.InvariantCulture, $"vrrp_netlink_monitor_rcv_bufs {beyond}")), Owner);
        a.Start();
        a.ExpectHolding(Lan.Vip, 10);
        Assert.That(Routes(a), Does.Contain(2 * limit).And.Not.Contain(2 * beyond), "without force the kernel takes no more than its limit");

        static int[] Routes(Router router) => [.. OpenSocket.Of(router.VrrpPid!.Value)
            .Where(static socket => socket is { Family: OpenSocket.Netlink, Protocol: OpenSocket.Route }).Select(static socket => socket.ReceiveBuffer)];
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("auto-priority")]
    public void MaxAutoPriority_LateTimers_RaiseTheRealTimePriorityUpToIt(Build build)
    {
        var link = Link("a");
        var a = link.Start(build, "a", Global("max_auto_priority 2\n min_auto_priority_delay 50000"), Owner with { Interval = 0.05 });
        a.ExpectHolding(Lan.Vip, 10);
        var pid = a.VrrpPid!.Value;
        for (var round = 0; round < 12 && RealTimePriority(pid) < 2; round++)
            Hold(pid);
        Assert.That(RealTimePriority(pid), Is.EqualTo(2));
        Hold(pid);
        Thread.Sleep(200);
        Assert.That(RealTimePriority(pid), Is.EqualTo(2), "no further");
    }

    [Test, Scenario("auto-priority-off")]
    public void MaxAutoPriority_ByDefault_LateTimersAreOnlyLogged()
    {
        var link = Link("a");
        var a = link.Start(Build.Ours, "a", Global("min_auto_priority_delay 50000"), Owner with { Interval = 0.05 });
        a.ExpectHolding(Lan.Vip, 10);
        Hold(a.VrrpPid!.Value);
        a.ExpectLog("a timer was", 5);
        Assert.That(RealTimePriority(a.VrrpPid!.Value), Is.Zero);
    }

    [TestCase(""), TestCase("timer_expired_backup 100"), TestCase("thread_timer_expired 100"), Scenario("timer-expired-backup")]
    public void TimerExpiredBackup_AMasterThatSleptTooLong_LeavesItToTheOther(string line)
    {
        var isOn = line.Length > 0;
        var link = Link("a", "b");
        var instance = new VrrpInstance { Interval = 0.1, Lines = ["nopreempt"] };
        var a = link.Start(Build.Ours, "a", instance with { Priority = 150, Lines = ["nopreempt", line] });
        a.ExpectHolding(Lan.Vip, 10);
        var b = link.Start(Build.Real, "b", instance);
        b.ExpectLog("Entering BACKUP STATE", 10);
        Thread.Sleep(500);
        _ = Libc.SendSignal(a.VrrpPid!.Value, Libc.Stop);
        b.ExpectHolding(Lan.Vip, 10);
        Thread.Sleep(300);
        _ = Libc.SendSignal(a.VrrpPid!.Value, Libc.Continue);

        var (keeps, yields) = isOn ? (b, a) : (a, b);
        yields.ExpectNotHolding(Lan.Vip, 5);
        Assert.That(keeps.Holds(Lan.Vip), Is.True);
        Thread.Sleep(500);
        Assert.That((keeps.Holds(Lan.Vip), yields.Holds(Lan.Vip)), Is.EqualTo((true, false)), "and so it stays");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("dump-conf")]
    public void DumpConf_LogsConfigurationAndState_AtTheStartAndAfterAReload(Build build)
    {
        var link = Link("a");
        var secret = new VrrpInstance { Version = 2, Interval = 1, Lines = ["authentication {\n auth_type PASS\n auth_pass hush1234\n}"] };
        var a = Start(link, build, ["-d"], secret);
        a.ExpectHolding(Lan.Vip, 10);
        foreach (var line in (string[])
            ["------< Global definitions >------", "------< VRRP Topology >------", " VRRP Instance = VI_1", "   Virtual Router ID = 51", "   Priority = 100"])
            a.ExpectLog(line, 5);

        a.Reload(secret with { Priority = 120 });
        a.ExpectLog("   Priority = 120", 10);
        if (build == Build.Ours)
            Assert.That(a.Log, Has.None.Contains("hush1234"), "a password is no matter for a log");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("address-monitoring")]
    public void AddressMonitoring_LogsWhatComesAndGoes(Build build)
    {
        var link = Link("a");
        var a = Start(link, build, ["-a"], Owner);
        a.ExpectHolding(Lan.Vip, 10);
        link.Ip("a", "address add 10.90.0.77/24 dev eth0", "address delete 10.90.0.77/24 dev eth0");
        a.ExpectLog("10.90.0.77", 5);
        foreach (var change in (string[])["added to eth0", "removed from eth0"])
        {
            Expect.Within(
                TimeSpan.FromSeconds(5),
                () => a.Log.Any(line => line.Contains("10.90.0.77", StringComparison.Ordinal) && line.Contains(change, StringComparison.Ordinal)),
                $"10.90.0.77 {change}");
        }
    }

    [TestCase(false), TestCase(true), Scenario("release-vips")]
    public void ReleaseVips_RemovesAnAddressThatIsNotOursAnyMore(bool isOn)
    {
        const string Untracked = "10.90.0.101";
        var link = Link("a");
        var a = Start(link, Build.Ours, isOn ? ["-X"] : [], Owner with { Addresses = [Lan.Vip + "/24", Untracked + "/24 no_track"] });
        a.ExpectHolding(Untracked, 10);
        link.Ip("a", $"address delete {Untracked}/24 dev eth0");
        // Another one, whatever it is for. The router hears of both before it is told to stop.
        Thread.Sleep(300);
        link.Ip("a", $"address add {Untracked}/24 dev eth0");
        Thread.Sleep(300);
        Assert.That(a.Stop(), Is.Zero);
        Assert.That(a.Holds(Lan.Vip), Is.False);
        Assert.That(a.Holds(Untracked), Is.EqualTo(!isOn));
    }

    [Test, Scenario("garp-group")]
    public void GarpGroup_PacesAllThatLeavesByItsInterfaces()
    {
        const string Second = "10.90.0.101", Third = "2001:db8:90::101";
        var link = Link("a");
        var instance = Owner with { Lines = ["garp_master_repeat 3", "garp_master_delay 0"] };
        link.Start(
            Build.Ours, "a", "garp_group {\n garp_interval 0.2\n gna_interval 0.3\n interfaces {\n eth0\n }\n}",
            instance with { Excluded = [Third + "/64"] },
            instance with { Name = "VI_2", VirtualRouterId = 52, Addresses = [Second + "/24"], Lines = [.. instance.Lines, "use_vmac"] });
        Expect.Within(TimeSpan.FromSeconds(15), () => Times(Lan.Vip, Second).Length >= 6 && Times(Third).Length >= 3, "all rounds");
        Assert.That((Times(Lan.Vip).Length, Times(Second).Length, Times(Third).Length), Is.EqualTo((3, 3, 3)));
        Assert.That(Gaps(Times(Lan.Vip, Second)), Has.All.InRange(0.19, 2), "of two routers, one by its virtual MAC");
        Assert.That(Gaps(Times(Third)), Has.All.InRange(0.29, 2));

        long[] Times(params string[] addresses) =>
            [.. addresses.SelectMany(address => link.Wire.Announcements("a", address)).Select(static frame => frame.Time).Order()];

        static IEnumerable<double> Gaps(long[] times) => times.Zip(times[1..], static (first, next) => (next - first) / 1e9);
    }

    [Test, Scenario("config-save-dir")]
    public void ConfigSaveDir_KeepsStateBeforeAndAfterAReload()
    {
        var link = Link("a");
        var directory = Path.Combine(link.Folder, "saved");
        var a = link.Start(Build.Ours, "a", Global($"config_save_dir {directory}"), Owner);
        a.ExpectHolding(Lan.Vip, 10);
        a.Reload(Global($"config_save_dir {directory}"), Owner with { Addresses = [Lan.Vip + "/24", "10.90.0.101/24"] });
        a.ExpectHolding("10.90.0.101", 10);
        var (before, after) = (Saved("pre"), Saved("post"));
        Expect.Within(TimeSpan.FromSeconds(5), () => File.Exists(after) && File.ReadAllText(after).Contains("10.90.0.101/24", StringComparison.Ordinal), after);
        Assert.That(File.ReadAllText(before), Does.Contain("10.90.0.100/24").And.Not.Contain("10.90.0.101"));
        Assert.That(File.Exists(Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"keepalived.conf.{a.Pid}.1"))));

        string Saved(string phase) => Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"keepalived_vrrp.{a.VrrpPid}.1.{phase}"));
    }

    private static string Global(string lines) => $"global_defs {{\n {lines}\n}}";

    private static Router Start(Lan link, Build build, string[] options, params object[] blocks)
    {
        var router = new Router(link, build, "a", string.Join('\n', blocks)) { Options = options };
        link.Adopt(router);
        router.Start();
        return router;
    }

    /// <summary>Stops a process for longer than its timers wait, as a machine without time for it does.</summary>
    private static void Hold(int pid)
    {
        _ = Libc.SendSignal(pid, Libc.Stop);
        Thread.Sleep(300);
        _ = Libc.SendSignal(pid, Libc.Continue);
        Thread.Sleep(150);
    }

    /// <summary>Of the process's first thread (proc(5), field 40 of stat).</summary>
    private static int RealTimePriority(int pid)
    {
        var text = File.ReadAllText($"/proc/{pid}/stat");
        return int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[37], CultureInfo.InvariantCulture);
    }
}
