using Keepalived.Daemon.Composition;
using Keepalived.Daemon.Configuration.Model.Globals;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Route;

namespace Keepalived.Daemon.Balancing;

/// <summary>Which addresses this machine has, on whatever interface.</summary>
internal sealed class AddressWatch : IRouteObserver, IDisposable
{
    private readonly Dictionary<InetAddress, int> _counts = [];
    private readonly Action<InetAddress, bool> _changed;
    private readonly RouteMonitor _monitor;

    /// <param name="loop">The loop.</param>
    /// <param name="buffer">The receive buffer of its socket.</param>
    /// <param name="changed">Told when an address came that was not here, or when the last one like it went.</param>
    /// <exception cref="SystemCallException">The kernel does not tell.</exception>
    public AddressWatch(EventLoop loop, NetlinkBuffer buffer, Action<InetAddress, bool> changed)
    {
        _changed = changed;
        _monitor = RouteMonitor.Open(loop, new RouteMonitorOptions { Objects = NetworkObjects.Addresses }.With(buffer));
        _ = _monitor.Subscribe(this);
    }

    /// <summary>The addresses that are here.</summary>
    public IReadOnlyCollection<InetAddress> Present => _counts.Keys;

    /// <inheritdoc/>
    public void OnSnapshot(NetworkSnapshot snapshot)
    {
        foreach (var address in snapshot.Addresses)
            Count(address.Local, 1);
    }

    /// <inheritdoc/>
    public void OnEvent(NetworkEvent networkEvent)
    {
        if (networkEvent is AddressEvent { Change: not NetworkChange.Changed } happened)
            Count(happened.Address.Local, happened.Change == NetworkChange.Added ? 1 : -1);
    }

    /// <inheritdoc/>
    public void OnStopped(Exception? failure)
    {
    }

    /// <summary>Watches no more.</summary>
    public void Dispose() => _ = _monitor.DisposeAsync().AsTask();

    private void Count(InetAddress address, int difference)
    {
        var count = _counts.GetValueOrDefault(address) + difference;
        if (count > 0)
            _counts[address] = count;
        else
            _counts.Remove(address);
        if (count == 0 || (count == 1 && difference > 0))
            _changed(address, count > 0);
    }
}
