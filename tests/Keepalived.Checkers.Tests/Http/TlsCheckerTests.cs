using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Keepalived.Checkers.Connections;
using Keepalived.Checkers.Http;
using Keepalived.Checkers.Tests.Support;

namespace Keepalived.Checkers.Tests.Http;

public sealed class TlsCheckerTests
{
    private X509Certificate2 _certificate = null!;
    private string? _serverName;

    [OneTimeSetUp]
    public void MakeCertificate() => _certificate = SelfSigned("good.test", IPAddress.Loopback);

    [OneTimeTearDown]
    public void ForgetCertificate() => _certificate.Dispose();

    [Test]
    public async Task Check_AnUnknownCertificate_DoesNotMatter()
    {
        await using var server = Server();
        Assert.That(await Check(server, new HttpTlsOptions()), Is.EqualTo(CheckResult.Success));
        Assert.That(_serverName, Is.Empty, "no name is sent unless asked for");
    }

    [TestCase(true, null, "good.test", "good.test", Description = "the virtual host")]
    [TestCase(true, "other.test", "good.test", "other.test")]
    [TestCase(false, "other.test", null, "other.test", Description = "a name switches it on")]
    [TestCase(true, null, null, "", Description = "there is no name")]
    public async Task Check_WithServerName_SendsIt(bool send, string? name, string? host, string expected)
    {
        await using var server = Server();
        var result = await Check(server, new HttpTlsOptions { SendServerName = send, ServerName = name }, host);
        Assert.That(result.IsSuccess, result.Reason);
        Assert.That(_serverName, Is.EqualTo(expected));
    }

    [TestCase("good.test", true)]
    [TestCase(null, true, Description = "the address stands in the certificate as well")]
    [TestCase("evil.test", false)]
    public async Task Check_Verifying_WantsTheNameFromATrustedAuthority(string? name, bool good)
    {
        await using var server = Server();
        var tls = new HttpTlsOptions { VerifyCertificate = true, ServerName = name, TrustedAuthorities = [_certificate] };
        var result = await Check(server, tls);
        Assert.That(result.IsSuccess, Is.EqualTo(good), result.Reason);
    }

    [Test]
    public async Task Check_VerifyingWithoutTrust_SaysThatTheHandshakeFailed()
    {
        await using var server = Server();
        var result = await Check(server, new HttpTlsOptions { VerifyCertificate = true, ServerName = "good.test" });
        Assert.That(result.Outcome, Is.EqualTo(CheckOutcome.Failure));
        Assert.That(result.Reason, Does.StartWith("TLS handshake failed: "));
    }

    [Test]
    public async Task Check_GarbageInsteadOfTls_IsAFailure()
    {
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            await socket.SendAsync(RandomNumberGenerator.GetBytes(5000), ct);
            await socket.ReceiveAsync(new byte[5000], ct);
        });
        Assert.That((await Check(server, new HttpTlsOptions())).Reason, Does.StartWith("TLS handshake failed"));
    }

    [Test]
    public async Task Check_AServerThatClosesInTheHandshake_IsAFailure()
    {
        await using var server = new LoopbackServer(async (socket, ct) => await socket.ReceiveAsync(new byte[5000], ct));
        Assert.That((await Check(server, new HttpTlsOptions())).Reason, Does.StartWith("TLS handshake failed"));
    }

    [Test]
    public async Task Check_AServerThatFallsSilentInTheHandshake_TimesOut()
    {
        await using var server = new LoopbackServer((_, ct) => Task.Delay(Timeout.Infinite, ct));
        var result = await Check(server, new HttpTlsOptions(), timeout: 0.7);
        Assert.That(result, Is.EqualTo(CheckResult.Failure("timeout in the TLS handshake")));
    }

    [Test]
    public async Task Check_AServerThatFallsSilentInTheBody_TimesOut()
    {
        await using var server = Server("HTTP/1.0 200 OK\r\n\r\nhalf", stay: true);
        var result = await Check(server, new HttpTlsOptions(), timeout: 3);
        Assert.That(result, Is.EqualTo(CheckResult.Failure("timeout reading the answer")));
    }

    [Test]
    public async Task Check_ManyTimes_LeavesNoDescriptorBehind()
    {
        await using var server = Server();
        await Probe(5);
        var before = Directory.GetFiles("/proc/self/fd").Length;
        await Probe(60);
        Assert.That(() => Directory.GetFiles("/proc/self/fd").Length, Is.LessThan(before + 20).After(10_000, 50));

        async Task Probe(int times)
        {
            for (var i = 0; i < times; i++)
                await Check(server, new HttpTlsOptions());
        }
    }

    // It closes the connection without a word of TLS about it, as many do.
    private LoopbackServer Server(string answer = "HTTP/1.0 200 OK\r\n\r\nhello", bool stay = false) => new(async (socket, ct) =>
    {
        await using var stream = new SslStream(new NetworkStream(socket));
        try
        {
            await stream.AuthenticateAsServerAsync((_, hello, _, _) =>
            {
                _serverName = hello.ServerName;
                return ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificate = _certificate });
            }, null, ct);
        }
        catch (AuthenticationException)
        {
            return; // The checker did not like the certificate.
        }

        _ = await stream.ReadAsync(new byte[4096], ct);
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer), ct);
        if (stay)
            await Task.Delay(Timeout.Infinite, ct);
    });

    private static async Task<CheckResult> Check(LoopbackServer server, HttpTlsOptions tls, string? host = null, double timeout = 20) =>
        await new HttpChecker(new HttpCheckerOptions
        {
            Connection = new ConnectionOptions { Destination = server.Address, Timeout = TimeSpan.FromSeconds(timeout) },
            Tls = tls,
            VirtualHost = host,
            Urls = [new HttpUrl { Path = "/" }],
        }).CheckAsync(CancellationToken.None);

    private static X509Certificate2 SelfSigned(string name, IPAddress address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue.AddYears(-100));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
