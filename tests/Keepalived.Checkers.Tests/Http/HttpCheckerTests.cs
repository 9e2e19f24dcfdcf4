using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Keepalived.Checkers.Connections;
using Keepalived.Checkers.Http;
using Keepalived.Checkers.Tests.Support;

namespace Keepalived.Checkers.Tests.Http;

/// <summary>Servers on the loopback interface, good ones and hostile ones.</summary>
public sealed class HttpCheckerTests
{
    private const string MD5OfHello = "5d41402abc4b2a76b9719d911017c592";

    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1.5);

    [Test]
    public async Task Check_AGoodServer_SucceedsWithTheRequestOfKeepalived()
    {
        var request = new TaskCompletionSource<string>();
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            request.SetResult(await ReadRequest(socket, ct));
            await Send(socket, "HTTP/1.0 200 OK\r\n\r\nhello", ct);
        });
        var url = new HttpUrl { Path = "/health", Digest = MD5OfHello, Regex = new HttpBodyRegex("^hel+o$", RegexOptions.Multiline) };
        Assert.That(await Check(server, url), Is.EqualTo(CheckResult.Success));
        var expected = $"GET /health HTTP/1.0\r\nUser-Agent: KeepAliveClient\r\nHost: {server.Address}\r\n\r\n";
        Assert.That(await request.Task, Is.EqualTo(expected));
    }

    [Test]
    public async Task Check_WithVirtualHosts_NamesTheMostParticular()
    {
        var hosts = new List<string>();
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            var request = await ReadRequest(socket, ct);
            lock (hosts)
                hosts.Add(request.Split("\r\n").Single(line => line.StartsWith("Host:", StringComparison.Ordinal)));
            await Send(socket, "HTTP/1.1 204 No\r\n\r\n", ct);
        });
        var options = new HttpCheckerOptions
        {
            Connection = new ConnectionOptions { Destination = server.Address },
            VirtualHost = "all.test",
            Urls = [new HttpUrl { Path = "/", VirtualHost = "one.test" }, new HttpUrl { Path = "/" }],
        };
        var state = new HttpCheckerState(new CheckPolicy(), 2);
        var checker = new HttpChecker(options, state);
        for (var i = 0; i < 2; i++)
            state.HandleResult(await checker.CheckAsync(CancellationToken.None));
        Assert.That(hosts, Is.EqualTo(new[] { "Host: one.test", "Host: all.test" }));
        Assert.That(state.HasRun);
    }

    [TestCase("HTTP/1.0 503 No\r\n\r\n", "HTTP status code 503")]
    [TestCase("", "no data received")]
    [TestCase("\0\u0001garbage", "headers do not end")]
    [TestCase("SSH-2.0-OpenSSH_9\r\n\r\n", "no HTTP status code")]
    public async Task Check_ABadAnswer_SaysWhatIsBad(string answer, string reason)
    {
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            await ReadRequest(socket, ct);
            await Send(socket, answer, ct);
        });
        Assert.That(await Check(server), Is.EqualTo(CheckResult.Failure(reason)));
    }

    [Test]
    public async Task Check_NobodyListens_IsAFailure()
    {
        var checker = new HttpChecker(Options(LoopbackServer.Nobody));
        Assert.That((await checker.CheckAsync(CancellationToken.None)).Outcome, Is.EqualTo(CheckOutcome.Failure));
    }

    [Test]
    public async Task Check_AServerThatSaysNothing_TimesOut()
    {
        await using var server = new LoopbackServer((_, ct) => Task.Delay(Timeout.Infinite, ct));
        await TimesOut(server, "timeout waiting for the answer");
    }

    [Test]
    public async Task Check_AServerThatNeverCloses_TimesOut()
    {
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            await Send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", ct);
            await Task.Delay(Timeout.Infinite, ct);
        });
        await TimesOut(server, "timeout reading the answer");
    }

    [Test]
    public async Task Check_ASlowTrickle_EndsWithTheLimitOfTheWholeAnswer()
    {
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            while (true)
            {
                await Send(socket, "x", ct);
                await Task.Delay(20, ct);
            }
        });
        var stopwatch = Stopwatch.StartNew();
        var result = await Check(server, limit: TimeSpan.FromSeconds(3));
        Assert.That(result.Outcome, Is.EqualTo(CheckOutcome.Failure));
        Assert.That(stopwatch.Elapsed, Is.InRange(TimeSpan.FromSeconds(2.7), TimeSpan.FromSeconds(30)), "past the timeout of a step");
    }

    [Test]
    public async Task Check_AnEndlessBody_CostsBoundedMemory()
    {
        var junk = new byte[64 * 1024];
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            await Send(socket, "HTTP/1.0 200 OK\r\n\r\n", ct);
            while (true)
                await socket.SendAsync(junk, ct);
        });
        var before = GC.GetTotalAllocatedBytes();
        var url = new HttpUrl { Path = "/", Digest = new string('0', 32), Regex = new HttpBodyRegex("x") };
        var result = await Check(server, url, TimeSpan.FromSeconds(1));
        Assert.That(result.Reason, Does.StartWith("the answer does not end").Or.StartWith("timeout"));
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(4_000_000));
    }

    [Test]
    public async Task Check_EndlessHeaders_EndsAtOnce()
    {
        var junk = Encoding.ASCII.GetBytes(new string('h', 64 * 1024));
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            while (true)
                await socket.SendAsync(junk, ct);
        });
        Assert.That((await Check(server)).Reason, Does.StartWith("headers do not end within"));
    }

    [Test]
    public async Task Check_AReset_IsAFailure()
    {
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            await ReadRequest(socket, ct);
            await Send(socket, "HTTP/1.0 200 OK\r\n\r\nhalf of", ct);
            socket.LingerState = new LingerOption(true, 0);
        });
        var result = await Check(server);
        Assert.That(result.Outcome, Is.EqualTo(CheckOutcome.Failure));
        Assert.That(result.Reason, Does.StartWith("error").And.Contain("reset"));
    }

    [Test]
    public async Task Check_AServerThatClosesItsHalf_IsReadToTheEnd()
    {
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            await Send(socket, "HTTP/1.0 200 OK\r\n\r\nhello", ct);
            socket.Shutdown(SocketShutdown.Send);
            await Task.Delay(Timeout.Infinite, ct);
        });
        Assert.That((await Check(server)).IsSuccess);
    }

    [Test]
    public async Task Check_AnAnswerByteByByte_IsTheSameAnswer()
    {
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            await ReadRequest(socket, ct); // What is not read makes a reset of the end.
            socket.NoDelay = true;
            foreach (var c in "HTTP/1.0 200 OK\r\nX: y\r\n\r\nhello")
                await Send(socket, c.ToString(), ct);
        });
        Assert.That((await Check(server, new HttpUrl { Path = "/", Digest = MD5OfHello })).IsSuccess);
    }

    [Test]
    public async Task Check_GivenUpInTheMiddle_EndsAtOnce()
    {
        using var giveUp = new CancellationTokenSource();
        await using var server = new LoopbackServer(async (_, ct) =>
        {
            await giveUp.CancelAsync();
            await Task.Delay(Timeout.Infinite, ct);
        });
        var checker = new HttpChecker(Options(server.Address) with { Connection = new ConnectionOptions { Destination = server.Address } });
        Assert.That(async () => await checker.CheckAsync(giveUp.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private static async Task TimesOut(LoopbackServer server, string reason)
    {
        var stopwatch = Stopwatch.StartNew();
        Assert.That(await Check(server), Is.EqualTo(CheckResult.Failure(reason)));
        Assert.That(stopwatch.Elapsed, Is.InRange(TimeSpan.FromSeconds(1.2), TimeSpan.FromSeconds(30)));
    }

    private static HttpCheckerOptions Options(IPEndPoint server, HttpUrl? url = null) => new()
    {
        Connection = new ConnectionOptions { Destination = server, Timeout = Short },
        Urls = [url ?? new HttpUrl { Path = "/" }],
    };

    private static async Task<CheckResult> Check(LoopbackServer server, HttpUrl? url = null, TimeSpan? limit = null)
    {
        var options = Options(server.Address, url);
        if (limit is { } whole)
            options = options with { ResponseLimit = whole };
        return await new HttpChecker(options).CheckAsync(CancellationToken.None);
    }

    private static async Task Send(Socket socket, string text, CancellationToken ct) =>
        await socket.SendAsync(Encoding.Latin1.GetBytes(text), ct);

    private static async Task<string> ReadRequest(Socket socket, CancellationToken ct)
    {
        var text = "";
        var buffer = new byte[4096];
        while (!text.EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await socket.ReceiveAsync(buffer, ct);
            if (count == 0)
                break;
            text += Encoding.ASCII.GetString(buffer, 0, count);
        }

        return text;
    }
}
