using Keepalived.Checkers.Connections;

namespace Keepalived.Checkers.Tcp;

/// <summary>TCP_CHECK: the server is well when a connection comes up. It is closed at once; nothing is sent.</summary>
public sealed class TcpChecker : IChecker
{
    private readonly ConnectionOptions _options;

    /// <summary>Probes one server.</summary>
    /// <param name="options">Where it is.</param>
    /// <exception cref="ArgumentException">A value of the options is out of its range.</exception>
    public TcpChecker(ConnectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    /// <inheritdoc/>
    public async ValueTask<CheckResult> CheckAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var timer = new ProbeTimer(_options, cancellationToken);
        var (socket, result) = await ProbeSocket.ConnectAsync(_options, timer).ConfigureAwait(false);
        socket?.Dispose();
        return result;
    }
}
