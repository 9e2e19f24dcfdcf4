using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Keepalived.Checkers.Http;

/// <summary>The bytes of a request, as keepalived sends them.</summary>
public static class HttpRequest
{
    /// <summary>The longest request: 2047 bytes.</summary>
    public const int MaxLength = 2047;

    /// <summary>Builds a GET request.</summary>
    /// <param name="protocol">The version, and whether to ask for the connection to be closed.</param>
    /// <param name="path">What is asked for.</param>
    /// <param name="host">The Host header, complete: a virtual host, or what <see cref="FormatHost"/> makes.</param>
    /// <returns>The request.</returns>
    /// <exception cref="ArgumentException">It would be longer than <see cref="MaxLength"/>, or a part is not printable ASCII.</exception>
    public static byte[] Build(HttpProtocol protocol, string path, string host)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(host);
        if (path.AsSpan().ContainsAnyExceptInRange('!', '~') || host.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new ArgumentException($"Path '{path}' or host '{host}' contains a blank, or what is not printable ASCII.");
        var version = protocol == HttpProtocol.Http11 ? "1.1" : "1.0";
        var connection = protocol == HttpProtocol.Http10 ? "" : "Connection: close\r\n";
        var text = $"GET {path} HTTP/{version}\r\nUser-Agent: KeepAliveClient\r\n{connection}Host: {host}\r\n\r\n";
        if (text.Length > MaxLength)
            throw new ArgumentException($"The request for '{path}' would be {text.Length} bytes, which is more than {MaxLength}.");
        return Encoding.ASCII.GetBytes(text);
    }

    /// <summary>The Host header of a server without a name: address and port, always both.</summary>
    /// <param name="destination">The server.</param>
    /// <returns>For example <c>192.0.2.1:80</c> or <c>[2001:db8::1]:80</c>.</returns>
    public static string FormatHost(IPEndPoint destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (destination.AddressFamily != AddressFamily.InterNetworkV6)
            return destination.ToString();
        // A scope means something to this host only.
        var address = new IPAddress(destination.Address.GetAddressBytes());
        return $"[{address}]:{destination.Port}";
    }
}
