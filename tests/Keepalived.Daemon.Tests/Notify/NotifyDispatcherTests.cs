using System.Diagnostics;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Notify;
using Keepalived.Daemon.Tests.Processes;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging.Abstractions;

namespace Keepalived.Daemon.Tests.Notify;

public sealed class NotifyDispatcherTests
{
    private LoopHarness _harness = null!;
    private ScriptRunner _runner = null!;
    private NotifyDispatcher _dispatcher = null!;
    private string _directory = null!;

    [SetUp]
    public void SetUp()
    {
        _harness = new LoopHarness();
        _runner = new ScriptRunner(_harness.Loop, NullLogger.Instance, limits: null, BuiltDaemon.Program);
        _dispatcher = new NotifyDispatcher(_runner, NullLogger.Instance);
        _directory = Directory.CreateTempSubdirectory("kdn-notify-").FullName;
    }

    [TearDown]
    public void TearDown()
    {
        _harness.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [TestCase("Master", "master;", "INSTANCE VI_1 MASTER 150")]
    [TestCase("Backup", "backup;", "INSTANCE VI_1 BACKUP 150")]
    [TestCase("Fault", "fault;", "INSTANCE VI_1 FAULT 150")]
    [TestCase("Stop", "stop;", "INSTANCE VI_1 STOP 150")]
    [TestCase("Deleted", "deleted;", "INSTANCE VI_1 DELETED 150")]
    [TestCase("MasterReceivedLowerPriority", "lower;", null)]
    public void Notify_Event_RunsItsScriptAndTheGenericOne(string happened, string specific, string? generic)
    {
        Notify(All, Enum.Parse<NotifyEvent>(happened));

        Assert.That(Read("specific"), Is.EqualTo(specific));
        Assert.That(Read("generic"), Is.EqualTo(generic is null ? "" : $"configured {generic};"));
    }

    [Test]
    public void Notify_DeletedWithoutTheKeyword_IsReportedAsFault()
    {
        var scripts = All with { ReportDeleted = false };

        Notify(scripts, NotifyDispatcher.Reported(NotifyEvent.Deleted, scripts));

        Assert.That(Read("specific"), Is.EqualTo("fault;"));
        Assert.That(Read("generic"), Is.EqualTo("configured INSTANCE VI_1 FAULT 150;"));
    }

    [Test]
    public void Notify_NothingConfigured_RunsNothing()
    {
        Notify(NotifyScripts.None, NotifyEvent.Master);

        Assert.That(_harness.Call(() => _runner.Running), Is.Zero);
    }

    [Test]
    public void WhenIdle_DeafStopScript_WaitsForItsKill()
    {
        var script = Write("deaf", "trap '' TERM; while :; do sleep 0.1; done");

        var watch = Stopwatch.StartNew();
        var idle = _harness.Call(() =>
        {
            _dispatcher.Notify(new NotifyScripts { Stop = script }, NotifySubject.Instance("VI_1"), NotifyEvent.Stop, 100);
            return _dispatcher.WhenIdle();
        });
        Assert.That(idle.Wait(TimeSpan.FromSeconds(20)), Is.True);

        Assert.That(watch.ElapsedMilliseconds, Is.InRange(1000, 8000));
        Assert.That(_harness.Call(() => _runner.Running), Is.Zero);
    }

    [Test]
    public void WhenIdle_OtherScripts_AreNotWaitedFor()
    {
        var script = Write("slow", "exec sleep 60");

        var idle = _harness.Call(() =>
        {
            _dispatcher.Notify(new NotifyScripts { Master = script }, NotifySubject.Instance("VI_1"), NotifyEvent.Master, 100);
            return _dispatcher.WhenIdle().IsCompleted;
        });

        Assert.That(idle, Is.True);
        _harness.Call(() =>
        {
            _runner.TerminateAll(_harness.Loop.Now);
            return true;
        });
        WaitForScripts();
    }

    [Test]
    public void TrackScript_ResultsChange_AreReportedInOrder()
    {
        var script = Write("track", $"test -e '{_directory}/good'");
        var outcomes = new List<TrackScriptOutcome>();
        var configuration = new VrrpScriptConfiguration
        {
            Name = "chk",
            Script = script,
            Interval = TimeSpan.FromMilliseconds(50),
            Timeout = TimeSpan.FromSeconds(5),
            Rise = 2,
            Fall = 2,
        };
        using var runner = _harness.Call(() =>
        {
            var created = new TrackScriptRunner(
                _harness.Loop, _runner, configuration, TrackScriptStart.Unknown, NullLogger.Instance,
                changed => outcomes.Add(changed.Outcome));
            created.Start();
            return created;
        });

        Assert.That(() => _harness.Call(() => outcomes.Count), Is.EqualTo(1).After(10_000, 20));
        File.WriteAllText(Path.Combine(_directory, "good"), "");
        Assert.That(() => _harness.Call(() => outcomes.Count), Is.EqualTo(2).After(10_000, 20));
        File.Delete(Path.Combine(_directory, "good"));
        Assert.That(() => _harness.Call(() => outcomes.Count), Is.EqualTo(3).After(10_000, 20));

        Assert.That(outcomes, Is.EqualTo(new[] { TrackScriptOutcome.Down, TrackScriptOutcome.Up, TrackScriptOutcome.Down }));
        _harness.Call(() =>
        {
            runner.Dispose();
            return true;
        });
        WaitForScripts();
    }

    [Test]
    public void TrackScript_TimesOut_CountsAsFailure()
    {
        var outcome = new TaskCompletionSource<TrackScriptOutcome>();
        var configuration = new VrrpScriptConfiguration
        {
            Name = "chk",
            Script = Write("slow", "exec sleep 60"),
            Interval = TimeSpan.FromMilliseconds(50),
            Timeout = TimeSpan.FromMilliseconds(100),
        };
        var runner = _harness.Call(() =>
        {
            var created = new TrackScriptRunner(
                _harness.Loop, _runner, configuration, TrackScriptStart.Unknown, NullLogger.Instance,
                changed => outcome.TrySetResult(changed.Outcome));
            created.Start();
            return created;
        });

        Assert.That(LoopHarness.Wait(outcome.Task), Is.EqualTo(TrackScriptOutcome.Down));
        _harness.Call(() =>
        {
            runner.Dispose();
            return true;
        });
        WaitForScripts();
    }

    private NotifyScripts All => new()
    {
        Master = Recorder("specific", "master"),
        Backup = Recorder("specific", "backup"),
        Fault = Recorder("specific", "fault"),
        Stop = Recorder("specific", "stop"),
        Deleted = Recorder("specific", "deleted"),
        ReportDeleted = true,
        MasterReceivedLowerPriority = Recorder("specific", "lower"),
        Any = Recorder("generic", "configured"),
    };

    private void Notify(NotifyScripts scripts, NotifyEvent happened)
    {
        _harness.Call(() =>
        {
            _dispatcher.Notify(scripts, NotifySubject.Instance("VI_1"), happened, 150);
            return true;
        });
        WaitForScripts();
    }

    private void WaitForScripts() => Assert.That(() => _harness.Call(() => _runner.Running), Is.Zero.After(10_000, 10));

    private string Read(string name)
    {
        var path = Path.Combine(_directory, name);
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }

    private ScriptConfiguration Recorder(string file, string argument) =>
        Write("record-" + file, $"printf '%s;' \"$*\" >> '{_directory}/{file}'", argument);

    private ScriptConfiguration Write(string name, string body, params string[] arguments)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(path, (UnixFileMode)0x1ED);
        return new ScriptConfiguration { Path = path, Arguments = EquatableArray.Create([path, .. arguments]) };
    }
}
