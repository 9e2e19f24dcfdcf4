using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Keepalived.Checkers.Connections;
using Keepalived.Checkers.Dns;
using Keepalived.Checkers.Files;
using Keepalived.Checkers.Http;
using Keepalived.Checkers.Misc;
using Keepalived.Checkers.Ping;
using Keepalived.Checkers.Smtp;
using Keepalived.Checkers.Tcp;
using Keepalived.Checkers.Tests.Support;
using Keepalived.Checkers.Udp;

namespace Keepalived.Checkers.Tests;

/// <summary>Ten thousand checks of all kinds, that succeed, fail, time out and are given up, leave nothing behind.</summary>
public sealed class LeakTests
{
    private const int Checks = 10_000;
    private const int AtATime = 50;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    [Test]
    public async Task TenThousandChecks_LeaveNoDescriptorTimerOrMemory()
    {
        await using var servers = new Servers();
        var checkers = servers.Checkers();
        var counts = new int[2];
        await Probe(500);
        var before = Left();
        await Probe(Checks);

        Assert.That(counts, Has.All.GreaterThan(Checks / 10), "some succeed, some do not");
        Assert.That(() => Left().Descriptors, Is.LessThan(before.Descriptors + 50).After(10_000, 50));
        Assert.That(() => Children(), Is.Zero.After(10_000, 50), "processes");
        Assert.That(() => Left().Timers, Is.LessThan(before.Timers + 20).After(10_000, 50));
        Assert.That(() => Left().Bytes, Is.LessThan(before.Bytes + 1_500_000).After(10_000, 200));

        Task Probe(int times) => Parallel.ForAsync(0, times, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (i, _) =>
        {
            var result = await checkers[i % checkers.Length]();
            Interlocked.Increment(ref counts[result ? 0 : 1]);
        });
    }

    // Of processes that other tests start beside this one there may be some.
    private static int Children() => Directory.GetDirectories("/proc/self/task").SelectMany(ReadChildren).Count(IsSleeping);

    private static bool IsSleeping(string pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Contains("sleep\060\0", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false; // It has ended.
        }
    }

    private static string[] ReadChildren(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (IOException)
        {
            return []; // The thread has ended.
        }
    }

    private static (int Descriptors, long Timers, long Bytes) Left() =>
        (Directory.GetFiles("/proc/self/fd").Length, Timer.ActiveCount, GC.GetTotalMemory(forceFullCollection: true));

    /// <summary>Servers that are well, and servers that are not.</summary>
    private sealed class Servers : IAsyncDisposable
    {
        private readonly X509Certificate2 _certificate = MakeCertificate();
        private readonly LoopbackServer _page = new(static async (socket, ct) =>
        {
            await socket.ReceiveAsync(new byte[1024], ct);
            await socket.SendAsync("HTTP/1.0 200 OK\r\n\r\nhello"u8.ToArray(), ct);
        });

        private readonly LoopbackServer _silent = new(static async (socket, ct) => await socket.ReceiveAsync(new byte[1024], ct));
        private readonly LoopbackServer _reset = new(static (socket, _) =>
        {
            socket.LingerState = new LingerOption(true, 0);
            return Task.CompletedTask;
        });

        private readonly LoopbackServer _mail = new(static async (socket, ct) =>
        {
            await socket.SendAsync("220 hello\r\n"u8.ToArray(), ct);
            while (await socket.ReceiveAsync(new byte[1024], ct) > 0)
                await socket.SendAsync("250 yes\r\n"u8.ToArray(), ct);
        });

        private readonly LoopbackServer _secure;
        private readonly LoopbackDatagramServer _names = new(static query =>
        {
            var reply = (byte[])query.Clone();
            reply[2] |= 0x80;
            return [reply];
        });

