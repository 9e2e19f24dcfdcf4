using System.Diagnostics;
using System.Globalization;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Interop;
using Keepalived.Daemon.Notify;
using Keepalived.Daemon.Tests.Processes;

namespace Keepalived.Daemon.Tests.Notify;

public sealed class NotifyFifoTests
{
    private LoopHarness _harness = null!;
    private RecordingLogger _logger = null!;
    private string _directory = null!;

    private string PathOfFifo => Path.Combine(_directory, "fifo");

    private NotifyFifoConfiguration Configuration =>
        new() { Path = PathOfFifo, UserId = Libc.GetEffectiveUser(), GroupId = Libc.GetEffectiveGroup() };

    [SetUp]
    public void SetUp()
    {
        _harness = new LoopHarness();
        _logger = new RecordingLogger();
        _directory = Directory.CreateTempSubdirectory("kdn-fifo-").FullName;
    }

    [TearDown]
    public void TearDown()
    {
        _harness.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Test]
    public void TryOpen_NotThere_MakesItForItsOwnerAndDisposeRemovesIt()
    {
        using var fifo = Open(Configuration)!;

        Assert.That(Libc.Stat(PathOfFifo, follow: false, out var status), Is.Zero);
        Assert.That(status.IsFifo, Is.True);
        Assert.That(status.User, Is.EqualTo(Configuration.UserId));
        // Nobody but the owner may write lines into it, whatever the umask of the tests.
        Assert.That(status.Mode & 0b000_010_010, Is.Zero);

        Call(fifo.Dispose);
        Assert.That(File.Exists(PathOfFifo), Is.False);
    }

    [Test]
    public void TryOpen_AnotherOwner_BelongsToThatOne()
    {
        RequireRoot();
        using var fifo = Open(Configuration with { UserId = 12345, GroupId = 23456 })!;

        Assert.That(Libc.Stat(PathOfFifo, follow: false, out var status), Is.Zero);
        Assert.That((status.User, status.Group), Is.EqualTo((12345u, 23456u)));
        Call(fifo.Dispose);
    }

    [Test]
    public void TryOpen_ThereAlready_IsUsedAndStays()
    {
        Assert.That(Libc.MakeFifo(PathOfFifo, 0x180), Is.Zero);
        using var fifo = Open(Configuration)!;

        Call(() => fifo.Write("line\n"));
        Assert.That(ReadLines(1), Is.EqualTo(new[] { "line" }));
        Call(fifo.Dispose);

        Assert.That(File.Exists(PathOfFifo), Is.True);
    }

    [Test]
    public void TryOpen_NoFifo_IsRefusedAndSaysSo()
    {
        File.WriteAllText(PathOfFifo, "precious");

        Assert.That(Open(Configuration), Is.Null);
        Assert.That(File.ReadAllText(PathOfFifo), Is.EqualTo("precious"));
        Assert.That(_logger.Text, Does.Contain(PathOfFifo).And.Contain("it is no FIFO"));
    }

    [Test]
    public void TryOpen_SymbolicLink_IsRefused()
    {
        Assert.That(Libc.MakeFifo(PathOfFifo + ".elsewhere", 0x180), Is.Zero);
        File.CreateSymbolicLink(PathOfFifo, PathOfFifo + ".elsewhere");

        Assert.That(Open(Configuration), Is.Null);
        Assert.That(_logger.Text, Does.Contain(PathOfFifo));
    }

    [Test]
    public void TryOpen_OfAStranger_IsRefusedAndSaysWhose()
    {
        RequireRoot();
        Assert.That(Libc.MakeFifo(PathOfFifo, 0x180), Is.Zero);
        using (var file = Libc.Open(PathOfFifo, Libc.OpenReadWrite | Libc.OpenNonBlocking))
            Assert.That(Libc.ChangeOwner(file, 12345, 12345), Is.Zero);

        Assert.That(Open(Configuration), Is.Null);
        Assert.That(_logger.Text, Does.Contain("belongs to user 12345"));
    }

    [Test]
    public void TryOpen_NoSuchDirectory_SaysSo()
    {
        Assert.That(Open(Configuration with { Path = Path.Combine(_directory, "no/such/fifo") }), Is.Null);
        Assert.That(_logger.Text, Does.Contain("no/such/fifo"));
    }

    [Test]
    public void Write_ReaderComesLate_GetsEveryLineInOrder()
    {
        const int lines = 5000;
        using var fifo = Open(Configuration)!;
        Call(() =>
        {
            for (var i = 0; i < lines; i++)
                fifo.Write(Line(i));
        });
        Assert.That(_harness.Call(() => fifo.Waiting), Is.GreaterThan(0), "more than the pipe holds");
        Assert.That(_logger.Text, Does.Contain("is full"));

        Assert.That(ReadLines(lines), Is.EqualTo(Enumerable.Range(0, lines).Select(i => Line(i).TrimEnd())));

        Assert.That(() => _harness.Call(() => fifo.IsRead), Is.True.After(5000, 20));
        Assert.That(_logger.Text, Does.Contain("read again; lines lost: 0"));
        Call(fifo.Dispose);
    }

