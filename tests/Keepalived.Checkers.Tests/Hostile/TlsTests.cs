using System.Net.Sockets;
using Keepalived.Checkers.Connections;
using Keepalived.Checkers.Http;
using Keepalived.Checkers.Tests.Support;

namespace Keepalived.Checkers.Tests.Hostile;

/// <summary>Servers that are bad at TLS, or bad by it.</summary>
public sealed class TlsTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // RFC 8446 section 5.1: a record of a handshake that says it has 16384 bytes.
    private static readonly byte[] LongRecord = [0x16, 0x03, 0x03, 0x40, 0x00, 0x02];

    [Test]
    public async Task ARecordThatDoesNotEnd_TimesOut()
    {
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            await socket.ReceiveAsync(new byte[4096], ct);
            await socket.SendAsync(LongRecord, ct);
            await Task.Delay(Timeout.Infinite, ct);
        });
        Assert.That(await Check(server), Is.EqualTo("timeout in the TLS handshake"));
    }

    [Test]
    public async Task AHandshakeByteByByte_HasNoMoreTimeThanAnother()
    {
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            await socket.ReceiveAsync(new byte[4096], ct);
            await socket.SendAsync(LongRecord, ct);
            while (true)
            {
                await socket.SendAsync(new byte[] { 0 }, ct);
                await Task.Delay(20, ct);
            }
        });
        Assert.That(await Check(server), Is.EqualTo("timeout in the TLS handshake"));
    }

    [TestCase(new byte[] { 0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28 }, Description = "the alert handshake_failure")]
    [TestCase(new byte[] { 0x16, 0x03, 0x03, 0xff, 0xff }, Description = "a record longer than there are")]
    [TestCase(new byte[] { 0x80, 0x2e, 0x01, 0x00, 0x02 }, Description = "SSL 2")]
    [TestCase(new byte[] { 0x17, 0x03, 0x03, 0x00, 0x01, 0x00 }, Description = "data before the handshake")]
    public async Task AnswersThatAreNone_Fail(byte[] answer)
    {
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            await socket.ReceiveAsync(new byte[4096], ct);
            await socket.SendAsync(answer, ct);
            await Task.Delay(100, ct);
        });
        Assert.That(await Check(server), Does.StartWith("TLS handshake failed: "));
    }

    [Test]
    public async Task EndlessGarbage_EndsAndTakesNoMemory()
    {
        var junk = new byte[16 * 1024];
        new Random(1).NextBytes(junk);
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            while (true)
                await socket.SendAsync(junk, ct);
        });
        var before = GC.GetTotalAllocatedBytes();
        Assert.That(await Check(server), Does.Contain("TLS handshake"));
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(8_000_000));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task AResetInTheHandshake_Fails(bool afterHello)
    {
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            if (afterHello)
                await socket.ReceiveAsync(new byte[4096], ct);
            socket.LingerState = new LingerOption(true, 0);
        });
        // Without waiting, it may come before the connection is seen.
        Assert.That(await Check(server), Does.StartWith("TLS handshake failed: ").Or.Contain("reset by peer"));
    }

    private static async Task<string> Check(LoopbackServer server) => (await new HttpChecker(new HttpCheckerOptions
    {
        Connection = new ConnectionOptions { Destination = server.Address, Timeout = Step },
        Urls = [new HttpUrl { Path = "/" }],
        Tls = new HttpTlsOptions(),
    }).CheckAsync(CancellationToken.None).AsTask().WaitAsync(Patience)).Reason;
}
