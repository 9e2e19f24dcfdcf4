using System.Net.Sockets;
using Keepalived.Checkers.Connections;

namespace Keepalived.Checkers.Udp;

/// <summary>
/// UDP_CHECK: a datagram goes out, and no ICMP error comes back; or, when a reply is required, a reply that looks as it should. A healthy
/// server that keeps silent makes each probe last the whole timeout.
/// </summary>
public sealed class UdpChecker : IChecker
{
    private readonly UdpCheckerOptions _options;
    private readonly int _receiveSize;

    /// <summary>Probes one server.</summary>
    /// <param name="options">Where it is, and what to send.</param>
    /// <exception cref="ArgumentException">A value of the options is out of its range.</exception>
    public UdpChecker(UdpCheckerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        // One byte more than is allowed tells a reply that is too long.
        _receiveSize = (options.Reply?.MaxLength ?? 0) + 1;
    }

    /// <inheritdoc/>
    public async ValueTask<CheckResult> CheckAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (socket, opened) = ProbeSocket.OpenUdp(_options.Connection);
        if (socket is null)
            return opened with { Outcome = CheckOutcome.Failure }; // keepalived counts even what is this side's problem.
        using var open = socket;
        using var timer = new ProbeTimer(_options.Connection, cancellationToken);
        try
        {
            await socket.SendAsync(_options.Payload, timer.Token).ConfigureAwait(false);
            var buffer = new byte[_receiveSize];
            var count = await socket.ReceiveAsync(buffer, timer.Token).ConfigureAwait(false);
            if (_options.Reply is { } pattern && !pattern.IsMatch(buffer.AsSpan(0, count)))
                return CheckResult.Failure($"the reply from {_options.Connection.Destination} is not the one expected");
            return CheckResult.Success;
        }
        catch (OperationCanceledException) when (timer.HasExpired)
        {
            return _options.RequireReply ? CheckResult.Failure($"no reply from {_options.Connection.Destination}") : CheckResult.Success;
        }
        catch (SocketException e)
        {
            return CheckResult.Failure($"error from {_options.Connection.Destination}: {e.Message}");
        }
    }
}
