namespace Keepalived.Daemon.Tests.Processes;

/// <summary>Reloads of real processes.</summary>
public sealed class SupervisorReloadTests
{
    [Test]
    public void Reload_NewConfiguration_ReachesTheSameChild()
    {
        using var daemon = new DaemonHarness("vrrp;role one");
        var process = daemon.StartForeground();
        var child = DaemonHarness.ReadPid(daemon.VrrpPidFile);

        daemon.Configure("vrrp;role two");
        Reload(daemon, process.Id);

        Assert.That(daemon.Journal, Is.EqualTo(new[] { $"start {child} one", $"reload {child} two" }));
    }

    [Test]
    public void Reload_BadConfiguration_TheRunningOneStays()
    {
        using var daemon = new DaemonHarness("vrrp;role one");
        var process = daemon.StartForeground();

        daemon.Configure("fatal");
        DaemonHarness.Signal(process.Id, "HUP");
        daemon.Until(() => daemon.Log.Contains("Reload refused", StringComparison.Ordinal), "the reload is refused");

        Assert.That(daemon.Log, Does.Contain("k.conf:1:1: something is wrong"));
        Assert.That(daemon.Journal, Has.Length.EqualTo(1));
        Assert.That(process.HasExited, Is.False);
    }

    [Test]
    public void Reload_InstanceChanges_IsRefused()
    {
        using var daemon = new DaemonHarness("vrrp");
        var process = daemon.StartForeground();

        daemon.Configure("vrrp;instance other");
        DaemonHarness.Signal(process.Id, "HUP");

        daemon.Until(() => daemon.Log.Contains("instance cannot change on reload", StringComparison.Ordinal), "the reload is refused");
    }

    [Test]
    public void Reload_CheckedConfigurationHasFaults_IsRefusedAndLogged()
    {
        using var daemon = new DaemonHarness("");
        daemon.Configure($"vrrp;reload_check_config {daemon.PathOf("check.log")}");
        var process = daemon.StartForeground();

        daemon.Configure("vrrp;fault");
        DaemonHarness.Signal(process.Id, "HUP");

        daemon.Until(() => daemon.Log.Contains("Reload refused", StringComparison.Ordinal), "the reload is refused");
        Assert.That(File.ReadAllText(daemon.PathOf("check.log")), Does.Contain("something is wrong"));
    }

    [Test]
    public void Reload_FileIsGone_CountsAsEmpty()
    {
        using var daemon = new DaemonHarness("vrrp;role one");
        var process = daemon.StartForeground();

        File.Delete(daemon.PathOf("k.conf"));
        Reload(daemon, process.Id);

        Assert.That(daemon.Journal.Last(), Does.StartWith("reload "));
        Assert.That(process.HasExited, Is.False);
    }

    [Test]
    public void Reload_ChildRefuses_ItsSuccessorGetsTheOldConfiguration()
    {
        using var daemon = new DaemonHarness("vrrp;role one");
        var process = daemon.StartForeground();
        var child = DaemonHarness.ReadPid(daemon.VrrpPidFile);

        daemon.Configure("vrrp;role reload-fails");
        DaemonHarness.Signal(process.Id, "HUP");
        daemon.Until(() => daemon.Log.Contains("Reload incomplete", StringComparison.Ordinal), "the end of the reload");
        Assert.That(daemon.Log, Does.Not.Contain("Reload complete"));
        DaemonHarness.Signal(child, "KILL");
        daemon.Until(() => daemon.Journal.Length == 3, "the child starts again");

        Assert.That(daemon.Journal[1], Does.StartWith("refuse "));
        Assert.That(daemon.Journal[2], Does.StartWith("start ").And.EndsWith(" one"));
        Assert.That(daemon.Log, Does.Contain("could not reload: told so"));
    }

    [Test]
    public void Reload_ChildNewlyNeeded_IsStarted()
    {
        using var daemon = new DaemonHarness("");
        var process = daemon.StartForeground();

        daemon.Configure("vrrp");
        Reload(daemon, process.Id);

        Assert.That(daemon.Journal, Has.Length.EqualTo(1));
        Assert.That(DaemonHarness.ReadPid(daemon.VrrpPidFile), Is.GreaterThan(0));
    }

    [Test]
    public void Reload_AfterARestart_TheChildHasTheNewConfiguration()
    {
        using var daemon = new DaemonHarness("vrrp;role one");
        var process = daemon.StartForeground();
        daemon.Configure("vrrp;role two");
        Reload(daemon, process.Id);
        daemon.Configure("vrrp;role three"); // on disk, but never loaded

        DaemonHarness.Signal(DaemonHarness.ReadPid(daemon.VrrpPidFile), "KILL");
        daemon.Until(() => daemon.Journal.Length == 3, "the child starts again");

        Assert.That(daemon.Journal[2], Does.EndWith(" two"));
    }

    [Test]
    public void Reload_SignalToTheChild_ReadsTheSnapshotAgain()
    {
        using var daemon = new DaemonHarness("vrrp;role one");
        daemon.StartForeground();

        DaemonHarness.Signal(DaemonHarness.ReadPid(daemon.VrrpPidFile), "HUP");

        daemon.Until(() => daemon.Journal.Length == 2, "the child reloads");
        Assert.That(daemon.Journal[1], Does.StartWith("reload ").And.EndsWith(" one"));
    }

    [Test]
    public void Reload_WhileOneIsInProgress_IsDoneOnceAfterwards()
    {
        using var daemon = new DaemonHarness("");
        daemon.Configure($"vrrp;startup_script {daemon.Script("up", "sleep 1")}");
        var process = daemon.Start("-n");
        daemon.Until(() => File.Exists(daemon.PidFile) && File.ReadAllText(daemon.PidFile).Length > 1, "the daemon runs");

        for (var signal = 0; signal < 3; signal++)
            DaemonHarness.Signal(process.Id, "HUP");
        daemon.Until(() => daemon.Log.Contains("Reload complete", StringComparison.Ordinal), "the queued reload");

        Assert.That(daemon.Journal.Select(line => line.Split(' ')[0]), Is.EqualTo(new[] { "start", "reload" }));
    }

    private static void Reload(DaemonHarness daemon, int pid)
    {
        DaemonHarness.Signal(pid, "HUP");
        daemon.Until(() => daemon.Log.Contains("Reload complete", StringComparison.Ordinal), "the reload");
    }
}
