using Keepalived.Netlink.Io;
using Keepalived.Netlink.Route;

namespace Keepalived.Vrrp.Tests.Transport;

/// <summary>What happens to IPv4 routes in a namespace from now on, as the kernel tells it.</summary>
internal sealed class RouteEvents : IRouteObserver, IDisposable
{
    private readonly TaskCompletionSource _ready = new();
    private readonly List<NetworkChange> _changes = [];
    private readonly EventLoop _loop;
    private readonly RouteMonitor _monitor;

    public RouteEvents(NetworkNamespace network)
    {
        _loop = new EventLoop(new EventLoopOptions { Name = "watch", NetworkNamespace = network });
        _loop.Start();
        _monitor = RouteMonitor.Open(_loop, new RouteMonitorOptions { Objects = NetworkObjects.IPv4Routes, NetworkNamespace = network });
        _ = _monitor.Subscribe(this);
    }

    public Task Ready => _ready.Task;

    public IReadOnlyList<NetworkChange> Changes
    {
        get
        {
            lock (_changes)
                return [.. _changes];
        }
    }

    public void OnSnapshot(NetworkSnapshot snapshot) => _ready.SetResult();

    public void OnEvent(NetworkEvent networkEvent)
    {
        lock (_changes)
        {
            if (networkEvent is RouteEvent route)
                _changes.Add(route.Change);
        }
    }

    public void OnStopped(Exception? failure) => _ready.TrySetException(failure ?? new ObjectDisposedException(nameof(RouteEvents)));

    public void Dispose()
    {
        _monitor.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _loop.Dispose();
    }
}
