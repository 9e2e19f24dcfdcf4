using System.Diagnostics;
using System.Globalization;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Notify;
using Keepalived.Daemon.Tests.Processes;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging.Abstractions;

namespace Keepalived.Daemon.Tests.Notify;

public sealed class ScriptRunnerTests
{
    private LoopHarness _harness = null!;
    private ScriptRunner _runner = null!;
    private string _directory = null!;

    [SetUp]
    public void SetUp()
    {
        _harness = new LoopHarness();
        _runner = new ScriptRunner(_harness.Loop, NullLogger.Instance, limits: null, BuiltDaemon.Program);
        _directory = Directory.CreateTempSubdirectory("kdn-scripts-").FullName;
        File.SetUnixFileMode(_directory, (UnixFileMode)0x1FF);
    }

    [TearDown]
    public void TearDown()
    {
        _harness.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Test]
    public void Start_Arguments_AreThoseOfTheConfigurationThenOurs()
    {
        var script = Write("""printf '%s|' "$0" "$@" > out""", "a b", "");

        var result = Run(script, ["INSTANCE", "VI_1"]);

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(Output, Is.EqualTo($"{script.Path}|a b||INSTANCE|VI_1|"));
    }

    [Test]
    public void Start_Environment_IsOursWithoutTheDangerous()
    {
        var cleaned = ScriptRunner.CleanEnvironment(["A=1", "LD_PRELOAD=x", "LD_LIBRARY_PATH=y", "IFS= ", "KEEPALIVED_ROLE=z", "LDX=2"]);

        Assert.That(cleaned, Is.EqualTo(new[] { "A=1", "LDX=2" }));
    }

    [Test]
    public void Start_StandardStreams_AreDevNull()
    {
        Run(Write("streams=$(readlink /proc/$$/fd/0 /proc/$$/fd/1 /proc/$$/fd/2); echo \"$streams\" > out"));

        Assert.That(Output, Is.EqualTo("/dev/null\n/dev/null\n/dev/null\n"));
    }

    [Test]
    public void Start_Descriptors_AreNotInherited()
    {
        using var leaked = File.OpenRead("/etc/passwd");
        var script = Write("ls -l /proc/$$/fd | grep -c -e socket -e passwd -e eventpoll > out; true");

        Run(script);

        Assert.That(Output, Is.EqualTo("0\n"));
    }

    [Test]
    public void Start_ProcessGroup_IsItsOwn()
    {
        Run(Write("ps -o pgid= -p $$ | tr -d ' ' > out; echo $$ >> out"));

        var lines = Output.Split('\n');
        Assert.That(lines[0], Is.EqualTo(lines[1]));
    }

    [Test]
    public void Start_Signals_AreDefaultAndUnblocked()
    {
        const ulong ofTheLibrary = 0x1_8000_0000; // 32 and 33, which no program can set
        Run(Write("grep -e SigBlk -e SigIgn /proc/self/status | cut -f2 > out"));

        var masks = Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(mask => Convert.ToUInt64(mask, 16) & ~ofTheLibrary);
        Assert.That(masks, Is.EqualTo(new ulong[] { 0, 0 }));
    }

    [Test]
    public void Start_OtherUser_GivesUpAllPrivileges()
    {
        Assume.That(Environment.IsPrivilegedProcess, "needs root");
        var script = Write("id -u > out; id -g >> out; id -G >> out; grep CapEff /proc/self/status >> out")
            with
        { UserId = 65534, GroupId = 65533 };

        var result = Run(script);

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(Output, Is.EqualTo("65534\n65533\n65533\nCapEff:\t0000000000000000\n"));
    }

    [Test]
    public void Start_OtherUser_KeepsStreamsArgumentsAndStatus()
    {
        Assume.That(Environment.IsPrivilegedProcess, "needs root");
        var script = Write("stream=$(readlink /proc/$$/fd/1); echo \"$1$2 $stream\" > out; exit 7", "x")
            with
        { UserId = 65534, GroupId = 65534 };

        var result = Run(script, ["y"]);

        Assert.That(result.Status.Code, Is.EqualTo(7));
        Assert.That(Output, Is.EqualTo("xy /dev/null\n"));
    }

