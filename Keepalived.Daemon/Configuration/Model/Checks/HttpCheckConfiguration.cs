using Keepalived.Checkers.Http;

namespace Keepalived.Daemon.Configuration.Model.Checks;

/// <summary><c>HTTP_GET</c> and <c>SSL_GET</c>: pages are as they should be.</summary>
public sealed record HttpCheckConfiguration : ConnectingCheckConfiguration
{
    /// <summary>Whether it is an SSL_GET.</summary>
    public bool IsTls { get; init; }

    /// <summary><c>http_protocol</c>.</summary>
    public HttpProtocol Protocol { get; init; }

    /// <summary><c>virtualhost</c> of the check itself; each url has what it comes to.</summary>
    public string? VirtualHost { get; init; }

    /// <summary><c>enable_sni</c> or <c>sni_name</c>: whether the TLS handshake names the server. Each url has the name.</summary>
    public bool SendsServerName { get; init; }

    /// <summary><c>fast_recovery</c>: whether pages are got without delays when coming up.</summary>
    public bool FastRecovery { get; init; }

    /// <summary><c>tls_compliant</c>: whether close_notify is sent and awaited.</summary>
    public bool TlsCompliant { get; init; }

    /// <summary><c>verify_certificate</c>: whether the server's certificate must be valid.</summary>
    public bool VerifiesCertificate { get; init; }

    /// <summary>The pages, at least one, one of which is got in each run.</summary>
    public EquatableArray<HttpUrlConfiguration> Urls { get; init; }
}
