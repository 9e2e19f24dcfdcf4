using System.Net;
using System.Net.Sockets;

namespace Keepalived.Checkers.Tests.Support;

/// <summary>A server on a free port of the loopback address, which does to each connection what the test says.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<Socket, CancellationToken, Task> _serve;
    private readonly Task _accepting;
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open = 1; // The listener, and each connection.

    public LoopbackServer(Func<Socket, CancellationToken, Task> serve)
    {
        _serve = serve;
        _listener.Start(1000);
        _accepting = AcceptAsync();
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>A port on which nobody listens, for a moment.</summary>
    public static IPEndPoint Nobody
    {
        get
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            return (IPEndPoint)socket.LocalEndPoint!;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Dispose();
        Close();
        await _idle.Task;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var socket = await _listener.AcceptSocketAsync(_stopping.Token);
                Interlocked.Increment(ref _open);
                _ = ServeAsync(socket);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                await _serve(socket, _stopping.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
            {
                // The checker went away, or the test has ended: what these servers are for.
            }
            finally
            {
                Close();
            }
        }
    }

    private void Close()
    {
        if (Interlocked.Decrement(ref _open) == 0)
            _idle.TrySetResult();
    }
}
