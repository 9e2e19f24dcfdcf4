namespace Keepalived.Daemon.Tests.Processes;

/// <summary>Real processes: what an operator and an init system see of the daemon, whatever its roles do.</summary>
public sealed class SupervisorTests
{
    [Test]
    public void Start_BadConfiguration_SaysWhereAndExitsWithItsCode()
    {
        using var daemon = new DaemonHarness("fatal");

        var process = daemon.Start("-n");

        Assert.That(process.StandardError.ReadToEnd(), Does.Contain(daemon.PathOf("k.conf") + ":1:1: something is wrong"));
        Assert.That(DaemonHarness.ExitCode(process), Is.EqualTo(2));
        Assert.That(File.Exists(daemon.PidFile), Is.False);
    }

    [Test]
    public void Start_NoConfiguration_ExitsWithSix()
    {
        using var daemon = new DaemonHarness("vrrp");
        File.Delete(daemon.PathOf("k.conf"));

        var process = daemon.Start("-n");

        Assert.That(process.StandardError.ReadToEnd(), Does.Contain("no such file"));
        Assert.That(DaemonHarness.ExitCode(process), Is.EqualTo(6));
    }

    [Test]
    public void Terminate_Running_StopsTheRoleAndCleansUp()
    {
        using var daemon = new DaemonHarness("vrrp");
        var process = daemon.StartForeground();
        Assert.That(DaemonHarness.ReadPid(daemon.PidFile), Is.EqualTo(process.Id));
        Assert.That(daemon.Journal, Is.EqualTo(new[] { $"start {DaemonHarness.ReadPid(daemon.VrrpPidFile)}" }));
        Assert.That(File.ReadAllText($"/proc/{process.Id}/comm"), Is.EqualTo("keepalived\n"));

        DaemonHarness.Signal(process.Id, "TERM");

        Assert.That(DaemonHarness.ExitCode(process), Is.Zero);
        Assert.That(daemon.Journal.Last(), Does.StartWith("stop "));
        Assert.That(File.Exists(daemon.PidFile), Is.False);
        Assert.That(File.Exists(daemon.VrrpPidFile), Is.False);
    }

    [Test]
    public void Interrupt_Ignored_DoesNotStop()
    {
        using var daemon = new DaemonHarness("vrrp");
        var process = daemon.StartForeground("--ignore-sigint");

        DaemonHarness.Signal(process.Id, "INT");
        DaemonHarness.Signal(process.Id, "HUP");

        daemon.Until(() => daemon.Log.Contains("Reloading", StringComparison.Ordinal), "the second signal arrives");
        Assert.That(process.HasExited, Is.False);
    }

    [Test]
    public void Start_AlreadyRunning_SaysSoAndExitsWithZero()
    {
        using var daemon = new DaemonHarness("vrrp");
        var first = daemon.StartForeground();

        var second = daemon.Start("-n");

        Assert.That(DaemonHarness.ExitCode(second), Is.Zero);
        Assert.That(daemon.Log, Does.Contain("already running"));
        Assert.That(first.HasExited, Is.False);
        Assert.That(DaemonHarness.ReadPid(daemon.PidFile), Is.EqualTo(first.Id));
    }

    [Test]
    public void Child_Killed_IsRestartedWhileTheSupervisorStays()
    {
        using var daemon = new DaemonHarness("vrrp");
        var process = daemon.StartForeground();
        var first = DaemonHarness.ReadPid(daemon.VrrpPidFile);

        DaemonHarness.Signal(first, "KILL");

        daemon.Until(() => daemon.Journal.Length == 2, "the child starts again");
        Assert.That(daemon.Journal[1], Does.StartWith("start ").And.Not.EndsWith($" {first}"));
        Assert.That(daemon.Log, Does.Contain($"VRRP child process ({first}) ended with SIGKILL: restarting it in 0 s"));
        DaemonHarness.Signal(process.Id, "TERM");
        Assert.That(DaemonHarness.ExitCode(process), Is.Zero);
    }

    [Test]
    public void Child_KilledWithoutRespawn_EndsTheDaemonWithZero()
    {
        using var daemon = new DaemonHarness("vrrp");
        var process = daemon.StartForeground("-R");

        DaemonHarness.Signal(DaemonHarness.ReadPid(daemon.VrrpPidFile), "KILL");

        Assert.That(DaemonHarness.ExitCode(process), Is.Zero);
        Assert.That(daemon.Journal, Has.Length.EqualTo(1));
    }

