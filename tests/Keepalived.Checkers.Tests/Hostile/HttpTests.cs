using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Keepalived.Checkers.Connections;
using Keepalived.Checkers.Http;
using Keepalived.Checkers.Tests.Support;

namespace Keepalived.Checkers.Tests.Hostile;

/// <summary>HTTP servers that want to keep us, to fill us, or to confuse us: each check ends in its time with a reason.</summary>
public sealed class HttpTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\n";
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    // Far above what the checks may take, and far below for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [TestCase("", "HTTP/1.1 200 OK\r\nA: b\r\n", Description = "a header, a byte at a time")]
    [TestCase(Ok + "\r\n", "slow", Description = "a body, a byte at a time")]
    public async Task SlowLoris_EndsAtTheLimitOfTheAnswer(string start, string slow)
    {
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            await socket.ReceiveAsync(new byte[4096], ct);
            await SendAsync(socket, start, ct);
            for (var i = 0; ; i++)
            {
                await SendAsync(socket, slow[(i % slow.Length)..][..1], ct);
                await Task.Delay(30, ct);
            }
        });
        Assert.That(await Check(server), Is.EqualTo("the answer does not end within 2 s"));
    }

    [Test]
    public async Task EndlessBody_EndsAtTheLimitAndTakesNeitherMemoryNorAProcessor()
    {
        var junk = new byte[64 * 1024];
        long sent = 0;
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            await socket.ReceiveAsync(new byte[4096], ct);
            await SendAsync(socket, Ok + "\r\n", ct);
            while (true)
                sent += await socket.SendAsync(junk, ct);
        });
        var before = GC.GetTotalAllocatedBytes();
        var url = new HttpUrl { Path = "/", Digest = new string('0', 32), Regex = new HttpBodyRegex("never") };
        Assert.That(await Check(server, url), Is.EqualTo("the answer does not end within 2 s"));
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(8_000_000), $"of {sent} bytes received");
        // What may be read in this time, and what the kernel's buffers on both sides took.
        Assert.That(sent, Is.LessThan(80_000_000));
    }

    [Test]
    public async Task ALongBody_IsReadToItsEndWithoutAPause()
    {
        var page = new byte[3_000_000];
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            await socket.ReceiveAsync(new byte[4096], ct);
            await SendAsync(socket, Ok + "\r\n", ct);
            for (var sent = 0; sent < page.Length;)
                sent += await socket.SendAsync(page.AsMemory(sent), ct);
        });
#pragma warning disable CA5351 // What the configuration says.
        var digest = Convert.ToHexString(System.Security.Cryptography.MD5.HashData(page));
