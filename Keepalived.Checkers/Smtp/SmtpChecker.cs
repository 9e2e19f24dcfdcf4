using System.Net.Sockets;
using System.Text;
using Keepalived.Checkers.Connections;

namespace Keepalived.Checkers.Smtp;

/// <summary>
/// SMTP_CHECK: the server greets with 220, answers HELO with 250 and QUIT with anything. Schedule it with
/// <see cref="CheckPolicy.FirstFailureDecides"/> off and <see cref="CheckPolicy.RetryWhileDown"/> on to have keepalived's rhythm.
/// </summary>
public sealed class SmtpChecker : IChecker
{
    // Lines and their number are the server's choice; this many of them without an end to the dialogue are no answer.
    private const int MaxReads = 1000;

    private readonly SmtpCheckerOptions _options;
    private readonly byte[] _helo;

    /// <summary>Probes one server.</summary>
    /// <param name="options">Where it is.</param>
    /// <exception cref="ArgumentException">A value of the options is out of its range.</exception>
    public SmtpChecker(SmtpCheckerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _helo = Encoding.ASCII.GetBytes($"HELO {options.HeloName}\r\n");
    }

    private static ReadOnlyMemory<byte> Quit { get; } = "QUIT\r\n"u8.ToArray();

    /// <inheritdoc/>
    public async ValueTask<CheckResult> CheckAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var timer = new ProbeTimer(_options.Connection, cancellationToken);
        var (socket, connected) = await ProbeSocket.ConnectAsync(_options.Connection, timer).ConfigureAwait(false);
        if (socket is null)
            return connected;
        using (socket)
            return await TalkAsync(socket, timer).ConfigureAwait(false);
    }

    private async ValueTask<CheckResult> TalkAsync(Socket socket, ProbeTimer timer)
    {
        var reader = new SmtpReplyReader();
        var step = "waiting for the greeting";
        try
        {
            if (await ReadAsync(socket, reader, timer).ConfigureAwait(false) is var greeting and not 220)
                return Unexpected("greeting", greeting);
            step = "at HELO";
            await SendAsync(socket, _helo, timer).ConfigureAwait(false);
            if (await ReadAsync(socket, reader, timer).ConfigureAwait(false) is var answer and not 250)
                return Unexpected("answer to HELO", answer);
            step = "at QUIT";
            await SendAsync(socket, Quit, timer).ConfigureAwait(false);
            var last = await ReadAsync(socket, reader, timer).ConfigureAwait(false);
            return last is null ? Unexpected("answer to QUIT", last) : CheckResult.Success;
        }
        catch (OperationCanceledException) when (timer.HasExpired)
        {
            return CheckResult.Failure($"timeout {step}");
        }
        catch (SocketException e)
        {
            return CheckResult.Failure($"error {step}: {e.Message}");
        }
    }

    private static CheckResult Unexpected(string what, int? code) => CheckResult.Failure(code switch
    {
        null => $"no {what}: the server ended the connection",
        -1 => $"bad {what}: not a reply",
        _ => $"bad {what}: {code}",
    });

    private async ValueTask SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, ProbeTimer timer)
    {
        timer.Restart(_options.Connection.Timeout);
        while (!bytes.IsEmpty)
            bytes = bytes[await socket.SendAsync(bytes, timer.Token).ConfigureAwait(false)..];
    }

    // The code of a line, -1 for one without; nothing at the end of the connection. One timeout is for all of the line.
    private async ValueTask<int?> ReadAsync(Socket socket, SmtpReplyReader reader, ProbeTimer timer)
    {
        timer.Restart(_options.Connection.Timeout);
        int code;
        for (var reads = 0; !reader.TryRead(out code); reads++)
        {
            var count = await socket.ReceiveAsync(reader.Free, timer.Token).ConfigureAwait(false);
            if (count == 0)
                return null;
            if (reads == MaxReads)
                return -1;
            reader.Advance(count);
        }

        return code;
    }
}
