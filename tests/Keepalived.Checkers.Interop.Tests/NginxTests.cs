using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Keepalived.Checkers.Connections;
using Keepalived.Checkers.Http;
using Keepalived.Checkers.Interop.Tests.Lab;

namespace Keepalived.Checkers.Interop.Tests;

/// <summary>HTTP_GET and SSL_GET against nginx.</summary>
public sealed class NginxTests
{
    private Nginx _nginx = null!;

    [OneTimeSetUp]
    public void Start() => _nginx = new Nginx();

    [OneTimeTearDown]
    public void Stop()
    {
        _nginx?.Certificates.Dispose();
        _nginx?.Dispose();
    }

    [TestCase("/page", "")]
    [TestCase("/chunked", "")]
    [TestCase("/nothing", "")]
    [TestCase("/moved", "HTTP status code 301")]
    [TestCase("/found", "HTTP status code 302")]
    [TestCase("/forbidden", "HTTP status code 403")]
    [TestCase("/missing", "HTTP status code 404")]
    [TestCase("/teapot", "HTTP status code 418")]
    [TestCase("/broken", "HTTP status code 503")]
    public async Task Check_StatusOfAPage_IsJudgedInEveryProtocol(string path, string reason)
    {
        foreach (var protocol in Enum.GetValues<HttpProtocol>())
        {
            var result = await Check(new HttpUrl { Path = path }, protocol);
            Assert.That(result.Reason, Is.EqualTo(reason), $"{protocol}");
        }
    }

    [TestCase("/moved", 301, 301, true)]
    [TestCase("/moved", 300, 399, true)]
    [TestCase("/page", 300, 399, false)]
    [TestCase("/teapot", 418, 418, true)]
    public async Task Check_StatusCodes_AreThoseAskedFor(string path, int first, int last, bool good)
    {
        var result = await Check(new HttpUrl { Path = path, Status = new HttpStatusSet((first, last)) });
        Assert.That(result.IsSuccess, Is.EqualTo(good), result.Reason);
    }

    [Test]
    public async Task Check_Digest_IsOfTheBodyAsItCame()
    {
        const string Digest = Nginx.PageDigest;
        foreach (var protocol in Enum.GetValues<HttpProtocol>())
            Assert.That((await Check(new HttpUrl { Path = "/page", Digest = Digest }, protocol)).Reason, Is.Empty, $"{protocol}");
        // HTTP/1.0 knows no chunks; those of HTTP/1.1 count, as keepalived has it.
        Assert.That((await Check(new HttpUrl { Path = "/chunked", Digest = Digest }, HttpProtocol.Http10)).Reason, Is.Empty);
        Assert.That((await Check(new HttpUrl { Path = "/chunked", Digest = Digest }, HttpProtocol.Http11)).Reason, Does.StartWith("MD5 digest is"));
        Assert.That((await Check(new HttpUrl { Path = "/page", Digest = Md5("other") })).Reason, Is.EqualTo($"MD5 digest is {Digest}"));
    }

    [Test]
    public async Task Check_ABodyOfAMegabyte_IsHashedWhole()
    {
        var body = string.Concat(Enumerable.Repeat("0123456789abcdef", 1 << 16));
        Assert.That((await Check(new HttpUrl { Path = "/big", Digest = Md5(body) })).Reason, Is.Empty);
    }

    [TestCase(HttpProtocol.Http10, "^GET /request HTTP/1.0\\|127.0.0.1:[0-9]+\\|KeepAliveClient\\|$")]
    [TestCase(HttpProtocol.Http10Close, "^GET /request HTTP/1.0\\|127.0.0.1:[0-9]+\\|KeepAliveClient\\|close$")]
    [TestCase(HttpProtocol.Http11, "^GET /request HTTP/1.1\\|127.0.0.1:[0-9]+\\|KeepAliveClient\\|close$")]
    public async Task Check_Request_IsWhatTheServerUnderstands(HttpProtocol protocol, string pattern)
    {
        var regex = new HttpBodyRegex(pattern, RegexOptions.Multiline);
        Assert.That((await Check(new HttpUrl { Path = "/request", Regex = regex }, protocol)).Reason, Is.Empty);
    }

    [TestCase("this is web\\.test", false, true)]
    [TestCase("this is web\\.test", true, false)]
    [TestCase("something else", false, false)]
    [TestCase("something else", true, true)]
    public async Task Check_Regex_IsSearchedInThePageOfTheVirtualHost(string pattern, bool negate, bool good)
    {
        var url = new HttpUrl { Path = "/", VirtualHost = "web.test", Regex = new HttpBodyRegex(pattern, negate: negate) };
        Assert.That((await Check(url)).IsSuccess, Is.EqualTo(good));
    }

