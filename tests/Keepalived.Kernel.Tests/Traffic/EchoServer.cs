using System.Net;
using System.Net.Sockets;
using System.Text;
using Keepalived.Kernel.Tests.Lab;

namespace Keepalived.Kernel.Tests.Traffic;

/// <summary>A TCP server at a node that says its name to whoever connects, and again whenever it is told something.</summary>
internal sealed class EchoServer : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _listener;

    public EchoServer(Node node, string name, int port, AddressFamily family)
    {
        _listener = node.Namespace.Run(() =>
        {
            var socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp);
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, port));
            socket.Listen(128);
            return socket;
        });
        _ = ServeAsync(Encoding.ASCII.GetBytes(name));
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync(byte[] name)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var connection = await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                _ = ConverseAsync(connection, name);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // A client that is gone already is no reason to stop serving.
            }
        }
    }

    private async Task ConverseAsync(Socket connection, byte[] name)
    {
        using (connection)
        {
            try
            {
                var buffer = new byte[64];
                do
                    await connection.SendAsync(name, _stop.Token).ConfigureAwait(false);
                while (await connection.ReceiveAsync(buffer, _stop.Token).ConfigureAwait(false) > 0);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                // The client or the test is done.
            }
        }
    }
}