    [Test]
    public void Write_ReaderGoesAndAnotherComes_NothingIsLost()
    {
        using var fifo = Open(Configuration)!;
        Call(() => fifo.Write("first\n"));
        Assert.That(ReadLines(1), Is.EqualTo(new[] { "first" }));

        Call(() =>
        {
            fifo.Write("second\n");
            fifo.Write("third\n");
        });

        Assert.That(ReadLines(2), Is.EqualTo(new[] { "second", "third" }));
        Call(fifo.Dispose);
    }

    [Test]
    public void Write_ReaderNeverComes_KeepsTheNewestAndCountsTheLost()
    {
        var inPipe = 0;
        using var fifo = Open(Configuration)!;
        Call(() =>
        {
            for (; fifo.Waiting == 0; inPipe++)
                fifo.Write(Line(inPipe));
            for (var i = 0; i < NotifyFifo.MaxWaiting + 9; i++)
                fifo.Write(Line(inPipe + i));
        });
        inPipe--; // the last one waits

        Assert.That(_harness.Call(() => fifo.Waiting), Is.EqualTo(NotifyFifo.MaxWaiting));
        Assert.That(_logger.Text, Does.Contain("are lost from now on"));
        var read = ReadLines(inPipe + NotifyFifo.MaxWaiting);
        Assert.That(read[..inPipe], Is.EqualTo(Enumerable.Range(0, inPipe).Select(i => Line(i).TrimEnd())), "what was in the pipe");
        Assert.That(read[^1], Is.EqualTo(Line(inPipe + 1 + NotifyFifo.MaxWaiting + 8).TrimEnd()), "the newest");
        Assert.That(() => _logger.Text, Does.Contain("read again; lines lost: 10").After(5000, 20));
        Call(fifo.Dispose);
    }

    [Test]
    public void Dispose_LinesWait_SaysHowManyAreLost()
    {
        using var fifo = Open(Configuration)!;
        Call(() =>
        {
            while (fifo.Waiting < 3)
                fifo.Write(Line(0));
            fifo.Dispose();
        });

        Assert.That(_logger.Text, Does.Contain("lines lost: 3").And.Contain("nobody had read"));
    }

    [Test]
    public void Fifos_WithAScript_StartItWithThePathAndFeedItToTheLastLine()
    {
        var runner = new ScriptRunner(_harness.Loop, _logger, limits: null, BuiltDaemon.Program);
        var fifos = new NotifyFifos(_harness.Loop, runner, _logger);
        var script = Script("reader", "echo \"$*\" > \"$0.args\"; cat \"$2\" > \"$0.lines\"", "configured");

        Call(() => fifos.Use([Configuration with { Script = script }]));
        Call(() => fifos.Write("one\n"));
        WaitUntilRead(script, "one\n");
        Call(() => fifos.Write("two\n"));
        WaitClosed(fifos);

        Assert.That(File.ReadAllText(script.Path + ".args"), Is.EqualTo($"configured {PathOfFifo}\n"));
        Assert.That(File.ReadAllText(script.Path + ".lines"), Is.EqualTo("one\ntwo\n"));
        Assert.That(File.Exists(PathOfFifo), Is.False);
        Assert.That(_logger.Text, Does.Not.Contain("lost").And.Not.Contain("unread"));
    }

    [Test]
    public void Fifos_ScriptHangs_IsEndedInTheEnd()
    {
        var runner = new ScriptRunner(_harness.Loop, _logger, limits: null, BuiltDaemon.Program);
        var fifos = new NotifyFifos(_harness.Loop, runner, _logger);
        var script = Script("deaf", "trap '' TERM; while :; do sleep 0.1; done");
        Call(() => fifos.Use([Configuration with { Script = script }]));

        var watch = Stopwatch.StartNew();
        WaitClosed(fifos);

        Assert.That(watch.ElapsedMilliseconds, Is.InRange(1900, 15_000));
        Assert.That(_harness.Call(() => runner.Running), Is.Zero);
    }

    [Test]
    public void Fifos_ScriptEnds_IsSaidAndItsLinesStay()
    {
        var runner = new ScriptRunner(_harness.Loop, _logger, limits: null, BuiltDaemon.Program);
        var fifos = new NotifyFifos(_harness.Loop, runner, _logger);
        Call(() => fifos.Use([Configuration with { Script = Script("short", "exit 3") }]));
        Assert.That(() => _logger.Text, Does.Contain("ended with").And.Contain("3").After(10_000, 20));

        Call(() => fifos.Write("later\n"));

        Assert.That(ReadLines(1), Is.EqualTo(new[] { "later" }));
        WaitClosed(fifos);
    }

