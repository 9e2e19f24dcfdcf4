using Keepalived.Netlink;

namespace Keepalived.Daemon.Balancing;

/// <content>Virtual servers that are checked only while their address is on this machine (<c>ha_suspend</c>).</content>
internal sealed partial class Balancer
{
    private readonly HashSet<VirtualService> _suspended = [];
    private AddressWatch? _addresses;

    /// <summary>Looks at every virtual server again, after it or the addresses have changed.</summary>
    private void WatchAddresses()
    {
        if (_addresses is null && _services.Exists(static service => service.Configuration.HaSuspend))
            _addresses = new AddressWatch(_options.Loop, _options.MonitorBuffer, OnAddress);
        _suspended.IntersectWith(_services);
        foreach (var service in _services)
            Suspend(service, service.Configuration.HaSuspend && !IsHere(service), isStart: true);
    }

    private void OnAddress(InetAddress address, bool isHere)
    {
        foreach (var service in _services.Where(service =>
            service.Configuration.HaSuspend && service.Serves(address)))
        {
            Log.AddressChanged(_logger, address.ToString(), isHere ? "added" : "removed");
            Suspend(service, !IsHere(service), isStart: false);
        }
    }

    private bool IsHere(VirtualService service) =>
        _addresses is { } addresses && addresses.Present.Any(service.Serves);

    private void Suspend(VirtualService service, bool isSuspended, bool isStart)
    {
        var changed = isSuspended ? _suspended.Add(service) : _suspended.Remove(service);
        if (!changed && !(isStart && isSuspended))
            return;
        foreach (var check in service.Servers.SelectMany(static server => server.Checks))
        {
            // A probe that others share goes on while one of them wants it.
            if (check.Probe is { Scheduled: { } scheduled } probe)
                scheduled.IsEnabled = probe.Checks.Any(other => !_suspended.Contains(other.Service));
            if (isSuspended)
                Log.CheckSuspended(_logger, check.Server.Name, service.Name);
            else
                Log.CheckActivated(_logger, check.Server.Name, service.Name);
        }
    }
}
