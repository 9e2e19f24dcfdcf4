using System.Net;
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

    /// <summary>What it says that a connection did not come up: some errors are the server's, others are of this machine.</summary>
    /// <param name="error">The error number of connect(2).</param>
    /// <param name="message">What that means, in words.</param>
    /// <param name="destination">Where the connection was to go.</param>
    /// <returns>A failure of the server, or a <see cref="CheckOutcome.LocalError"/>.</returns>
    public static CheckResult ConnectFailure(int error, string message, IPEndPoint destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return ProbeSocket.ConnectFailure(error, message, destination);
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
