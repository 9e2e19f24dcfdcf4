namespace Keepalived.Checkers.Http;

/// <summary>One thing to ask an HTTP server for, and what the answer must be (<c>url</c>).</summary>
public sealed record HttpUrl
{
    /// <summary>The default of <see cref="RegexWindow"/>: 64 KiB.</summary>
    public const int DefaultRegexWindow = 64 * 1024;

    /// <summary>What is asked for, for example <c>/health</c>. Printable ASCII without blanks.</summary>
    public required string Path { get; init; }

    /// <summary>The Host header, without a port (<c>virtualhost</c>); <see cref="HttpCheckerOptions.VirtualHost"/> by default.</summary>
    public string? VirtualHost { get; init; }

    /// <summary>
    /// The name to send and to verify in the TLS handshake; <see cref="HttpTlsOptions.ServerName"/>, else the host, by default. Empty for
    /// none.
    /// </summary>
    public string? ServerName { get; init; }

    /// <summary>Good status codes. 200 to 299 by default.</summary>
    public HttpStatusSet Status { get; init; } = HttpStatusSet.Successful;

    /// <summary>
    /// The MD5 of the body, 32 hexadecimal digits (<c>digest</c>, as <c>genhash</c> prints it). Not asked for by default.
    /// </summary>
    public string? Digest { get; init; }

    /// <summary>What the answer must match. Nothing by default.</summary>
    public HttpBodyRegex? Regex { get; init; }

    /// <summary>
    /// How many bytes of an answer are kept for <see cref="Regex"/>: 1 to 16 MiB, 64 KiB by default. Nothing is kept without one.
    /// </summary>
    public int RegexWindow { get; init; } = DefaultRegexWindow;

    /// <summary>Refuses what cannot be meant.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Path);
        if (Path.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new ArgumentException($"The path '{Path}' contains a blank, or what is not printable ASCII.");
        if (Digest is not null && (Digest.Length != 32 || !Digest.All(char.IsAsciiHexDigit)))
            throw new ArgumentException($"The digest '{Digest}' does not consist of 32 hexadecimal digits.");
        if (RegexWindow is < 1 or > 16 * 1024 * 1024)
            throw new ArgumentException($"{nameof(RegexWindow)} must be 1 to 16 MiB, not {RegexWindow}.");
    }
}