    [Test]
    public void Fifos_ReloadWithoutAChange_LeavesFifoAndScriptAlone()
    {
        var runner = new ScriptRunner(_harness.Loop, _logger, limits: null, BuiltDaemon.Program);
        var fifos = new NotifyFifos(_harness.Loop, runner, _logger);
        var script = Script("once", "echo started >> \"$0.starts\"; exec cat \"$1\" > \"$0.lines\"");
        var same = Configuration with { Script = script };
        Call(() => fifos.Use([same]));
        Call(() => fifos.Write("before\n"));
        WaitUntilRead(script, "before\n");

        Call(() => fifos.Use([same with { }, null]));
        Call(() => fifos.Write("after\n"));
        WaitClosed(fifos);

        Assert.That(File.ReadAllLines(script.Path + ".starts"), Has.Length.EqualTo(1));
        Assert.That(File.ReadAllText(script.Path + ".lines"), Is.EqualTo("before\nafter\n"));
    }

    [Test]
    public void Fifos_ReloadTakesItAway_ItIsRemoved()
    {
        var runner = new ScriptRunner(_harness.Loop, _logger, limits: null, BuiltDaemon.Program);
        var fifos = new NotifyFifos(_harness.Loop, runner, _logger);
        Call(() => fifos.Use([Configuration]));
        Assert.That(File.Exists(PathOfFifo), Is.True);

        Call(() => fifos.Use([]));

        Assert.That(File.Exists(PathOfFifo), Is.False);
        WaitClosed(fifos);
    }

    [TestCase(NotifyEvent.Master, "INSTANCE \"VI 1\" MASTER 150\n")]
    [TestCase(NotifyEvent.Stop, "INSTANCE \"VI 1\" STOP 150\n")]
    [TestCase(NotifyEvent.Deleted, "INSTANCE \"VI 1\" DELETED 150\n")]
    [TestCase(NotifyEvent.MasterReceivedLowerPriority, "INSTANCE \"VI 1\" MASTER_RX_LOWER_PRI 150\n")]
    public void Line_OfAnInstance_IsTheOriginals(object happened, string line) =>
        Assert.That(FifoLine.State(NotifySubject.Instance("VI 1"), (NotifyEvent)happened, 150), Is.EqualTo(line));

    [Test]
    public void Line_OfGroupsAndPriorities_IsTheOriginals()
    {
        Assert.That(FifoLine.State(NotifySubject.Group("G"), NotifyEvent.Fault, 0), Is.EqualTo("GROUP \"G\" FAULT 0\n"));
        Assert.That(FifoLine.Priority(NotifySubject.Instance("V"), isMaster: true, 7), Is.EqualTo("INSTANCE \"V\" MASTER_PRIORITY 7\n"));
        Assert.That(FifoLine.Priority(NotifySubject.Instance("V"), isMaster: false, 7), Is.EqualTo("INSTANCE \"V\" BACKUP_PRIORITY 7\n"));
    }

    private static string Line(int number) => string.Create(CultureInfo.InvariantCulture, $"INSTANCE \"VI_{number}\" MASTER 100, as an example of a line\n");

    private static void RequireRoot()
    {
        if (Libc.GetEffectiveUser() != 0)
            Assert.Inconclusive("only root gives files away");
    }

    private NotifyFifo? Open(NotifyFifoConfiguration configuration) =>
        _harness.Call(() => NotifyFifo.TryOpen(_harness.Loop, _logger, configuration));

    private void Call(Action action) => _harness.Call(() =>
    {
        action();
        return true;
    });

    private void WaitClosed(NotifyFifos fifos) =>
        LoopHarness.Wait(_harness.Call(fifos.CloseAsync).ContinueWith(_ => 0, TaskScheduler.Default));

    /// <summary>Starting a script may take longer than a stop waits for it.</summary>
    private static void WaitUntilRead(ScriptConfiguration script, string text) => Assert.That(
        () => File.Exists(script.Path + ".lines") ? File.ReadAllText(script.Path + ".lines") : "", Is.EqualTo(text).After(30_000, 20));

    private string[] ReadLines(int count)
    {
        using var reader = new StreamReader(new FileStream(PathOfFifo, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1));
        var read = Task.Run(() => Enumerable.Range(0, count).Select(_ => reader.ReadLine()!).ToArray());
        return LoopHarness.Wait(read);
    }

    private ScriptConfiguration Script(string name, string body, params string[] arguments)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(path, (UnixFileMode)0x1ED);
        return new ScriptConfiguration
        {
            Path = path,
            Arguments = EquatableArray.Create([path, .. arguments]),
            UserId = Libc.GetEffectiveUser(),
            GroupId = Libc.GetEffectiveGroup(),
        };
    }
}
