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
            context.LinkStates.Report(context.Interfaces.Set(link));
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
                context.UpdateRouters(gone.Link.Name, gone.Link.Index, now);
                context.Virtual.OnLinkRemoved(gone.Link.Index);
                break;
            case LinkEvent changed:
                OnChanged(changed.Link, now);
                break;
            case AddressEvent { Change: NetworkChange.Removed } gone:
                LogAddress("removed from", gone.Address);
                context.Interfaces.Remove(gone.Address);
                OnAddressRemoved(gone.Address, now);
                UpdateRouters(gone.Address, now);
                break;
            case AddressEvent changed:
                if (changed.Change == NetworkChange.Added)
                    LogAddress("added to", changed.Address);
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

    private void LogAddress(string what, Address address)
    {
        if (context.Options.LogAddresses)
            context.Logger.AddressChanged(address.Prefix, what, context.Interfaces.Find(address.InterfaceIndex)?.Name ?? "?");
    }

    private void OnAddressRemoved(Address address, long now)
    {
        if (context.ExpectedRemovals.Remove((address.InterfaceIndex, address.Prefix), now))
            return;
        context.Static.OnLost(context.Static.Kept.Find(address.InterfaceIndex, address.Prefix), now);
        foreach (var driver in context.Drivers)
            driver.OnLost(driver.Kept.Find(address.InterfaceIndex, address.Prefix), now);
    }

    private void OnChanged(Link changed, long now)
    {
        // Under another name it is another interface, and the one of that name is gone.
        var before = context.Interfaces.Find(changed.Index)?.Name;
        var link = context.Interfaces.Set(changed);
        context.LinkStates.Report(link);
        context.Virtual.OnLink(link);
        context.Static.UpdateNetwork();
        if (before is not null && before != link.Name)
            context.UpdateRouters(before, link.Index, now);
        context.UpdateRouters(link, now);
    }

    /// <summary>Our own addresses come and go with the state of the routers, and are nobody's source.</summary>
    private void UpdateRouters(Address address, long now)
    {
        context.Virtual.OnAddress(address.Local);
        if (!context.IsVirtualAddress(address.Local) && context.Interfaces.Find(address.InterfaceIndex) is { } link)
            context.UpdateRouters(link, now);
        foreach (var driver in context.AwaitingSource.Where(driver => driver.AwaitedSource == address.Local).ToArray())
            driver.UpdateNetwork(now);
    }
}
