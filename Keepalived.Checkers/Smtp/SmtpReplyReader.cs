namespace Keepalived.Checkers.Smtp;

/// <summary>
/// Cuts the bytes of an SMTP server into lines, in bounded memory: a line that is longer than <see cref="MaxLineLength"/> loses what does
/// not fit, as in keepalived. Total: any bytes in any pieces.
/// </summary>
public sealed class SmtpReplyReader
{
    /// <summary>The bytes that are kept at a time: 511.</summary>
    public const int MaxLineLength = 511;

    private readonly byte[] _buffer = new byte[MaxLineLength];
    private int _length;

    /// <summary>Where the next bytes go: read into this, then call <see cref="Advance"/>. Never empty.</summary>
    public Memory<byte> Free => _buffer.AsMemory(_length);

    /// <summary>Bytes were put into <see cref="Free"/>.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than there was room for.</exception>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - _length);
        _length += count;
    }

    /// <summary>Takes one line, if one is complete. A full buffer without one is let go.</summary>
    /// <param name="code">The reply code at its start, 0 to 999; -1 if it does not start with three digits and then a blank or the line's
    /// end.</param>
    /// <returns><see langword="true"/> if there was a line.</returns>
    public bool TryRead(out int code)
    {
        code = -1;
        var bytes = _buffer.AsSpan(0, _length);
        var end = bytes.IndexOf((byte)'\n');
        if (end < 0)
        {
            if (_length == _buffer.Length)
                _length = 0;
            return false;
        }

        // A carriage return straight behind the code, or a hyphen, is no final reply for keepalived.
        if (end >= 3 && bytes[3] is (byte)' ' or (byte)'\n' && !bytes[..3].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            code = ((bytes[0] - '0') * 100) + ((bytes[1] - '0') * 10) + bytes[2] - '0';
        bytes[(end + 1)..].CopyTo(_buffer);
        _length -= end + 1;
        return true;
    }
}
