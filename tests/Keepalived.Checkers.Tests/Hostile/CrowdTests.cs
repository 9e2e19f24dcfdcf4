using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Keepalived.Checkers.Http;
using Keepalived.Checkers.Tests.Support;

namespace Keepalived.Checkers.Tests.Hostile;

/// <summary>Many servers that do what they should not, and one that is well, on one scheduler.</summary>
public sealed class CrowdTests
{
    [Test]
    public async Task Probes_AmongHostileServers_NoneWaitsForAnotherAndNoneIsForgotten()
    {
        const int Each = 30;
        var junk = new byte[32 * 1024];
        await using var silent = new LoopbackServer((_, ct) => Task.Delay(Timeout.Infinite, ct));
        await using var endless = new LoopbackServer(async (socket, ct) =>
        {
            while (true)
                await socket.SendAsync(junk, ct);
        });
        await using var rude = new LoopbackServer((socket, _) =>
        {
            socket.LingerState = new LingerOption(true, 0);
            return Task.CompletedTask;
        });
        await using var good = new LoopbackServer(async (socket, ct) =>
        {
            await socket.ReceiveAsync(new byte[4096], ct);
            await socket.SendAsync("HTTP/1.0 200 OK\r\n\r\n"u8.ToArray(), ct);
        });
        var states = new ConcurrentDictionary<string, bool>();
        var goodReports = 0;
        var enough = new TaskCompletionSource();
        var scheduler = new CheckScheduler(new CheckSchedulerOptions
        {
            OnReport = report =>
            {
                states[report.Checker.Name] = report.Result.IsSuccess;
                if (report.Checker.Name == "good")
                    goodReports++;
                if (goodReports >= 10 && states.Count == (3 * Each) + 1)
                    enough.TrySetResult();
            },
        });
        await using (scheduler)
        {
            var policy = new CheckPolicy { DelayLoop = TimeSpan.FromSeconds(0.1), WarmUp = TimeSpan.Zero };
            for (var i = 0; i < Each; i++)
            {
                scheduler.Add($"silent {i}", Http(silent.Address), policy);
                scheduler.Add($"endless {i}", Http(endless.Address), policy);
                scheduler.Add($"rude {i}", Http(rude.Address, new HttpTlsOptions()), policy);
            }

            scheduler.Add("good", Http(good.Address), policy);
            await enough.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }

        Assert.That(scheduler.Running, Is.Zero);
        Assert.That(states.Where(state => state.Value).Select(state => state.Key), Is.EqualTo(new[] { "good" }));
    }

    private static HttpChecker Http(IPEndPoint server, HttpTlsOptions? tls = null) => new(new HttpCheckerOptions
    {
        Connection = new() { Destination = server, Timeout = TimeSpan.FromSeconds(2) },
        Urls = [new HttpUrl { Path = "/" }],
        Tls = tls,
    });
}
