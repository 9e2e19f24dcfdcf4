using System.Net;
using System.Net.Sockets;
using System.Text;
using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Mail;

/// <summary>
/// A connection to the mail server: plain SMTP (RFC 5321), as many mails as there are. Each step, connecting too, has the configured time.
/// </summary>
internal sealed class SmtpSession : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly SmtpReplyReader _replies;
    private readonly TimeSpan _timeout;

    private SmtpSession(Socket socket, TimeSpan timeout)
    {
        (_socket, _timeout) = (socket, timeout);
        _stream = new NetworkStream(socket);
        _replies = new SmtpReplyReader(_stream);
    }

    /// <summary>Connects and says who we are.</summary>
    /// <exception cref="SmtpRefusedException">The server does not want us.</exception>
    /// <exception cref="IOException">The connection was lost.</exception>
    /// <exception cref="SocketException">There is no connection.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public static async Task<SmtpSession> ConnectAsync(MailConfiguration configuration, string heloName, CancellationToken cancellationToken)
    {
        var socket = await Limit(
            async token =>
            {
                var addresses = await Dns.GetHostAddressesAsync(configuration.Server!, token).ConfigureAwait(false);
                var connecting = new Socket(SocketType.Stream, ProtocolType.Tcp);
                try
                {
                    await connecting.ConnectAsync(addresses, configuration.Port, token).ConfigureAwait(false);
                    return connecting;
                }
                catch
                {
                    connecting.Dispose();
                    throw;
                }
            },
            "connecting", configuration.Timeout, cancellationToken).ConfigureAwait(false);
        var session = new SmtpSession(socket, configuration.Timeout);
        try
        {
            await session.ExpectAsync("greeting", 220, cancellationToken).ConfigureAwait(false);
            await session.CommandAsync($"HELO {heloName}", 250, cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Delivers one mail. Recipients that the server refuses are left out, and returned.</summary>
    /// <param name="from">The sender.</param>
    /// <param name="recipients">The recipients.</param>
    /// <param name="text">The text, with its final dot.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SmtpRefusedException">The server does not take it, or none of the recipients.</exception>
    /// <exception cref="IOException">The connection was lost.</exception>
    /// <exception cref="TimeoutException">A reply took too long.</exception>
    public async Task<IReadOnlyList<SmtpRefusedException>> SendAsync(
        string from, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        await CommandAsync($"MAIL FROM:{MailAddressText.ToEnvelope(from)}", 250, cancellationToken).ConfigureAwait(false);
        var refused = new List<SmtpRefusedException>();
        foreach (var recipient in recipients)
        {
            try
            {
                await CommandAsync($"RCPT TO:{MailAddressText.ToEnvelope(recipient)}", 250, cancellationToken).ConfigureAwait(false);
            }
            catch (SmtpRefusedException e)
            {
                refused.Add(e);
                if (refused.Count == recipients.Count)
                {
                    await CommandAsync("RSET", 250, cancellationToken).ConfigureAwait(false);
                    throw;
                }
            }
        }

        await CommandAsync("DATA", 354, cancellationToken).ConfigureAwait(false);
        await WriteAsync(text, cancellationToken).ConfigureAwait(false);
        await ExpectAsync("the mail", 250, cancellationToken).ConfigureAwait(false);
        return refused;
    }

    /// <summary>Says goodbye; that it fails does not matter any more.</summary>
    public async Task QuitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CommandAsync("QUIT", 221, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or TimeoutException or SmtpRefusedException)
        {
            // The mails are delivered or not: goodbye changes neither.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        _socket.Dispose();
    }

    private async Task CommandAsync(string command, int expected, CancellationToken cancellationToken)
    {
        await WriteAsync(Encoding.UTF8.GetBytes(command.ReplaceLineEndings(" ") + "\r\n"), cancellationToken).ConfigureAwait(false);
        await ExpectAsync(command, expected, cancellationToken).ConfigureAwait(false);
    }

    private Task<bool> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => Limit(
        async token =>
        {
            await _stream.WriteAsync(bytes, token).ConfigureAwait(false);
            return true;
        },
        "sending", _timeout, cancellationToken);

    private async Task ExpectAsync(string step, int expected, CancellationToken cancellationToken)
    {
        var (code, text) = await Limit(token => _replies.ReadAsync(token).AsTask(), step, _timeout, cancellationToken).ConfigureAwait(false);
        // 251 and 252 accept a recipient, too (RFC 5321 section 4.2.3).
        if (code != expected && !(expected == 250 && code is 251 or 252))
            throw new SmtpRefusedException(step, code, text);
    }

    private static async Task<T> Limit<T>(
        Func<CancellationToken, Task<T>> action, string step, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            return await action(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{step}: no answer within {timeout.TotalSeconds} s");
        }
    }
}
