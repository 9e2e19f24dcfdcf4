using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Route;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// Makes and deletes links on a thread of its own: the kernel takes milliseconds for one, in which the loop goes on sending adverts. The
/// thread begins with the first request and is in the network namespace of the thread that makes it.
/// </summary>
internal sealed class LinkWorker(ILogger logger, NetlinkSocketOptions socket) : IAsyncDisposable
{
    private EventLoop? _loop;
    private RouteClient? _client;

    /// <summary>Sends a batch; what the kernel refuses is in the result.</summary>
    /// <exception cref="IOException">The connection to the kernel failed.</exception>
    public Task<NetlinkBatchResult> SendAsync(RouteBatch batch)
    {
        if (_client is null)
        {
            _loop = new EventLoop(new EventLoopOptions { Name = "vrrp links", Logger = logger, LongTurnThreshold = TimeSpan.FromMinutes(1) });
            _loop.Start();
            _client = RouteClient.Open(_loop, socket);
        }

        return _client.SendAsync(batch);
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
            await _client.DisposeAsync().ConfigureAwait(true);
        if (_loop is { } loop)
            await Task.Run(loop.Dispose).ConfigureAwait(true);
    }
}
