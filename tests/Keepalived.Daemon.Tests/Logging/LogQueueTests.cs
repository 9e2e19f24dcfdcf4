using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Logging;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Tests.Logging;

public sealed class LogQueueTests
{
    private string _directory = null!;

    [SetUp]
    public void SetUp() => _directory = Directory.CreateTempSubdirectory("kdn-log-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void Log_ManyThreads_EachKeepsItsOrder()
    {
        var sink = new MemorySink();
        using (var queue = new LogQueue(LogLevel.Information, () => sink, capacity: 100_000))
        {
            var loggers = Enumerable.Range(0, 4).Select(thread => new Thread(() =>
            {
                var logger = queue.CreateLogger("t");
                for (var index = 0; index < 500; index++)
                    Message(logger, $"{thread}:{index}");
            })).ToList();
            loggers.ForEach(thread => thread.Start());
            loggers.ForEach(thread => thread.Join());
        }

        foreach (var thread in sink.Messages.GroupBy(message => message[0]))
            Assert.That(thread, Is.EqualTo(Enumerable.Range(0, 500).Select(index => $"{thread.Key}:{index}")));
        Assert.That(sink.Messages, Has.Count.EqualTo(2000));
        Assert.That(sink.IsDisposed, Is.True);
    }

    [Test]
    public void Log_SinkIsStuck_DiscardsCountsAndReports()
    {
        var sink = new MemorySink();
        sink.IsOpen.Reset();
        using var queue = new LogQueue(LogLevel.Information, () => sink, capacity: 10);
        var logger = queue.CreateLogger("t");
        Message(logger, "first");
        Assert.That(() => sink.IsWaiting, Is.True.After(5000, 5));

        for (var index = 0; index < 25; index++)
            Message(logger, $"{index}");

        Assert.That(queue.Discarded, Is.EqualTo(15));
        sink.IsOpen.Set();
        Assert.That(() => sink.Messages.Count, Is.EqualTo(12).After(5000, 5));
        Assert.That(sink.Messages, Is.EqualTo(
            Enumerable.Range(0, 10).Select(index => $"{index}")
                .Prepend("15 log messages discarded: the log could not keep up").Prepend("first")));
    }

    [Test]
    public void Log_BelowTheLevel_IsNotEvenFormatted()
    {
        using var queue = new LogQueue(LogLevel.Warning, () => throw new InvalidOperationException("no sink is needed"));
        var logger = queue.CreateLogger("t");

        logger.Log(LogLevel.Information, default, 0, null, (_, _) => throw new InvalidOperationException("formatted"));

        Assert.That(logger.IsEnabled(LogLevel.Information), Is.False);
        Assert.That(logger.IsEnabled(LogLevel.Warning), Is.True);
        Assert.That(logger.IsEnabled(LogLevel.None), Is.False);
    }

    [Test]
    public void Dispose_SinkIsStuck_DoesNotHang()
    {
        var sink = new MemorySink();
        sink.IsOpen.Reset();
        var queue = new LogQueue(LogLevel.Information, () => sink);
        Message(queue.CreateLogger("t"), "x");

        Assert.That(queue.Dispose, Throws.Nothing);
        sink.IsOpen.Set();
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Sink_AllDevices_GetTheLine(bool lean)
    {
        var socketPath = Path.Combine(_directory, "log");
        using var server = Listen(socketPath);
        var file = Path.Combine(_directory, "k.log");

        using (var queue = LogQueue.Open(Settings(socketPath) with { File = file }, lean))
            Message(queue.CreateLogger("t"), "the password is " + new Secret("geheim"u8));

        Assert.That(Receive(server),
            Does.Match(@"^<30>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d Keepalived_test\[\d+\]: the password is \*\*\*$"));
        Assert.That(File.ReadAllText(file),
            Does.Match(@"^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d\.\d{9} \d{4}: the password is \*\*\*\n$"));
    }

    [Test]
    public void Syslog_DaemonRestarts_IsFoundAgain()
    {
        var socketPath = Path.Combine(_directory, "log");
        var clock = new SteppedClock();
        using var client = new SyslogClient(socketPath, clock);
        Assert.That(client.Send("nobody there"), Is.False);

        using (var first = Listen(socketPath))
        {
            Assert.That(client.Send("too soon to look again"), Is.False);
            clock.Now += SyslogClient.RetryPause;
            Assert.That(client.Send("one"), Is.True);
            Assert.That(Receive(first), Is.EqualTo("one"));
        }

        File.Delete(socketPath);
        Assert.That(client.Send("between"), Is.False);
        using var second = Listen(socketPath);
        clock.Now += SyslogClient.RetryPause;
        Assert.That(client.Send("two"), Is.True);
        Assert.That(Receive(second), Is.EqualTo("two"));
        Assert.That(client.Lost, Is.EqualTo(3));
    }

    [Test]
    public void Syslog_DaemonIsStuck_LosesAndCountsWithoutWaiting()
    {
        var socketPath = Path.Combine(_directory, "log");
        using var server = Listen(socketPath);
        using var client = new SyslogClient(socketPath);

        var sent = Enumerable.Range(0, 5000).Count(index => client.Send($"message {index}"));

        Assert.That(sent, Is.InRange(1, 4999));
        Assert.That(client.Lost, Is.EqualTo(5000 - sent));
    }

    [Test]
    public void Syslog_LongMessage_IsCut()
    {
        var socketPath = Path.Combine(_directory, "log");
        using var server = Listen(socketPath);
        using var client = new SyslogClient(socketPath);

        Assert.That(client.Send(new string('x', 100_000)), Is.True);

        Assert.That(Receive(server), Has.Length.EqualTo(8192));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Sink_FileCannotBeOpened_OthersStillGetTheLine(bool lean)
    {
        var socketPath = Path.Combine(_directory, "log");
        using var server = Listen(socketPath);

        using (var queue = LogQueue.Open(Settings(socketPath) with { File = Path.Combine(_directory, "missing", "k.log") }, lean))
            Message(queue.CreateLogger("t"), "hello");

        Assert.That(Receive(server), Does.EndWith("hello"));
    }

    private static LogSettings Settings(string socketPath) => new() { Ident = "Keepalived_test", SyslogSocket = socketPath };

    private static void Message(ILogger logger, string text) => logger.Log(LogLevel.Information, default, text, null, (state, _) => state);

    private static Socket Listen(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 5000 };
        socket.Bind(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    private static string Receive(Socket socket)
    {
        var bytes = new byte[65536];
        return Encoding.UTF8.GetString(bytes, 0, socket.Receive(bytes));
    }

    private sealed class MemorySink : ILogSink
    {
        private readonly ConcurrentQueue<string> _messages = new();

        public ManualResetEventSlim IsOpen { get; } = new(true);

        public volatile bool IsWaiting;

        public ConcurrentQueue<string> Messages => _messages;

        public bool IsDisposed { get; private set; }

        public void Write(in LogRecord record)
        {
            IsWaiting = true;
            IsOpen.Wait();
            IsWaiting = false;
            _messages.Enqueue(record.Text);
        }

        public void Flush()
        {
        }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class SteppedClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
