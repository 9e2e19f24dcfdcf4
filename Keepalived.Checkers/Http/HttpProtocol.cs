namespace Keepalived.Checkers.Http;

/// <summary>How the request is made (<c>http_protocol</c>).</summary>
public enum HttpProtocol
{
    /// <summary><c>1.0</c>: HTTP/1.0 without a Connection header.</summary>
    Http10,

    /// <summary><c>1.0C</c>: HTTP/1.0 with <c>Connection: close</c>.</summary>
    Http10Close,

    /// <summary><c>1.1</c>: HTTP/1.1 with <c>Connection: close</c>.</summary>
    Http11,
}
