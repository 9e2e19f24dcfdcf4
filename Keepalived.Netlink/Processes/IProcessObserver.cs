namespace Keepalived.Netlink.Processes;

/// <summary>Hears of processes. Called on the loop, in order.</summary>
public interface IProcessObserver
{
    /// <summary>A process began, changed or ended.</summary>
    void OnEvent(in ProcessEvent processEvent);

    /// <summary>Events were lost, as there were too many: what was kept of processes must be read again from /proc.</summary>
    void OnLost();
}
