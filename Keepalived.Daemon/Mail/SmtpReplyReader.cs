using System.Text;

namespace Keepalived.Daemon.Mail;

/// <summary>Reads replies of a mail server, which may have several lines (RFC 5321 section 4.2.1), and is not trusted to end them.</summary>
internal sealed class SmtpReplyReader(Stream stream)
{
    private const int MaxLines = 100;
    private readonly byte[] _buffer = new byte[2048];
    private int _start;
    private int _end;

    /// <summary>The next reply: its code and its last line.</summary>
    /// <exception cref="InvalidDataException">It is no reply.</exception>
    /// <exception cref="IOException">The connection is lost.</exception>
    public async ValueTask<(int Code, string Text)> ReadAsync(CancellationToken cancellationToken)
    {
        for (var lines = 0; lines < MaxLines; lines++)
        {
            var line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), out var code) || code is < 200 or > 599)
                throw new InvalidDataException($"'{line}' is no reply of a mail server");
            if (line.Length == 3 || line[3] != '-')
                return (code, line);
        }

        throw new InvalidDataException("the reply has too many lines");
    }

    private async ValueTask<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start.._end).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = Encoding.Latin1.GetString(_buffer, _start, length).TrimEnd('\r');
                _start += length + 1;
                return line;
            }

            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            if (_end == _buffer.Length)
                throw new InvalidDataException("a line of the reply is too long");
            var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (count == 0)
                throw new IOException("the server closed the connection");
            _end += count;
        }
    }
}
