using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
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

    [TestCase(false)]
    [TestCase(true)]
    public async Task ACertificateThatNamesAPlaceToFetchFrom_FetchesNothing(bool verifies)
    {
        var visits = 0;
        await using var place = new LoopbackServer((_, ct) =>
        {
            Interlocked.Increment(ref visits);
            return Task.Delay(Timeout.Infinite, ct);
        });
        using var certificate = IssuedBySomebody($"http://{place.Address}/issuer.crt");
        await using var server = Speaking(certificate);

        var reason = await Check(server, new HttpTlsOptions { VerifyCertificate = verifies, ServerName = "trap.test" }, TimeSpan.FromSeconds(20));

        Assert.That(reason, verifies ? Does.StartWith("TLS handshake failed: ") : Is.Empty);
        Assert.That(visits, Is.Zero, "nobody was asked for the issuer");
    }

    [Test]
    public async Task SessionsAreNotResumed_SoThatEveryCheckSeesTheKeyAtWork()
    {
        using var certificate = IssuedBySomebody(null);
        var offers = new List<bool>();
        await using var server = Speaking(certificate, offers);
        var tls = new HttpTlsOptions { SendServerName = true, ServerName = "resumed.test" };
        for (var i = 0; i < 3; i++)
            Assert.That(await Check(server, tls, TimeSpan.FromSeconds(20)), Is.Empty);
        Assert.That(offers, Is.EqualTo(new[] { false, false, false }), "sessions offered to resume");
    }

    private static LoopbackServer Speaking(X509Certificate2 certificate, List<bool>? offers = null) => new(async (socket, ct) =>
    {
        // The server itself is not to look for the issuer either.
        var context = SslStreamCertificateContext.Create(certificate, null, offline: true);
        if (offers is not null)
        {
            var hello = new byte[4096];
            offers.Add(OffersSession(hello.AsSpan(0, await socket.ReceiveAsync(hello, SocketFlags.Peek, ct))));
        }

        await using var stream = new SslStream(new NetworkStream(socket));
        try
        {
            await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = context }, ct);
        }
        catch (AuthenticationException)
        {
            return; // The checker did not like the certificate.
        }

        _ = await stream.ReadAsync(new byte[4096], ct);
        await stream.WriteAsync("HTTP/1.0 200 OK\r\n\r\n"u8.ToArray(), ct);
        await stream.ShutdownAsync();
    });

    // RFC 8446 section 4.1.2: a ClientHello that has the extension pre_shared_key.
    private static bool OffersSession(ReadOnlySpan<byte> hello)
    {
        var at = 5 + 4 + 2 + 32;
        at += 1 + hello[at]; // The session id,
        at += 2 + Number(hello[at..]); // the cipher suites,
        at += 1 + hello[at]; // the compression methods.
        for (at += 2; at + 4 <= hello.Length; at += 4 + Number(hello[(at + 2)..]))
        {
            if (Number(hello[at..]) == 41)
                return true;
        }

        return false;

        static int Number(ReadOnlySpan<byte> bytes) => (bytes[0] << 8) | bytes[1];
    }

    // Its issuer is nowhere to be found but at the place that it names (RFC 5280 section 4.2.2.1).
    private static X509Certificate2 IssuedBySomebody(string? place)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var authority = new CertificateRequest("CN=Somebody", issuerKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var issuer = authority.CreateSelfSigned(from, to);
        var request = new CertificateRequest("CN=trap.test", key, HashAlgorithmName.SHA256);
        if (place is not null)
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [place]));
        using var signed = request.Create(issuer, from, to, [1, 2, 3]);
        using var certificate = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }

    private static async Task<string> Check(LoopbackServer server, HttpTlsOptions? tls = null, TimeSpan? timeout = null) => (await new HttpChecker(new HttpCheckerOptions
    {
        Connection = new ConnectionOptions { Destination = server.Address, Timeout = timeout ?? Step },
        Urls = [new HttpUrl { Path = "/" }],
        Tls = tls ?? new HttpTlsOptions(),
    }).CheckAsync(CancellationToken.None).AsTask().WaitAsync(Patience)).Reason;
}
