using Keepalived.Checkers.Connections;

namespace Keepalived.Checkers.Http;

/// <summary>What an <see cref="HttpChecker"/> asks, and how.</summary>
public sealed record HttpCheckerOptions
{
    /// <summary>Where the server is.</summary>
    public required ConnectionOptions Connection { get; init; }

    /// <summary>What it is asked for: one or more; one of them a probe, in turn.</summary>
    public required IReadOnlyList<HttpUrl> Urls { get; init; }

    /// <summary>The version of the request. HTTP/1.0 by default.</summary>
    public HttpProtocol Protocol { get; init; } = HttpProtocol.Http10;

    /// <summary>The Host header of URLs without one of their own; address and port by default.</summary>
    public string? VirtualHost { get; init; }

    /// <summary>TLS, and how (SSL_GET); without TLS (HTTP_GET) by default.</summary>
    public HttpTlsOptions? Tls { get; init; }

    /// <summary>
    /// The time for the whole answer, from the request on. The timeout of <see cref="Connection"/> starts anew with every piece of an
    /// answer without TLS, so that a server that sends for ever would be read for ever; this ends it. 60 s by default;
    /// <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> is keepalived's way.
    /// </summary>
    public TimeSpan ResponseLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Refuses what cannot be meant.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Connection);
        Connection.Validate();
        if (Urls is null or { Count: 0 })
            throw new ArgumentException($"{nameof(Urls)} must name at least one.");
        foreach (var url in Urls)
            url.Validate();
        if (ResponseLimit <= TimeSpan.Zero && ResponseLimit != Timeout.InfiniteTimeSpan)
            throw new ArgumentException($"{nameof(ResponseLimit)} must be above zero, or infinite.");
    }
}
