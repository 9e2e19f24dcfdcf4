namespace Keepalived.Daemon.Configuration.Model;

/// <summary>The <c>SSL</c> block: the client side of all SSL_GET checks.</summary>
public sealed record SslConfiguration
{
    /// <summary><c>password</c>: the passphrase of the key; none if null.</summary>
    public Secret? Password { get; init; }

    /// <summary><c>ca</c>: the PEM file with certificates of authorities; none if null.</summary>
    public string? AuthoritiesFile { get; init; }

    /// <summary><c>certificate</c>: the PEM file with the client's certificate and its chain; none if null.</summary>
    public string? CertificateFile { get; init; }

    /// <summary><c>key</c>: the PEM file with the client's key; none if null.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Where it stands.</summary>
    public Position Position { get; init; }
}
