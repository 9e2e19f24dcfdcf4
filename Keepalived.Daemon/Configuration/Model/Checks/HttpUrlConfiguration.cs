namespace Keepalived.Daemon.Configuration.Model.Checks;

/// <summary>A <c>url</c> block: a page and what is wanted of it.</summary>
public sealed record HttpUrlConfiguration
{
    /// <summary>The status codes that are success where nothing is said.</summary>
    public static EquatableArray<(int First, int Last)> StandardStatusCodes { get; } = [(200, 299)];

    /// <summary><c>path</c>: what stands in the request line.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// The Host: <c>virtualhost</c> of the url, else of the check, the real server, the virtual server; null: address and port connected to.
    /// </summary>
    public string? Host { get; init; }

    /// <summary>
    /// The name in the TLS handshake where it is sent: <c>sni_name</c>, else <c>virtualhost</c> of the url, the check, the virtual server;
    /// none if null.
    /// </summary>
    public string? ServerName { get; init; }

    /// <summary><c>digest</c>: the MD5 sum of the body, 32 hexadecimal digits; any if null.</summary>
    public string? Digest { get; init; }

    /// <summary><c>status_code</c>: ranges within 100..599.</summary>
    public EquatableArray<(int First, int Last)> StatusCodes { get; init; } = StandardStatusCodes;

    /// <summary><c>regex</c>; any answer if null.</summary>
    public HttpRegexConfiguration? Regex { get; init; }

    /// <summary><c>tls_compliant</c> of the url or its check.</summary>
    public bool TlsCompliant { get; init; }

    /// <summary>Where it stands.</summary>
    public Position Position { get; init; }
}