    [Test]
    public void Start_OtherUserWithoutPermission_FailsAsAShellSays()
    {
        Assume.That(Environment.IsPrivilegedProcess, "needs root");
        var script = Write("true") with { UserId = 65534, GroupId = 65534 };
        File.SetUnixFileMode(script.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.That(Run(script).Status.Code, Is.EqualTo(ScriptTrampoline.CannotExecute));
    }

    [Test]
    public void Start_WithoutInterpreterLine_IsRunByTheShell()
    {
        var path = Path.Combine(_directory, "it's plain");
        File.WriteAllText(path, $"echo \"$1\" > '{_directory}/out'\n");
        File.SetUnixFileMode(path, (UnixFileMode)0x1ED);

        var result = Run(new ScriptConfiguration { Path = path, Arguments = EquatableArray.Create([path, "it's $HOME"]) });

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(Output, Is.EqualTo("it's $HOME\n"));
    }

    [TestCase("/etc/passwd", true)]
    [TestCase("/does/not/exist", false)]
    public void Start_PathToOpen_TellsWhetherItOpens(string path, bool opens)
    {
        var script = new ScriptConfiguration { Path = "<" + path, Arguments = EquatableArray.Create(["<" + path]) };

        Assert.That(Run(script).IsSuccess, Is.EqualTo(opens));
    }

    [Test]
    public void Start_NoSuchFile_CompletesWithTheError()
    {
        var result = Run(new ScriptConfiguration { Path = "/does/not/exist", Arguments = EquatableArray.Create(["/does/not/exist"]) });

        Assert.That(result.IsSuccess, Is.False);
        Assert.That(result.StartError, Is.EqualTo(2));
    }

    [Test]
    public void Start_Timeout_EndsTheWholeGroup()
    {
        var script = Write("sleep 60 & echo $! > out; wait");

        var watch = Stopwatch.StartNew();
        var result = Run(script, [], 300 * MonotonicClock.Millisecond);

        Assert.That(result.TimedOut, Is.True);
        Assert.That(result.IsSuccess, Is.False);
        Assert.That(watch.ElapsedMilliseconds, Is.InRange(250, 2000));
        AssertGone(int.Parse(Output, CultureInfo.InvariantCulture));
    }

    [TestCase("setsid sh -c 'echo $$ > out; exec sleep 60' & wait", Description = "a session of its own")]
    [TestCase("timeout 60 sh -c 'echo $$ > out; exec sleep 60'", Description = "a group of its own, which timeout makes")]
    [TestCase("(trap '' TERM; setsid sh -c 'echo $$ > out; while :; do sleep 0.1; done') & wait", Description = "and deaf")]
    [TestCase("trap '' TERM; setsid sh -c 'echo $$ > out; exec sleep 60' & while :; do sleep 0.1; done")]
    public void Start_Timeout_EndsWhatHasLeftTheGroup(string body)
    {
        var result = Run(Write(body), [], 500 * MonotonicClock.Millisecond);

        Assert.That(result.TimedOut, Is.True);
        AssertGone(int.Parse(Output, CultureInfo.InvariantCulture));
    }

    [Test]
    public void Start_EndsInTime_LeavesWhatItStarted()
    {
        var result = Run(Write("setsid sleep 60 & echo $! > out"), [], 30 * MonotonicClock.Second);

        Assert.That(result.IsSuccess, Is.True);
        var pid = int.Parse(Output, CultureInfo.InvariantCulture);
        Assert.That(DaemonHarness.IsAlive(pid), Is.True, "a service that a script restarts lives on");
        Process.GetProcessById(pid).Kill();
    }

    [Test]
    public void Start_TimeoutAgainstADeafScript_KillsIt()
    {
        var script = Write("trap '' TERM; echo $$ > out; while :; do sleep 0.1; done");

        var watch = Stopwatch.StartNew();
        var result = Run(script, [], 300 * MonotonicClock.Millisecond);

        Assert.That(result.TimedOut, Is.True);
        Assert.That(result.Status.Signal, Is.EqualTo(9));
        Assert.That(watch.ElapsedMilliseconds, Is.InRange(2200, 6000));
        AssertGone(int.Parse(Output, CultureInfo.InvariantCulture));
    }

    [Test]
    public void TerminateAll_Running_EndsThem()
    {
        var ended = new TaskCompletionSource<ScriptResult>();
        _harness.Call(() => _runner.Start(Write("exec sleep 60"), [], null, ended.SetResult));
        Assert.That(_harness.Call(() => _runner.Running), Is.EqualTo(1));

        _harness.Call(() =>
        {
            _runner.TerminateAll(_harness.Loop.Now);
            return true;
        });

        Assert.That(LoopHarness.Wait(ended.Task).Status.Signal, Is.EqualTo(15));
        Assert.That(_harness.Call(() => _runner.Running), Is.Zero);
    }

    private string Output => File.ReadAllText(Path.Combine(_directory, "out"));

    private static void AssertGone(int pid) =>
        Assert.That(() => DaemonHarness.IsAlive(pid), Is.False.After(2000, 20));

    private ScriptConfiguration Write(string body, params string[] arguments)
    {
        var path = Path.Combine(_directory, "script.sh");
        File.WriteAllText(path, $"#!/bin/sh\ncd '{_directory}'\n{body}\n");
        File.SetUnixFileMode(path, (UnixFileMode)0x1ED);
        return new ScriptConfiguration { Path = path, Arguments = EquatableArray.Create([path, .. arguments]) };
    }

    private ScriptResult Run(ScriptConfiguration script, string[]? extra = null, long? timeout = null)
    {
        var ended = new TaskCompletionSource<ScriptResult>();
        _harness.Call(() => _runner.Start(script, extra ?? [], timeout, ended.SetResult));
        return LoopHarness.Wait(ended.Task);
    }
}
