using System.Net.Sockets;
using System.Security.Cryptography;
using Keepalived.Checkers.Connections;

namespace Keepalived.Checkers.Dns;

/// <summary>
/// DNS_CHECK: the server answers a question over UDP with RCODE 0. What it answers is not looked at. keepalived's default is three retries
/// in the rhythm of <see cref="CheckPolicy.DelayLoop"/>.
/// </summary>
public sealed class DnsChecker : IChecker
{
    // The longest message of a plain UDP reply is 512 bytes (RFC 1035 section 2.3.4); only its head is read.
    private const int ReceiveSize = 768;

    private readonly DnsCheckerOptions _options;
    private readonly byte[] _query;

    /// <summary>Probes one server.</summary>
    /// <param name="options">Where it is, and what to ask.</param>
    /// <exception cref="ArgumentException">A value of the options is out of its range.</exception>
    public DnsChecker(DnsCheckerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(options.Connection);
        options.Connection.Validate();
        if (!Enum.IsDefined(options.Type))
            throw new ArgumentException($"{options.Type} is no record type that can be asked for.", nameof(options));
        _options = options;
        _query = DnsMessage.BuildQuery(options.Name, options.Type);
    }

    /// <inheritdoc/>
    public async ValueTask<CheckResult> CheckAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (socket, opened) = ProbeSocket.OpenUdp(_options.Connection);
        if (socket is null)
            return opened;
        using var open = socket;
        using var timer = new ProbeTimer(_options.Connection, cancellationToken);
        var id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
        DnsMessage.SetId(_query, id);
        try
        {
            await socket.SendAsync(_query, timer.Token).ConfigureAwait(false);
            var buffer = new byte[ReceiveSize];
            for (var ignored = 1; ; ignored++)
            {
                var count = await socket.ReceiveAsync(buffer, timer.Token).ConfigureAwait(false);
                if (DnsMessage.TryReadReply(buffer.AsSpan(0, count), id, out var code))
                    return code == 0 ? CheckResult.Success : CheckResult.Failure($"the server answers with rcode {code}");
                if (Pace.PauseOf(ignored) is { Ticks: > 0 } pause)
                    await Task.Delay(pause, timer.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (timer.HasExpired)
        {
            return CheckResult.Failure($"timeout waiting for an answer from {_options.Connection.Destination}");
        }
        catch (SocketException e)
        {
            return CheckResult.Failure($"error asking {_options.Connection.Destination}: {e.Message}");
        }
    }
}
