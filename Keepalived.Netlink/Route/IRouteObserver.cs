namespace Keepalived.Netlink.Route;

/// <summary>
/// Is told of the network at once, on the event loop: see <see cref="RouteMonitor.Subscribe"/>. Its methods must neither block nor throw.
/// </summary>
public interface IRouteObserver
{
    /// <summary>Everything, once, before any event.</summary>
    void OnSnapshot(NetworkSnapshot snapshot);

    /// <summary>A change. Events come in the kernel's order.</summary>
    void OnEvent(NetworkEvent networkEvent);

    /// <summary>The last call, on any thread: the loop may have ended.</summary>
    /// <param name="failure">Why the monitor failed; null if it was disposed of.</param>
    void OnStopped(Exception? failure);
}