        public Servers() => _secure = new LoopbackServer(async (socket, ct) =>
        {
            await using var stream = new SslStream(new NetworkStream(socket));
            try
            {
                await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, ct);
                _ = await stream.ReadAsync(new byte[1024], ct);
                await stream.WriteAsync("HTTP/1.0 200 OK\r\n\r\nhello"u8.ToArray(), ct);
            }
            catch (AuthenticationException)
            {
                // The checker went away.
            }
        });

        /// <summary>Eight of each, TLS and scripts rarer: they take a thousand times as long.</summary>
        public Func<Task<bool>>[] Checkers() =>
        [
            .. Enumerable.Range(0, 8).SelectMany(_ => Cheap()),
            Ask(Script("exit 0", Long)), Ask(Script("exit 3", Long)), Ask(Script("sleep 60", Short)), GiveUp(Script("sleep 60", Long)),
            Ask(Http(To(_secure.Address), new HttpTlsOptions())), Ask(Http(To(_silent.Address, Short), new HttpTlsOptions())),
        ];

        public async ValueTask DisposeAsync()
        {
            foreach (var server in new[] { _page, _silent, _reset, _mail, _secure })
                await server.DisposeAsync();
            await _names.DisposeAsync();
            _certificate.Dispose();
        }

        private Func<Task<bool>>[] Cheap()
        {
            var nobody = LoopbackServer.Nobody;
            return
            [
                Ask(new TcpChecker(To(_page.Address))), Ask(new TcpChecker(To(nobody))), Ask(new TcpChecker(To(_reset.Address))),
                Ask(Http(To(_page.Address))), Ask(Http(To(nobody))), Ask(Http(To(_reset.Address))), Ask(Http(To(_silent.Address, Short))),
                Ask(new SmtpChecker(new SmtpCheckerOptions { Connection = To(_mail.Address) })),
                Ask(new SmtpChecker(new SmtpCheckerOptions { Connection = To(_silent.Address, Short) })),
                Ask(new DnsChecker(new DnsCheckerOptions { Connection = To(_names.Address) })),
                Ask(new DnsChecker(new DnsCheckerOptions { Connection = To(nobody) })),
                Ask(new UdpChecker(new UdpCheckerOptions { Connection = To(_names.Address), RequireReply = true })),
                Ask(new UdpChecker(new UdpCheckerOptions { Connection = To(nobody) })),
                Ask(new PingChecker(To(nobody))), Ask(new FileChecker("/nonexistent/number", new FileCheckRule(1, Reverse: false))),
                GiveUp(Http(To(_silent.Address))), GiveUp(new TcpChecker(To(_page.Address))),
            ];
        }

        // A checker is never asked twice at a time.
        private static Func<Task<bool>> Ask(IChecker checker)
        {
            var gate = new SemaphoreSlim(1);
            return async () =>
            {
                await gate.WaitAsync();
                try
                {
                    return (await checker.CheckAsync(CancellationToken.None)).IsSuccess;
                }
                finally
                {
                    gate.Release();
                }
            };
        }

        private static Func<Task<bool>> GiveUp(IChecker checker)
        {
            var ask = Ask(new ScriptedChecker(async _ =>
            {
                using var soon = new CancellationTokenSource(2);
                try
                {
                    return await checker.CheckAsync(soon.Token);
                }
                catch (OperationCanceledException)
                {
                    return CheckResult.Failure("given up");
                }
            }));
            return ask;
        }

        private static MiscChecker Script(string command, TimeSpan timeout) =>
            new(new MiscCheckerOptions { Script = new ProcessScript("/bin/sh", ["-c", command]), Timeout = timeout });

        private static HttpChecker Http(ConnectionOptions connection, HttpTlsOptions? tls = null) =>
            new(new HttpCheckerOptions { Connection = connection, Urls = [new HttpUrl { Path = "/" }], Tls = tls });

        private static ConnectionOptions To(IPEndPoint server, TimeSpan? timeout = null) =>
            new() { Destination = server, Timeout = timeout ?? Long };

        private static X509Certificate2 MakeCertificate()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=leak.test", key, HashAlgorithmName.SHA256);
            using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue.AddYears(-100));
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
        }
    }
}
