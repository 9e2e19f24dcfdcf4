using System.Globalization;

namespace Keepalived.Daemon.Tests.Processes;

/// <summary>The files around a reload, with real processes: when to do it, that it is being done, and what was read.</summary>
public sealed class ReloadFileTests
{
    [Test]
    public void ReloadTimeFile_ReloadsAtItsTime_AndIsRemoved()
    {
        using var daemon = new DaemonHarness("");
        daemon.Configure($"vrrp;reload_time_file {daemon.PathOf("when")}");
        daemon.StartForeground();

        WriteTime(daemon, seconds: 2, withDate: true);
        daemon.Until(() => daemon.Log.Contains("A reload is scheduled", StringComparison.Ordinal), "the time is taken");
        daemon.Until(() => daemon.Log.Contains("Reload complete", StringComparison.Ordinal), "the reload");

        Assert.That(File.Exists(daemon.PathOf("when")), Is.False);
        Assert.That(daemon.Journal.Last(), Does.StartWith("reload "));
    }

    [Test]
    public void ReloadTimeFile_ThereAtTheStart_Repeated_StaysAndCountsForTomorrow()
    {
        using var daemon = new DaemonHarness("");
        daemon.Configure($"vrrp;reload_time_file {daemon.PathOf("when")};reload_repeat");
        WriteTime(daemon, seconds: 4, withDate: false);
        daemon.StartForeground();

        daemon.Until(() => daemon.Log.Contains("Reload complete", StringComparison.Ordinal), "the reload");

        Assert.That(File.Exists(daemon.PathOf("when")), Is.True);
        Assert.That(daemon.Log.Split('\n').Count(static line => line.Contains("A reload is scheduled", StringComparison.Ordinal)), Is.GreaterThan(1));
    }

    [Test]
    public void ReloadTimeFile_ChangedAndDeleted_IsHeardOf()
    {
        using var daemon = new DaemonHarness("");
        daemon.Configure($"vrrp;reload_time_file {daemon.PathOf("when")}");
        daemon.StartForeground();

        WriteTime(daemon, seconds: 3600, withDate: true);
        daemon.Until(() => daemon.Log.Contains("A reload is scheduled", StringComparison.Ordinal), "the time is taken");
        File.WriteAllText(daemon.PathOf("other"), "2020-01-01 00:00:00\n");
        File.Move(daemon.PathOf("other"), daemon.PathOf("when"), overwrite: true);
        daemon.Until(() => daemon.Log.Contains("has passed", StringComparison.Ordinal), "a file that takes its place is read");
        Assert.That(daemon.Log, Does.Contain("The scheduled reload is cancelled"));
        File.WriteAllText(daemon.PathOf("when"), "soon\n");
        daemon.Until(() => daemon.Log.Contains("does not say when to reload", StringComparison.Ordinal), "nonsense is said to be that");
        WriteTime(daemon, seconds: 7200, withDate: true);
        daemon.Until(() => Count(daemon, "A reload is scheduled") == 2, "another time is taken");
        File.Delete(daemon.PathOf("when"));
        daemon.Until(() => Count(daemon, "The scheduled reload is cancelled") == 2, "without the file there is no time");
        Assert.That(daemon.Journal, Has.Length.EqualTo(1));
    }

    [Test]
    public void ReloadFile_IsThereWhileTheConfigurationIsRead()
    {
        using var daemon = new DaemonHarness("");
        var marker = daemon.PathOf("reloading");
        daemon.Configure($"vrrp;reload_file {marker}");
        var process = daemon.StartForeground();
        var seen = new System.Collections.Concurrent.ConcurrentQueue<WatcherChangeTypes>();
        using var watcher = new FileSystemWatcher(daemon.DirectoryPath, "reloading");
        watcher.Created += (_, happened) => seen.Enqueue(happened.ChangeType);
        watcher.Deleted += (_, happened) => seen.Enqueue(happened.ChangeType);
        watcher.EnableRaisingEvents = true;

        DaemonHarness.Signal(process.Id, "HUP");
        daemon.Until(() => daemon.Log.Contains("Reload complete", StringComparison.Ordinal), "the reload");

        daemon.Until(() => seen.Count >= 2, "the file came and went");
        Assert.That(seen, Is.EqualTo(new[] { WatcherChangeTypes.Created, WatcherChangeTypes.Deleted }));
        Assert.That(File.Exists(marker), Is.False);
    }

    [Test]
    public void ConfigSaveDir_KeepsWhatWasReadAtTheStartAndAtEachReload()
    {
        using var daemon = new DaemonHarness("");
        var directory = daemon.PathOf("saved");
        daemon.Configure($"vrrp;config_save_dir {directory};role one");
        var process = daemon.StartForeground();
        daemon.Configure($"vrrp;config_save_dir {directory};role two");
        DaemonHarness.Signal(process.Id, "HUP");
        daemon.Until(() => daemon.Log.Contains("Reload complete", StringComparison.Ordinal), "the reload");

        var (first, second) = (Saved(0), Saved(1));
        Assert.That(File.ReadAllLines(first), Is.EqualTo(new[] { $"# {daemon.PathOf("k.conf")}", "vrrp", $"config_save_dir {directory}", "role one" }));
        Assert.That(File.ReadAllLines(second).Last(), Is.EqualTo("role two"));
        Assert.That(File.GetUnixFileMode(first), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite), "there may be passwords in it");

        string Saved(int number) => Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"keepalived.conf.{process.Id}.{number}"));
    }

    private static int Count(DaemonHarness daemon, string text) =>
        daemon.Log.Split('\n').Count(line => line.Contains(text, StringComparison.Ordinal));

    private static void WriteTime(DaemonHarness daemon, int seconds, bool withDate) => File.WriteAllText(
        daemon.PathOf("when"),
        DateTime.UtcNow.AddSeconds(seconds).ToString(withDate ? "yyyy-MM-dd HH:mm:ss'Z\n'" : "HH:mm:ss'Z\n'", CultureInfo.InvariantCulture));
}
