using Keepalived.Netlink.Route;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Transport;

/// <summary>Keeps the table of interfaces as the kernel tells it, and takes the routers what concerns them. Called on the loop.</summary>
internal sealed class NetworkWatcher(TransportContext context) : IRouteObserver
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the table is filled.</summary>
    public Task Ready => _ready.Task;

    public void OnSnapshot(NetworkSnapshot snapshot)
    {
        foreach (var link in snapshot.Links)
            context.Interfaces.Set(link);
        foreach (var address in snapshot.Addresses)
            context.Interfaces.Set(address);
        _ready.TrySetResult();
    }

    public void OnEvent(NetworkEvent networkEvent)
    {
        var now = context.Loop.Now;
        switch (networkEvent)
        {
            case LinkEvent { Change: NetworkChange.Removed } gone:
                context.Interfaces.Remove(gone.Link.Index);
                UpdateRouters(now);
                break;
            case LinkEvent changed:
                context.Interfaces.Set(changed.Link);
                context.Static.UpdateNetwork();
                UpdateRouters(now);
                break;
            case AddressEvent { Change: NetworkChange.Removed } gone:
                context.Interfaces.Remove(gone.Address);
                OnAddressRemoved(gone.Address, now);
                UpdateRouters(gone.Address, now);
                break;
            case AddressEvent changed:
                context.Interfaces.Set(changed.Address);
                UpdateRouters(changed.Address, now);
                break;
            case ResynchronizedEvent:
                context.ExpectedRemovals.Clear();
                break;
        }
    }

    public void OnStopped(Exception? failure)
    {
        if (failure is not null && !_ready.TrySetException(failure))
            context.Logger.MonitorFailed(failure);
    }

    private void OnAddressRemoved(Address address, long now)
    {
        if (context.ExpectedRemovals.Remove((address.InterfaceIndex, address.Prefix), now))
            return;
        context.Static.OnLost(context.Static.Kept.Find(address.InterfaceIndex, address.Prefix), now);
        foreach (var driver in context.Drivers)
            driver.OnLost(driver.Kept.Find(address.InterfaceIndex, address.Prefix), now);
    }

    /// <summary>Our own addresses come and go with the state of the routers, and are nobody's source.</summary>
    private void UpdateRouters(Address address, long now)
    {
        if (!context.IsVirtualAddress(address.Local))
            UpdateRouters(now);
    }

    private void UpdateRouters(long now)
    {
        foreach (var driver in context.Drivers)
            driver.UpdateNetwork(now);
    }
}
