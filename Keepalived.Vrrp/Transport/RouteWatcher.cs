using System.Net.Sockets;
using Keepalived.Netlink.Route;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// Watches the kernel's routes and rules for those of ours that somebody else deletes, as long as any of ours is tracked: a machine may have
/// a million of others. Called on the loop.
/// </summary>
internal sealed class RouteWatcher(TransportContext context) : IRouteObserver, IAsyncDisposable
{
    private RouteMonitor? _monitor;
    private IDisposable? _subscription;
    private NetworkObjects _watched;
    private TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Watches what these need, and nothing if they need nothing.</summary>
    /// <returns>Completes when the watch has begun.</returns>
    public async Task UseAsync(IEnumerable<KeptObject> kept)
    {
        var needed = NetworkObjects.None;
        foreach (var item in kept.Where(item => item.IsTracked))
            needed |= ObjectsOf(item);
        if (needed == _watched)
            return;
        var old = _monitor;
        Stop();
        _watched = needed;
        if (needed != NetworkObjects.None)
        {
            var options = new RouteMonitorOptions { Logger = context.Logger, Objects = needed };
            if (context.Options.MonitorReceiveBufferSize > 0)
                options = options with { ReceiveBufferSize = context.Options.MonitorReceiveBufferSize };
            _ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _monitor = RouteMonitor.Open(context.Loop, options);
            _subscription = _monitor.Subscribe(this);
            await _ready.Task.ConfigureAwait(true);
        }

        if (old is not null)
            await old.DisposeAsync().ConfigureAwait(true);
    }

    /// <summary>Does not listen any more, so that what we remove is not taken for lost.</summary>
    public void Stop()
    {
        _subscription?.Dispose();
        _subscription = null;
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        return _monitor?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    public void OnSnapshot(NetworkSnapshot snapshot) => _ready.TrySetResult();

    public void OnEvent(NetworkEvent networkEvent)
    {
        var now = context.Loop.Now;
        switch (networkEvent)
        {
            case RouteEvent { Change: NetworkChange.Removed } gone:
                if (context.ExpectedRouteRemovals.Remove(RouteKey.Of(gone.Route), now))
                    break;
                context.Static.OnLost(context.Static.Kept.Find(gone.Route), now);
                foreach (var driver in context.Drivers)
                    driver.OnLost(driver.Kept.Find(gone.Route), now);
                break;
            case RuleEvent { Change: NetworkChange.Removed } gone:
                if (context.ExpectedRuleRemovals.Remove(KeptRule.AsKernelTells(gone.Rule), now))
                    break;
                context.Static.OnLost(context.Static.Kept.Find(gone.Rule), now);
                foreach (var driver in context.Drivers)
                    driver.OnLost(driver.Kept.Find(gone.Rule), now);
                break;
            case ResynchronizedEvent:
                context.ExpectedRouteRemovals.Clear();
                context.ExpectedRuleRemovals.Clear();
                break;
        }
    }

    public void OnStopped(Exception? failure)
    {
        if (failure is not null && !_ready.TrySetException(failure))
            context.Logger.MonitorFailed(failure);
    }

    private static NetworkObjects ObjectsOf(KeptObject kept) => kept switch
    {
        KeptRoute { Wish.Route.Family: AddressFamily.InterNetworkV6 } => NetworkObjects.IPv6Routes,
        KeptRoute => NetworkObjects.IPv4Routes,
        KeptRule { Wish.Rule.Family: AddressFamily.InterNetworkV6 } => NetworkObjects.IPv6Rules,
        KeptRule => NetworkObjects.IPv4Rules,
        _ => NetworkObjects.None,
    };
}
