using System.Diagnostics;
using System.Net;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Mail;
using Keepalived.Daemon.Tests.Notify;

namespace Keepalived.Daemon.Tests.Mail;

public sealed class MailQueueTests
{
    private static readonly TimeSpan[] Soon = [TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20)];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private RecordingLogger _logger = null!;

    [SetUp]
    public void SetUp() => _logger = new RecordingLogger();

    [Test]
    public async Task Post_Mail_IsDeliveredAsTheConfigurationSays()
    {
        using var server = new MailServer();
        var queue = Queue(server);

        queue.Post(new MailMessage("VRRP Instance VI_1 - Entering MASTER state", "=> first <=\n.hidden\nlast"));
        await queue.CloseAsync(Patience);

        Assert.That(queue.Pending, Is.Zero, _logger.Text);
        var lines = server.Lines;
        Assert.That(lines[..5], Is.EqualTo(new[]
        {
            "HELO node.example", "MAIL FROM:<ha@example.org>", "RCPT TO:<ops@example.org>", "RCPT TO:<root@example.org>", "DATA",
        }));
        Assert.That(lines[5], Does.Match("^Date: (Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} [+-][0-9]{4}$"));
        Assert.That(lines[6..], Is.EqualTo(new[]
        {
            "From: \"H.A.\" <ha@example.org>", "Subject: [lb1] VRRP Instance VI_1 - Entering MASTER state", "X-Mailer: Keepalived",
            "To: ops@example.org,", " root@example.org", "", "=> first <=", "..hidden", "last", ".", "QUIT",
        }));
    }

    [Test]
    public async Task Post_Many_UseOneConnectionInOrder()
    {
        using var server = new MailServer();
        var queue = Queue(server);

        for (var i = 0; i < 100; i++)
            queue.Post(new MailMessage($"number {i}", "text"));
        await queue.CloseAsync(Patience);

        Assert.That(server.Subjects, Is.EqualTo(Enumerable.Range(0, 100).Select(i => $"[lb1] number {i}")));
        Assert.That(server.Connections, Is.LessThan(10));
    }

    [Test]
    public async Task Post_RepliesOfSeveralLines_AreUnderstood()
    {
        using var server = new MailServer(command => command.StartsWith("HELO", StringComparison.Ordinal) ? "250-mail.example\r\n250-SIZE 1\r\n250 ok" : null);
        var queue = Queue(server);

        queue.Post(new MailMessage("subject", "text"));
        await queue.CloseAsync(Patience);

        Assert.That(server.Subjects, Is.EqualTo(new[] { "[lb1] subject" }));
    }

    [Test]
    public async Task Post_OneRecipientRefused_TheOthersGetItAndItIsSaid()
    {
        using var server = new MailServer(command => command == "RCPT TO:<ops@example.org>" ? "550 no such user" : null);
        var queue = Queue(server);

        queue.Post(new MailMessage("subject", "text"));
        await queue.CloseAsync(Patience);

        Assert.That(server.Subjects, Has.Exactly(1).Items);
        Assert.That(_logger.Text, Does.Contain("RCPT TO:<ops@example.org>").And.Contain("550 no such user"));
    }

    [Test]
    public async Task Post_RefusedForGood_IsSaidAndTheNextOneGoes()
    {
        var refused = false;
        using var server = new MailServer(command =>
        {
            if (refused || !command.StartsWith("MAIL", StringComparison.Ordinal))
                return null;
            refused = true;
            return "554 not today";
        });
        var queue = Queue(server);

        queue.Post(new MailMessage("first", "text"));
        queue.Post(new MailMessage("second", "text"));
        await queue.CloseAsync(Patience);

        Assert.That(server.Subjects, Is.EqualTo(new[] { "[lb1] second" }));
        Assert.That(_logger.Text, Does.Contain("first").And.Contain("554 not today"));
    }

    [Test]
    public async Task Post_RefusedForNow_IsTriedAgain()
    {
        var attempts = 0;
        using var server = new MailServer(command => command == "DATA" && Interlocked.Increment(ref attempts) == 1 ? "451 busy" : null);
        var queue = Queue(server);

        queue.Post(new MailMessage("subject", "text"));
        await queue.CloseAsync(Patience);

        Assert.That(server.Subjects, Is.EqualTo(new[] { "[lb1] subject" }));
        Assert.That(attempts, Is.EqualTo(2));
    }

    [Test]
    public async Task Post_NoServerThere_IsTriedAgainAndGivenUpInTheEnd()
    {
        using var gone = new MailServer();
        var port = gone.Port;
        gone.Dispose();
        var queue = new MailQueue(_logger, Soon);
        queue.Use(Configuration(port));

        queue.Post(new MailMessage("subject", "text"));
        await queue.CloseAsync(Patience);

        Assert.That(queue.Pending, Is.Zero);
        Assert.That(_logger.Text.Split('\n'), Has.Exactly(3).Contains("subject"), _logger.Text);
    }

    [Test]
    public async Task Post_ServerIsSilent_WaitsNoLongerThanTheTimeoutAndBlocksNobody()
    {
        using var server = new MailServer(static _ => "");
        var queue = new MailQueue(_logger, []);
        queue.Use(Configuration(server.Port) with { Timeout = TimeSpan.FromMilliseconds(200) });

        var watch = Stopwatch.StartNew();
        queue.Post(new MailMessage("subject", "text"));
        var posting = watch.Elapsed;
        await queue.CloseAsync(Patience);

        Assert.That(posting, Is.LessThan(TimeSpan.FromSeconds(1)));
        Assert.That(_logger.Text, Does.Contain("no answer within 0.2 s"));
    }

    [TestCase("nonsense")]
    [TestCase("999 beyond")]
    [TestCase("x")]
    public async Task Post_NoMailServer_IsSaid(string greeting)
    {
        using var server = new MailServer(command => command.Length == 0 ? greeting : null);
        var queue = new MailQueue(_logger, []);
        queue.Use(Configuration(server.Port));

        queue.Post(new MailMessage("subject", "text"));
        await queue.CloseAsync(Patience);

        Assert.That(_logger.Text, Does.Contain("no reply of a mail server"));
    }

    [Test]
    public async Task Post_EndlessReply_IsGivenUp()
    {
        using var server = new MailServer(static _ => new string('2', 100_000));
        var queue = new MailQueue(_logger, []);
        queue.Use(Configuration(server.Port));

        queue.Post(new MailMessage("subject", "text"));
        await queue.CloseAsync(Patience);

        Assert.That(_logger.Text, Does.Contain("too long"));
    }

    [Test]
    public async Task Post_TooMany_KeepsTheNewestAndCountsTheLost()
    {
        var gate = new ManualResetEventSlim();
        using var server = new MailServer(command =>
        {
            if (command.Length == 0)
                gate.Wait();
            return null;
        });
        var queue = Queue(server);
        queue.Post(new MailMessage("first", "text"));
        Assert.That(() => server.Connections, Is.EqualTo(1).After(20_000, 10));
        for (var i = 0; i < MailQueue.Capacity + 7; i++)
            queue.Post(new MailMessage($"number {i}", "text"));

        gate.Set();
        await queue.CloseAsync(TimeSpan.FromSeconds(60));

        Assert.That(server.Subjects, Is.EqualTo(Enumerable.Range(7, MailQueue.Capacity).Select(i => $"[lb1] number {i}").Prepend("[lb1] first")));
        Assert.That(_logger.Text, Does.Contain("Mails lost, as too many waited: 7"));
    }

    [Test]
    public async Task Close_ServerNotThere_SaysWhatIsLeft()
    {
        using var server = new MailServer(static _ => "");
        var queue = Queue(server);
        queue.Post(new MailMessage("subject", "text"));
        queue.Post(new MailMessage("another", "text"));

        var watch = Stopwatch.StartNew();
        await queue.CloseAsync(TimeSpan.FromMilliseconds(200));

        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
        Assert.That(_logger.Text, Does.Contain("not delivered at the stop: 2"));
    }

    [Test]
    public async Task Post_NoServerOrNoRecipient_DoesNothing()
    {
        var queue = new MailQueue(_logger);
        queue.Use(MailConfiguration.None with { Recipients = ["ops@example.org"] });
        queue.Post(new MailMessage("subject", "text"));
        queue.Use(MailConfiguration.None with { Server = "127.0.0.1" });
        queue.Post(new MailMessage("subject", "text"));

        Assert.That(queue.Pending, Is.Zero);
        await queue.CloseAsync(Patience);
        Assert.That(_logger.Text, Is.Empty);
    }

    [TestCase("a@b", "<a@b>", "a@b")]
    [TestCase("Name <a@b>", "<a@b>", "Name <a@b>")]
    [TestCase("J. Doe <a@b>", "<a@b>", "\"J. Doe\" <a@b>")]
    [TestCase("\"J. Doe\" <a@b>", "<a@b>", "\"J. Doe\" <a@b>")]
    [TestCase("a \"b\", c <a@b>", "<a@b>", "\"a \\\"b\\\", c\" <a@b>")]
    [TestCase("<a@b>", "<a@b>", "<a@b>")]
    public void Address_IsTakenApart(string text, string envelope, string header)
    {
        Assert.That(MailAddressText.ToEnvelope(text), Is.EqualTo(envelope));
        Assert.That(MailAddressText.ToHeader(text), Is.EqualTo(header));
    }

    [Test]
    public void Text_SubjectOfOtherLetters_IsEncodedAndCannotBeginAHeader()
    {
        var text = System.Text.Encoding.UTF8.GetString(
            MailText.Create(new MailMessage("Zürich\r\nBcc: x", "text"), "lb1", "a@b", ["c@d"], DateTimeOffset.UnixEpoch));

        Assert.That(text, Does.StartWith("Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n").And.Contain("Subject: =?utf-8?B?"));
        Assert.That(text, Does.Not.Contain("\nBcc"));
    }

    private MailQueue Queue(MailServer server)
    {
        var queue = new MailQueue(_logger, Soon);
        queue.Use(Configuration(server.Port));
        return queue;
    }

    private static MailConfiguration Configuration(int port) => new()
    {
        Server = IPAddress.Loopback.ToString(),
        Port = port,
        HeloName = "node.example",
        From = "H.A. <ha@example.org>",
        Recipients = ["ops@example.org", "root@example.org"],
        RouterId = "lb1",
    };
}