    [TestCase("role start-fails 1", 1)]
    [TestCase("role start-fails 2", 2)]
    [TestCase("role fails-later 4", 4)]
    public void Child_PermanentFailure_EndsTheDaemonWithItsStatus(string behaviour, int code)
    {
        using var daemon = new DaemonHarness("vrrp;" + behaviour);

        Assert.That(DaemonHarness.ExitCode(daemon.Start("-n")), Is.EqualTo(code));
        Assert.That(daemon.Journal.Count(line => line.StartsWith("start", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public void Child_Crashes_IsRestartedLaterAndLater()
    {
        using var daemon = new DaemonHarness("vrrp;role crashes");
        var process = daemon.Start("-n");

        daemon.Until(() => daemon.Log.Contains("restarting it in 1 s", StringComparison.Ordinal), "the second crash");

        Assert.That(daemon.Log, Does.Contain("ended with status 70: restarting it in 0 s"));
        DaemonHarness.Signal(process.Id, "TERM");
        Assert.That(DaemonHarness.ExitCode(process), Is.Zero);
    }

    [Test]
    public void Supervisor_Killed_TakesItsChildAlong()
    {
        using var daemon = new DaemonHarness("vrrp");
        var process = daemon.StartForeground();
        var child = DaemonHarness.ReadPid(daemon.VrrpPidFile);

        DaemonHarness.Signal(process.Id, "KILL");

        daemon.Until(() => !DaemonHarness.IsAlive(child), "the child ends");
        Assert.That(daemon.Journal.Last(), Is.EqualTo($"stop {child}"));
    }

    [Test]
    public void Terminate_ChildDoesNotStop_IsKilledAfterTheWaitTime()
    {
        using var daemon = new DaemonHarness("vrrp;child_wait_time 1;role ignores-stop");
        var process = daemon.StartForeground();

        DaemonHarness.Signal(process.Id, "TERM");

        Assert.That(DaemonHarness.ExitCode(process), Is.Zero);
        Assert.That(daemon.Log, Does.Contain("did not stop in time").And.Contain("ended with SIGKILL"));
    }

    [TestCase("", TestName = "Start_NothingConfigured_RunsWithoutChildren")]
    [TestCase("vrrp", "-C", TestName = "Start_ChildForbidden_RunsWithoutChildren")]
    public void StartWithoutChildren(string configuration, params string[] options)
    {
        using var daemon = new DaemonHarness(configuration);
        var process = daemon.StartForeground(options);

        Assert.That(daemon.Log, Does.Contain("No child process to start"));
        Assert.That(daemon.Journal, Is.Empty);
        Assert.That(File.Exists(daemon.VrrpPidFile), Is.False);
        DaemonHarness.Signal(process.Id, "TERM");
        Assert.That(DaemonHarness.ExitCode(process), Is.Zero);
    }

    [Test]
    public void Scripts_StartupAndShutdown_FrameTheChildren()
    {
        using var daemon = new DaemonHarness("");
        var journal = daemon.PathOf("journal");
        daemon.Configure($"vrrp;startup_script {daemon.Script("up", $"sleep 0.2; echo up >> {journal}")}" +
            $";shutdown_script {daemon.Script("down", $"echo down >> {journal}; exit 3")}");
        var process = daemon.StartForeground();

        DaemonHarness.Signal(process.Id, "TERM");

        Assert.That(DaemonHarness.ExitCode(process), Is.Zero);
        Assert.That(daemon.Journal.Select(line => line.Split(' ')[0]), Is.EqualTo(new[] { "up", "start", "stop", "down" }));
        Assert.That(daemon.Log, Does.Contain("Shutdown script").And.Contain("status 3"));
    }

    [Test]
    public void Scripts_StartupTakesTooLong_ChildrenStartAnyway()
    {
        using var daemon = new DaemonHarness("");
        daemon.Configure($"vrrp;startup_timeout 0.5;startup_script {daemon.Script("up", "exec sleep 60")}");

        daemon.StartForeground();

        Assert.That(daemon.Log, Does.Contain("took too long"));
        Assert.That(daemon.Journal, Has.Length.EqualTo(1));
    }

    [Test]
    public void Background_Start_LeavesADaemonOfItsOwn()
    {
        using var daemon = new DaemonHarness("vrrp");

        var starter = daemon.Start();

        Assert.That(DaemonHarness.ExitCode(starter), Is.Zero);
        daemon.Until(() => daemon.Log.Contains("Startup complete", StringComparison.Ordinal), "the daemon starts");
        var pid = DaemonHarness.ReadPid(daemon.PidFile);
        Assert.That(pid, Is.Not.EqualTo(starter.Id));
        var fields = File.ReadAllText($"/proc/{pid}/stat").Split(") ")[1].Split(' ');
        Assert.That(fields[3], Is.EqualTo($"{pid}"), "leads its own session");
        Assert.That(fields[1], Is.Not.EqualTo($"{Environment.ProcessId}"), "is not ours any more");
        Assert.That(Directory.ResolveLinkTarget($"/proc/{pid}/cwd", false)!.FullName, Is.EqualTo("/"));
        for (var descriptor = 0; descriptor <= 2; descriptor++)
            Assert.That(File.ResolveLinkTarget($"/proc/{pid}/fd/{descriptor}", false)!.FullName, Is.EqualTo("/dev/null"));

        var second = daemon.Start();
        Assert.That(DaemonHarness.ExitCode(second), Is.Zero);
        Assert.That(DaemonHarness.ReadPid(daemon.PidFile), Is.EqualTo(pid));

        DaemonHarness.Signal(pid, "TERM");
        daemon.Until(() => !File.Exists(daemon.PidFile), "the daemon stops");
        Assert.That(daemon.Journal.Last(), Does.StartWith("stop "));
    }

    [TestCase("vrrp", 0, "")]
    [TestCase("fatal", 2, "k.conf:1:1: fatal KC0901: something is wrong\n")]
    public void Test_Configuration_SaysWhatIsWrongAndNothingElse(string configuration, int code, string expected)
    {
        using var daemon = new DaemonHarness(configuration);

        var process = daemon.Start("-t");

        var output = process.StandardError.ReadToEnd();
        Assert.That(DaemonHarness.ExitCode(process), Is.EqualTo(code));
        Assert.That(output, expected.Length == 0 ? Is.Empty : Does.EndWith(expected));
        Assert.That(daemon.Journal, Is.Empty);
    }
}
