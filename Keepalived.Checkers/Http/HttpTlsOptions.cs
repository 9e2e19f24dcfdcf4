using System.Security.Cryptography.X509Certificates;

namespace Keepalived.Checkers.Http;

/// <summary>How an <see cref="HttpChecker"/> speaks TLS.</summary>
public sealed record HttpTlsOptions
{
    /// <summary>Send the server's name (<c>enable_sni</c>): <see cref="ServerName"/>, else the virtual host. Off by default.</summary>
    public bool SendServerName { get; init; }

    /// <summary>The name to send and to verify (<c>sni_name</c>).</summary>
    public string? ServerName { get; init; }

    /// <summary>
    /// The certificate must be valid, for the server's name or else for its address. Off by default: a check asks whether the server works,
    /// and keepalived never looks at certificates.
    /// </summary>
    public bool VerifyCertificate { get; init; }

    /// <summary>
    /// End the connection as TLS wants it, with a close_notify (<c>tls_compliant</c>). Off by default: many servers do not care.
    /// </summary>
    public bool SendCloseNotify { get; init; }

    /// <summary>The authorities to trust when verifying; those of the system by default.</summary>
    public X509Certificate2Collection? TrustedAuthorities { get; init; }

    /// <summary>Certificates, with keys, to present when the server asks for one.</summary>
    public X509CertificateCollection? ClientCertificates { get; init; }
}
