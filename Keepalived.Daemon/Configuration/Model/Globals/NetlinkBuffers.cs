namespace Keepalived.Daemon.Configuration.Model.Globals;

/// <summary>The receive buffers of the netlink sockets.</summary>
public sealed record NetlinkBuffers
{
    /// <summary><c>vrrp_netlink_cmd_rcv_bufs</c></summary>
    public NetlinkBuffer VrrpCommand { get; init; }

    /// <summary><c>vrrp_netlink_monitor_rcv_bufs</c></summary>
    public NetlinkBuffer VrrpMonitor { get; init; }

    /// <summary><c>lvs_netlink_cmd_rcv_bufs</c></summary>
    public NetlinkBuffer IpvsCommand { get; init; }

    /// <summary><c>lvs_netlink_monitor_rcv_bufs</c></summary>
    public NetlinkBuffer IpvsMonitor { get; init; }

    /// <summary><c>process_monitor_rcv_bufs</c></summary>
    public NetlinkBuffer ProcessMonitor { get; init; }
}