#pragma warning restore CA5351
        Assert.That(await Check(server, new HttpUrl { Path = "/", Digest = digest }), Is.Empty);
    }

    [TestCase("X-Junk: 0123456789012345678901234567890123456789\r\n")]
    [TestCase("a")]
    [TestCase("\r\r\n\n")]
    [TestCase("\0")]
    public async Task EndlessHeaders_AreCutOff(string piece)
    {
        var junk = string.Concat(Enumerable.Repeat(piece, 1000));
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            await socket.ReceiveAsync(new byte[4096], ct);
            await SendAsync(socket, Ok, ct);
            while (true)
                await SendAsync(socket, junk, ct);
        });
        Assert.That(await Check(server), Is.EqualTo("headers do not end within 4095 bytes"));
    }

    [TestCase("Content-Length: 1000000\r\n\r\nshort", "")]
    [TestCase("Content-Length: 1\r\n\r\nlonger than it says", "")]
    [TestCase("Content-Length: -5\r\n\r\nbody", "")]
    [TestCase("Content-Length: 99999999999999999999999\r\n\r\nbody", "")]
    [TestCase("Content-Length: many\r\n\r\nbody", "")]
    [TestCase("Content-Length: 4\r\nContent-Length: 7\r\n\r\nbody", "")]
    [TestCase("Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\nbody", "", Description = "chunks are not looked at")]
    [TestCase("A: b", "headers do not end")]
    public async Task WrongLengths_AreNotBelieved(string rest, string reason)
    {
        await using var server = Answering(Ok + rest);
        Assert.That(await Check(server), Is.EqualTo(reason));
    }

    [TestCase("", "no data received")]
    [TestCase("\r\n\r\n", "no HTTP status code")]
    [TestCase("SSH-2.0-OpenSSH_9.2\r\n\r\n", "no HTTP status code")]
    [TestCase("HTTP/1.1 2000 OK\r\n\r\n", "no HTTP status code")]
    [TestCase("HTTP/1.1 -20 OK\r\n\r\n", "no HTTP status code")]
    [TestCase("HTTP/1.1 099 x\r\n\r\n", "HTTP status code 99")]
    [TestCase("HTTP/1.1 999 x\r\n\r\n", "HTTP status code 999")]
    public async Task Nonsense_HasAReason(string answer, string reason)
    {
        await using var server = Answering(answer);
        Assert.That(await Check(server), Is.EqualTo(reason));
    }

    [Test]
    public async Task InterimAnswers_AreNoAnswer()
    {
        var storm = string.Concat(Enumerable.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 1000));
        await using var short100 = Answering(storm + Ok + "\r\n");
        Assert.That(await Check(short100), Is.EqualTo("HTTP status code 100"));
        await using var endless = new LoopbackServer(async (socket, ct) =>
        {
            await socket.ReceiveAsync(new byte[4096], ct);
            while (true)
                await SendAsync(socket, storm, ct);
        });
        Assert.That(await Check(endless), Is.EqualTo("the answer does not end within 2 s"));
    }

    [Test]
    public async Task Redirects_AreNotFollowed()
    {
        var connections = 0;
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            connections++;
            await socket.ReceiveAsync(new byte[4096], ct);
            await SendAsync(socket, "HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n", ct);
        });
        Assert.That(await Check(server), Is.EqualTo("HTTP status code 302"));
        Assert.That(connections, Is.EqualTo(1));
    }

    [TestCase(false, "", "", Description = "it may come before the connection is seen")]
    [TestCase(true, "", "error ")]
    [TestCase(true, "HTTP/1.1 2", "error reading the answer: ")]
    [TestCase(true, Ok + "Content-Length: 100\r\n\r\nhalf", "error reading the answer: ")]
    public async Task Resets_AreFailuresAtEveryStage(bool readsRequest, string answer, string reason)
    {
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            if (readsRequest)
                await socket.ReceiveAsync(new byte[4096], ct);
            await SendAsync(socket, answer, ct);
            if (answer.Length > 0)
                await Task.Delay(100, ct); // A reset takes away what was not read.
            socket.LingerState = new LingerOption(true, 0);
        });
        var found = await Check(server);
        Assert.That(found, Does.StartWith(reason).And.Contain("reset by peer"));
    }

    [Test]
    public async Task Silence_AtEveryStage_TimesOut()
    {
        foreach (var (answer, step) in new[] { ("", "waiting for"), ("HTTP/1.1 200", "reading"), (Ok + "\r\nbody", "reading") })
        {
            await using var server = new LoopbackServer(async (socket, ct) =>
            {
                await socket.ReceiveAsync(new byte[4096], ct);
                await SendAsync(socket, answer, ct);
                await Task.Delay(Timeout.Infinite, ct);
            });
            Assert.That(await Check(server), Is.EqualTo($"timeout {step} the answer"));
        }
    }

    private static LoopbackServer Answering(string answer) => new(async (socket, ct) =>
    {
        await socket.ReceiveAsync(new byte[4096], ct);
        await SendAsync(socket, answer, ct);
    });

    private static async Task SendAsync(Socket socket, string text, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> bytes = Encoding.Latin1.GetBytes(text);
        while (!bytes.IsEmpty)
            bytes = bytes[await socket.SendAsync(bytes, cancellationToken)..];
    }

    private static async Task<string> Check(LoopbackServer server, HttpUrl? url = null)
    {
        var stopwatch = Stopwatch.StartNew();
        var result = await new HttpChecker(new HttpCheckerOptions
        {
            Connection = new ConnectionOptions { Destination = server.Address, Timeout = Step },
            Urls = [url ?? new HttpUrl { Path = "/" }],
            ResponseLimit = Limit,
        }).CheckAsync(CancellationToken.None).AsTask().WaitAsync(Patience);
        Assert.That(stopwatch.Elapsed, Is.LessThan(Patience));
        Assert.That(result.Outcome, Is.Not.EqualTo(CheckOutcome.LocalError));
        return result.Reason;
    }
}
