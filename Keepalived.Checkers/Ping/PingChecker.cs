using System.Net;
using System.Net.Sockets;
using Keepalived.Checkers.Connections;

namespace Keepalived.Checkers.Ping;

/// <summary>
/// PING_CHECK: the server answers an ICMP echo. Ports are ignored. The group of the process has to be within the kernel's
/// <c>net.ipv4.ping_group_range</c>; else the probes are local errors.
/// </summary>
public sealed class PingChecker : IChecker
{
    private readonly ConnectionOptions _options;
    private readonly bool _isIPv6;
    private ushort _sequence;

    /// <summary>Probes one server.</summary>
    /// <param name="options">Where it is.</param>
    /// <exception cref="ArgumentException">A value of the options is out of its range.</exception>
    public PingChecker(ConnectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options with { Destination = new IPEndPoint(options.Destination.Address, 0), BindPort = 0 };
        _isIPv6 = options.Destination.AddressFamily == AddressFamily.InterNetworkV6;
    }

    /// <inheritdoc/>
    public async ValueTask<CheckResult> CheckAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var protocol = _isIPv6 ? ProtocolType.IcmpV6 : ProtocolType.Icmp;
        if (ProbeSocket.TryOpen(_options, SocketType.Dgram, protocol, out var socket) is { IsSuccess: false } failure)
            return failure;
        using var open = socket!;
        using var timer = new ProbeTimer(_options, cancellationToken);
        var sequence = ++_sequence;
        try
        {
            var buffer = new byte[PingPacket.Length];
            PingPacket.WriteRequest(buffer, sequence, _isIPv6);
            await open.ConnectAsync(_options.Destination, timer.Token).ConfigureAwait(false);
            await open.SendAsync(buffer, timer.Token).ConfigureAwait(false);
            for (var ignored = 1; ; ignored++)
            {
                var count = await open.ReceiveAsync(buffer, timer.Token).ConfigureAwait(false);
                if (PingPacket.IsReply(buffer.AsSpan(0, count), sequence, _isIPv6))
                    return CheckResult.Success;
                if (Pace.PauseOf(ignored) is { Ticks: > 0 } pause)
                    await Task.Delay(pause, timer.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (timer.HasExpired)
        {
            return CheckResult.Failure($"no echo from {_options.Destination.Address}");
        }
        catch (SocketException e)
        {
            return CheckResult.Failure($"error from {_options.Destination.Address}: {e.Message}");
        }
    }
}
