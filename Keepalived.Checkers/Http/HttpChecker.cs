using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Keepalived.Checkers.Connections;

namespace Keepalived.Checkers.Http;

/// <summary>HTTP_GET and SSL_GET: one request on a connection of its own, and the answer to its end.</summary>
public sealed class HttpChecker : IChecker
{
    private const int ReadSize = 4096;

    // For answers that are longer than most pages.
    private const int LongReadSize = 64 * 1024;

    private readonly HttpCheckerOptions _options;
    private readonly HttpCheckerState? _state;
    private readonly byte[][] _requests;
    private readonly string[] _hosts;

    /// <summary>Probes one server.</summary>
    /// <param name="options">Where it is, and what to ask.</param>
    /// <param name="state">Says which of the URLs is next, where there are several. Give the same state to the scheduler.</param>
    /// <exception cref="ArgumentException">A value of the options is out of its range, or there are several URLs and no state.</exception>
    public HttpChecker(HttpCheckerOptions options, HttpCheckerState? state = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (state is null && options.Urls.Count > 1)
            throw new ArgumentException("Several URLs need a state that says which one is next.", nameof(state));
        _options = options;
        _state = state;
        var address = HttpRequest.FormatHost(options.Connection.Destination);
        _hosts = [.. options.Urls.Select(url => url.VirtualHost ?? options.VirtualHost ?? "")];
        _requests = [.. options.Urls.Zip(_hosts, Build)];

        byte[] Build(HttpUrl url, string host) => HttpRequest.Build(options.Protocol, url.Path, host.Length == 0 ? address : host);
    }

    /// <inheritdoc/>
    public async ValueTask<CheckResult> CheckAsync(CancellationToken cancellationToken)
    {
        var index = _state?.CurrentUrl ?? 0;
        var url = _options.Urls[index];
        using var parser = new HttpResponseParser(url.Digest is not null, url.Regex is null ? 0 : url.RegexWindow);
        var fetched = await FetchAsync(index, parser, cancellationToken).ConfigureAwait(false);
        return fetched.IsSuccess ? parser.Judge(url) : fetched;
    }

    /// <summary>Asks for one of the URLs and gives the answer to a parser, whatever it is: for those who want to look at it.</summary>
    /// <param name="index">Which of the URLs, from 0.</param>
    /// <param name="parser">Gets the answer.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>A success if the server ended the connection in order, or the parser wants no more.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask<CheckResult> FetchAsync(int index, HttpResponseParser parser, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parser);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _requests.Length);
        cancellationToken.ThrowIfCancellationRequested();
        using var timer = new ProbeTimer(_options.Connection, cancellationToken);
        var (socket, connected) = await ProbeSocket.ConnectAsync(_options.Connection, timer).ConfigureAwait(false);
        if (socket is null)
            return connected;
        var plain = new NetworkStream(socket, ownsSocket: true);
        await using (plain.ConfigureAwait(false))
        {
            if (_options.Tls is not { } tls)
                return await AskAsync(plain, index, parser, timer).ConfigureAwait(false);
            var secure = new SslStream(plain, leaveInnerStreamOpen: true);
            await using (secure.ConfigureAwait(false))
            {
                var name = _options.Urls[index].ServerName ?? tls.ServerName ?? _hosts[index];
                if (await HandshakeAsync(secure, tls, name, timer).ConfigureAwait(false) is { IsSuccess: false } failure)
                    return failure;
                var answer = await AskAsync(secure, index, parser, timer).ConfigureAwait(false);
                if (answer.IsSuccess && tls.SendCloseNotify)
                    await SayGoodbyeAsync(secure).ConfigureAwait(false);
                return answer;
            }
        }
    }

    // The handshake has what the connection left of its time.
    private async ValueTask<CheckResult> HandshakeAsync(SslStream stream, HttpTlsOptions tls, string name, ProbeTimer timer)
    {
        var options = TlsHandshake.Create(tls, name, _options.Connection.Destination.Address);
        try
        {
            await stream.AuthenticateAsClientAsync(options, timer.Token).ConfigureAwait(false);
            return CheckResult.Success;
        }
        catch (OperationCanceledException) when (timer.HasExpired)
        {
            return CheckResult.Failure("timeout in the TLS handshake");
        }
        catch (Exception e) when (e is AuthenticationException or IOException or SocketException)
        {
            return CheckResult.Failure($"TLS handshake failed: {Describe(e)}");
        }
    }

    // The answer is there; a server that hears no good-bye any more is no worse for it.
    private static async ValueTask SayGoodbyeAsync(SslStream stream)
    {
        try
        {
            await stream.ShutdownAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // It has closed the connection.
        }
    }

    private async ValueTask<CheckResult> AskAsync(Stream stream, int index, HttpResponseParser parser, ProbeTimer timer)
    {
        var time = _options.Connection.TimeProvider;
        var timeout = _options.Connection.Timeout;
        var step = "sending the request";
        var asked = time.GetTimestamp();
        var isLast = false; // The step that is timed is the rest of the whole answer's time.
        long received = 0;
        var buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
        try
        {
            timer.Restart(timeout);
            await stream.WriteAsync(_requests[index], timer.Token).ConfigureAwait(false);
            step = "waiting for the answer";
            for (var reads = 0; ; reads++)
            {
                var left = Left(time, asked);
                if (left <= TimeSpan.Zero)
                    return TooLong();
                // Under TLS one timeout is for all of the body, as keepalived does it: it starts with the first byte.
                if (_options.Tls is null || reads < 2)
                {
                    isLast = left < timeout;
                    timer.Restart(isLast ? left : timeout);
                }

                var count = await stream.ReadAsync(buffer, timer.Token).ConfigureAwait(false);
                if (count == 0)
                    return CheckResult.Success;
                parser.Append(buffer.AsSpan(0, count));
                if (parser.IsHopeless)
                    return CheckResult.Success;
                step = "reading the answer";
                received += count;
                if (received >= LongReadSize && buffer.Length < LongReadSize)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = ArrayPool<byte>.Shared.Rent(LongReadSize);
                }

                if (Pace.PauseOf(received, time.GetElapsedTime(asked)) is { Ticks: > 0 } pause)
                    await Task.Delay(pause, time, timer.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (timer.HasExpired)
        {
            return isLast ? TooLong() : CheckResult.Failure($"timeout {step}");
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return CheckResult.Failure($"error {step}: {Describe(e)}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private CheckResult TooLong() => CheckResult.Failure($"the answer does not end within {_options.ResponseLimit.TotalSeconds} s");

    private TimeSpan Left(TimeProvider time, long asked) =>
        _options.ResponseLimit == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : _options.ResponseLimit - time.GetElapsedTime(asked);

    // The innermost reason is the one that tells something: "Connection reset by peer".
    private static string Describe(Exception e) => e.GetBaseException().Message;
}
