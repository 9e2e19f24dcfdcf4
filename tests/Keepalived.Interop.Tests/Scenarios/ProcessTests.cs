using System.Globalization;
using Keepalived.Interop.Tests.Lab;
using Keepalived.Interop.Tests.Lab.Interop;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>The daemon as a process: how it starts, refuses to, and survives its children.</summary>
internal sealed class ProcessTests : ScenarioFixture
{
    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(5);
    private static readonly VrrpInstance Instance = new() { Interval = 0.1, Priority = 200 };

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("child-killed")]
    public void VrrpChild_Killed_IsStartedAgainAndTakesTheAddressBack(Build first, Build second)
    {
        var link = Link("a", "b");
        var a = link.Start(first, "a", Instance);
        var b = link.Start(second, "b", Instance with { Priority = 100 });
        a.ExpectHolding(Lan.Vip, 5);
        b.ExpectNotHolding(Lan.Vip, 2);
        var child = a.VrrpPid ?? throw new InvalidOperationException("no VRRP pid file");

        _ = Libc.SendSignal(child, Libc.Kill);

        Expect.Within(TimeSpan.FromSeconds(4), () => a.VrrpPid is { } pid && pid != child, "a new VRRP child");
        link.Wire.Advert("a", TimeSpan.FromSeconds(4), WallClock.Now);
        a.ExpectHolding(Lan.Vip, 3);
        b.ExpectNotHolding(Lan.Vip, 3);
        Assert.That(a.IsRunning, Is.True, "the supervisor lives");
        Assert.That(a.Stop(), Is.Zero);
        Assert.That(a.Holds(Lan.Vip), Is.False);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("supervisor-killed")]
    public void Supervisor_Killed_TheChildDoesNotStayBehindAlone(Build build)
    {
        var link = Link("a");
        var a = link.Start(build, "a", Instance);
        a.ExpectHolding(Lan.Vip, 5);

        _ = Libc.SendSignal(a.Pid, Libc.Kill);

        a.ExpectNotHolding(Lan.Vip, 4);
        Expect.Within(ExitLimit, () => Namespaces.Processes(link.Namespace("a")).Length == 0, "no process is left");
        Assert.That(link.Wire.Adverts("a")[^1].Advert!.Priority, Is.Zero);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("missing-interface")]
    public void Start_InterfaceMissing_ExitsWithTwo(Build build)
    {
        var link = Link("a");
        var a = link.Start(build, "a", Instance.ToString().Replace("interface eth0", "interface eth7", StringComparison.Ordinal));

        Assert.That(a.WaitForExit(ExitLimit), Is.EqualTo(2));
        a.ExpectLog("eth7", 1);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("missing-parameter")]
    public void Start_NoVirtualRouterId_ExitsWithTwo(Build build)
    {
        var link = Link("a");
        var a = link.Start(build, "a", Instance.ToString().Replace("virtual_router_id 51", "", StringComparison.Ordinal));

        Assert.That(a.WaitForExit(ExitLimit), Is.EqualTo(2));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("missing-file")]
    public void Start_NoConfigurationFile_ExitsWithSix(Build build)
    {
        var link = Link("a");
        var status = Command.Try(Binaries.Path(build), ["-f", Path.Combine(link.Folder, "nothing.conf"), "-n", "-l", "-G", "-P"]).Status;

        Assert.That(status, Is.EqualTo(6));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("already-running")]
    public void Start_SamePidFile_ExitsWithZeroAndLeavesTheFirstAlone(Build build)
    {
        var link = Link("a");
        var a = link.Start(build, "a", Instance);
        a.ExpectHolding(Lan.Vip, 5);

        var (status, output, error) = Command.Try("ip",
        [
            "netns", "exec", link.Namespace("a"), a.Binary, "-f", a.ConfigurationFile, "-n", "-l", "-D", "-G", "-P",
            "-p", a.PidFile, "-r", a.VrrpPidFile,
        ]);

        Assert.That(status, Is.Zero);
        Assert.That(output + error, Does.Contain("already running"));
        Assert.That(File.ReadAllText(a.PidFile).Trim(), Is.EqualTo($"{a.Pid}"));
        Assert.That(a.IsRunning && a.Holds(Lan.Vip), Is.True);
        link.Wire.Advert("a", TimeSpan.FromSeconds(1), WallClock.Now, advert => advert.Priority == 200);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("pid-files")]
    public void Start_PidFiles_NameTheProcesses(Build build)
    {
        var link = Link("a");
        var a = link.Start(build, "a", Instance);
        a.ExpectHolding(Lan.Vip, 5);

        Assert.That(File.ReadAllText(a.PidFile), Is.EqualTo($"{a.Pid}\n"));
        Assert.That(a.VrrpPid, Is.Not.EqualTo(a.Pid));
        Assert.That(Namespaces.Processes(link.Namespace("a")), Is.EquivalentTo(new int?[] { a.Pid, a.VrrpPid }));
        Assert.That(File.GetUnixFileMode(a.PidFile), Is.EqualTo(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("daemon-mode")]
    public void Start_WithoutDontFork_ReturnsAtOnceAndRunsInTheBackground(Build build)
    {
        var link = Link("a");
        var a = new Router(link, build, "a", Instance.ToString());

        var status = Command.Try("ip",
        [
            "netns", "exec", link.Namespace("a"), a.Binary, "-f", a.ConfigurationFile, "-D", "-G", "-P",
            "-p", a.PidFile, "-r", a.VrrpPidFile,
        ]).Status;

        Assert.That(status, Is.Zero);
        a.ExpectHolding(Lan.Vip, 5);
        var pid = int.Parse(File.ReadAllText(a.PidFile), CultureInfo.InvariantCulture);
        Assert.That(new DirectoryInfo($"/proc/{pid}/cwd").ResolveLinkTarget(false)?.FullName, Is.EqualTo("/"));
        _ = Libc.SendSignal(pid, Libc.Terminate);
        a.ExpectNotHolding(Lan.Vip, 4);
        Expect.Within(ExitLimit, () => Namespaces.Processes(link.Namespace("a")).Length == 0, "no process is left");
        Assert.That(File.Exists(a.PidFile), Is.False);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("no-permission")]
    public void Start_WithoutCapabilities_SaysSoAndNeverBecomesMaster(Build build)
    {
        Requirement.Tool("setpriv");
        var link = Link("a");
        var a = new Router(link, build, "a", Instance.ToString());
        link.Adopt(a);
        a.Start("setpriv", "--bounding-set=-net_admin,-net_raw", "--inh-caps=-net_admin,-net_raw");

        // The real one goes on as a backup that can do nothing; ours ends and says which capability it lacks.
        a.ExpectLog(build == Build.Ours ? "CAP_NET_ADMIN" : "Error 1 ", 4);
        if (build == Build.Ours)
            Assert.That(a.WaitForExit(ExitLimit), Is.EqualTo(4));
        Assert.That(a.Holds(Lan.Vip), Is.False);
        Assert.That(link.Wire.Adverts("a"), Is.Empty);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("config-test-status")]
    public void ConfigTest_GoodAndBad_TellByStatus(Build build)
    {
        var link = Link("a");
        var good = new Router(link, build, "a", Instance.ToString());
        (int Status, string Output, string Error) Test() => Command.Try("ip",
            ["netns", "exec", link.Namespace("a"), good.Binary, "-t", "-f", good.ConfigurationFile]);

        Assert.That(Test().Status, Is.Zero);

        good.Configure(Instance with { Lines = ["no_such_keyword 7"] });
        var (status, output, error) = Test();
        Assert.That(status, Is.Not.Zero);
        Assert.That(output + error, Does.Contain("no_such_keyword"));
    }
}
