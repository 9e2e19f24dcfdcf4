using System.Net;
using System.Net.Sockets;

namespace Keepalived.Checkers.Tests.Support;

/// <summary>A UDP server on a free port of the loopback address, which answers each datagram with those that the test says.</summary>
internal sealed class LoopbackDatagramServer : IAsyncDisposable
{
    private readonly UdpClient _client = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _serving;

    public LoopbackDatagramServer(Func<byte[], IEnumerable<byte[]>> answer) => _serving = ServeAsync(answer);

    public IPEndPoint Address => (IPEndPoint)_client.Client.LocalEndPoint!;

    public List<byte[]> Received { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving;
        _client.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync(Func<byte[], IEnumerable<byte[]>> answer)
    {
        try
        {
            while (true)
            {
                var request = await _client.ReceiveAsync(_stopping.Token);
                Received.Add(request.Buffer);
                foreach (var reply in answer(request.Buffer))
                    await _client.SendAsync(reply, request.RemoteEndPoint, _stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test has ended.
        }
    }
}