    [TestCase("good.test")]
    [TestCase("unknown.test")]
    [TestCase("")]
    public async Task Tls_ServerName_IsSent(string name)
    {
        var url = new HttpUrl { Path = "/", ServerName = name, Regex = new HttpBodyRegex($"asked for \\[{name}\\]$") };
        var result = await Check(url, port: _nginx.Tls, tls: new HttpTlsOptions { SendServerName = true });
        Assert.That(result.Reason, Is.Empty);
    }

    [Test]
    public async Task Tls_EveryVersion_IsSpoken()
    {
        foreach (var port in new[] { _nginx.Tls12, _nginx.Tls13 })
            Assert.That((await Check(new HttpUrl { Path = "/page", Digest = Nginx.PageDigest }, port: port, tls: new HttpTlsOptions())).Reason, Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Tls_CloseNotify_MakesNoDifferenceToTheVerdict(bool send)
    {
        foreach (var port in new[] { _nginx.Tls12, _nginx.Tls13 })
            Assert.That((await Check(new HttpUrl { Path = "/big" }, port: port, tls: new HttpTlsOptions { SendCloseNotify = send })).Reason, Is.Empty);
    }

    [TestCase("good", "good.test", true)]
    [TestCase("good", "", true, Description = "the address is in the certificate")]
    [TestCase("good", "evil.test", false, Description = "a certificate for another name")]
    [TestCase("expired", "good.test", false, Description = "a certificate of yesterday")]
    public async Task Tls_Verifying_WantsAValidCertificateOfTheName(string server, string name, bool good)
    {
        var port = server == "good" ? _nginx.Tls13 : _nginx.Expired;
        var lax = await Check(new HttpUrl { Path = "/page", ServerName = name }, port: port, tls: new HttpTlsOptions { SendServerName = true });
        Assert.That(lax.Reason, Is.Empty, "without verification any certificate does");
        var strict = await Check(new HttpUrl { Path = "/page", ServerName = name }, port: port, tls: new HttpTlsOptions
        {
            SendServerName = true,
            VerifyCertificate = true,
            TrustedAuthorities = [_nginx.Certificates.Authority],
        });
        Assert.That(strict.IsSuccess, Is.EqualTo(good), strict.Reason);
        Assert.That(strict.Reason, good ? Is.Empty : Does.StartWith("TLS handshake failed: "));
    }

    [Test]
    public async Task Tls_VerifyingWithoutTheAuthority_Fails()
    {
        var tls = new HttpTlsOptions { VerifyCertificate = true, SendServerName = true };
        var result = await Check(new HttpUrl { Path = "/page", ServerName = "good.test" }, port: _nginx.Tls13, tls: tls);
        Assert.That(result.Reason, Does.StartWith("TLS handshake failed: "));
    }

    [Test]
    public async Task Tls_ClientCertificate_IsPresentedWhenAskedFor()
    {
        var url = new HttpUrl { Path = "/page" };
        var with = await Check(url, port: _nginx.Mutual, tls: new HttpTlsOptions { ClientCertificates = [_nginx.Certificates.Client] });
        Assert.That(with.Reason, Is.Empty);
        var without = await Check(url, port: _nginx.Mutual, tls: new HttpTlsOptions());
        Assert.That(without.Reason, Is.EqualTo("HTTP status code 400"));
    }

    [Test]
    public async Task Tls_ToAPortWithoutIt_Fails()
    {
        Assert.That((await Check(new HttpUrl { Path = "/page" }, tls: new HttpTlsOptions())).Reason, Does.StartWith("TLS handshake failed: "));
        Assert.That((await Check(new HttpUrl { Path = "/page" }, port: _nginx.Tls)).Reason, Is.EqualTo("HTTP status code 400"));
    }

    private static string Md5(string text)
    {
#pragma warning disable CA5351 // What the configuration states is an MD5.
        return Convert.ToHexStringLower(MD5.HashData(Encoding.ASCII.GetBytes(text)));
#pragma warning restore CA5351
    }

    private async Task<CheckResult> Check(HttpUrl url, HttpProtocol protocol = HttpProtocol.Http10, int? port = null, HttpTlsOptions? tls = null) =>
        await new HttpChecker(new HttpCheckerOptions
        {
            Connection = new ConnectionOptions
            {
                Destination = new IPEndPoint(IPAddress.Loopback, port ?? _nginx.Http),
                Timeout = TimeSpan.FromSeconds(20),
            },
            Urls = [url],
            Protocol = protocol,
            Tls = tls,
        }).CheckAsync(CancellationToken.None);
}
