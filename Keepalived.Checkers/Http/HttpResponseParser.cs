using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Keepalived.Checkers.Http;

/// <summary>
/// Reads an answer piece by piece, as it comes, in bounded memory: the headers have to end within <see cref="MaxHeaderLength"/> bytes, a
/// body is counted and hashed and not kept. Total: any bytes in any pieces are an answer or a named failure; how they are cut makes no
/// difference.
/// </summary>
/// <remarks>
/// The rules are those of keepalived: the end of the connection ends the answer, the status has three digits between two blanks, and
/// <c>Content-Length</c> counts in this spelling only and limits the digest, not the reading.
/// </remarks>
public sealed class HttpResponseParser : IDisposable
{
    /// <summary>The bytes that status line, headers and the empty line may take: 4095.</summary>
    public const int MaxHeaderLength = 4095;

    private readonly int _windowSize;
    private readonly IncrementalHash? _hash;
    private byte[] _head;
    private byte[] _window;
    private int _headLength;
    private int _windowLength;
    private long _hashed;

    /// <summary>Waits for the first byte.</summary>
    /// <param name="digest">Compute the MD5 of the body.</param>
    /// <param name="window">How many bytes of the answer to keep for <see cref="Window"/>.</param>
    public HttpResponseParser(bool digest = false, int window = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(window);
        _head = ArrayPool<byte>.Shared.Rent(MaxHeaderLength);
        _window = window == 0 ? [] : ArrayPool<byte>.Shared.Rent(window);
        _windowSize = window;
#pragma warning disable CA5351 // The digest tells one page from another; keepalived's configuration states it as MD5.
        _hash = digest ? IncrementalHash.CreateHash(HashAlgorithmName.MD5) : null;
#pragma warning restore CA5351
    }

    /// <summary>The headers have ended.</summary>
    public bool HasHeaders { get; private set; }

    /// <summary>The headers did not end in time: whatever follows, the answer is bad.</summary>
    public bool IsHopeless => !HasHeaders && _headLength == MaxHeaderLength;

    /// <summary>The status code, 0 to 999; 0 when the first line has none in the right place.</summary>
    public int Status { get; private set; }

    /// <summary>What the <c>Content-Length</c> header says; <see langword="null"/> without one.</summary>
    public long? ContentLength { get; private set; }

    /// <summary>The bytes of status line, headers and the empty line; those that have come while the headers have not ended.</summary>
    public int HeaderLength => _headLength;

    /// <summary>The bytes after the headers.</summary>
    public long BodyLength { get; private set; }

    /// <summary>The start of the answer, headers included.</summary>
    public ReadOnlySpan<byte> Window => _window.AsSpan(0, _windowLength);

    /// <summary>Takes the next bytes.</summary>
    /// <param name="bytes">As many as there are.</param>
    /// <exception cref="ObjectDisposedException">The parser was disposed of.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_head.Length == 0, this);
        if (IsHopeless)
            return;
        var kept = Math.Min(bytes.Length, _windowSize - _windowLength);
        bytes[..kept].CopyTo(_window.AsSpan(_windowLength));
        _windowLength += kept;
        if (!HasHeaders && !TryEndHeaders(ref bytes))
            return;
        BodyLength += bytes.Length;
        if (_hash is null)
            return;
        var hashable = ContentLength is { } limit ? (int)Math.Min(bytes.Length, Math.Max(0, limit - _hashed)) : bytes.Length;
        _hash.AppendData(bytes[..hashable]);
        _hashed += hashable;
    }

    /// <summary>The MD5 of the body so far, cut at <see cref="ContentLength"/>, in 32 lower-case hexadecimal digits.</summary>
    /// <returns>The digest.</returns>
    /// <exception cref="InvalidOperationException">The parser was made without a digest.</exception>
    public string GetDigest() => _hash is null
        ? throw new InvalidOperationException("The parser was made without a digest.")
        : Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>Judges the answer, once the connection has ended: headers, status, digest, regex, in this order.</summary>
    /// <param name="url">What the answer must be.</param>
    /// <returns><see cref="CheckResult.Success"/>, or a failure with the reason.</returns>
    public CheckResult Judge(HttpUrl url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!HasHeaders)
        {
            if (IsHopeless)
                return CheckResult.Failure($"headers do not end within {MaxHeaderLength} bytes");
            return CheckResult.Failure(_headLength == 0 ? "no data received" : "headers do not end");
        }

        if (!url.Status.Contains(Status))
            return CheckResult.Failure(Status == 0 ? "no HTTP status code" : $"HTTP status code {Status}");
        if (url.Digest is { } digest && !digest.Equals(GetDigest(), StringComparison.OrdinalIgnoreCase))
            return CheckResult.Failure($"MD5 digest is {GetDigest()}");
        return url.Regex?.Judge(Window) ?? CheckResult.Success;
    }

    /// <summary>Gives the memory back; the parser and its <see cref="Window"/> are of no use any more.</summary>
    public void Dispose()
    {
        if (_head.Length == 0)
            return;
        ArrayPool<byte>.Shared.Return(_head);
        if (_window.Length != 0)
            ArrayPool<byte>.Shared.Return(_window);
        (_head, _window) = ([], []);
        (_headLength, _windowLength) = (0, 0);
        _hash?.Dispose();
    }

    // On success the bytes are what belongs to the body.
    private bool TryEndHeaders(ref ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(bytes.Length, MaxHeaderLength - _headLength);
        bytes[..taken].CopyTo(_head.AsSpan(_headLength));
        var searched = Math.Max(0, _headLength - 3);
        _headLength += taken;
        var end = _head.AsSpan(searched, _headLength - searched).IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        var length = searched + end + 4;
        bytes = bytes[(taken - (_headLength - length))..];
        _headLength = length;
        HasHeaders = true;
        ParseHead(_head.AsSpan(0, length));
        return true;
    }

    private void ParseHead(ReadOnlySpan<byte> head)
    {
        var blank = head.IndexOf((byte)' ');
        if (blank >= 0 && head.Length > blank + 4 && head[blank + 4] == ' ')
        {
            var digits = head.Slice(blank + 1, 3);
            if (!digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
                Status = ((digits[0] - '0') * 100) + ((digits[1] - '0') * 10) + digits[2] - '0';
        }

        var name = "Content-Length:"u8;
        var start = head.IndexOf(name);
        if (start < 0)
            return;
        var value = head[(start + name.Length)..].TrimStart(" \t"u8);
        var length = value.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (length == 0)
            return;
        // More digits than a number has are no limit that could be reached.
        ContentLength = Utf8Parser.TryParse(value[..length], out long number, out _) ? number : long.MaxValue;
    }
}
