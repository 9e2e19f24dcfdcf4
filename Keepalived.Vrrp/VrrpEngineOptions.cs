using System.Diagnostics.Metrics;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Route;
using Keepalived.Vrrp.Firewall;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp;

/// <summary>What concerns all virtual routers of an engine.</summary>
public sealed record VrrpEngineOptions
{
    /// <summary>
    /// The loop that everything runs on. By default (<see langword="null"/>) the engine makes one with a thread of its own, and ends it
    /// when it stops. A loop given here must be started by its owner, and keeps running.
    /// </summary>
    public EventLoop? EventLoop { get; init; }

    /// <summary>The network namespace of the engine's own loop; <see langword="null"/> for that of the process.</summary>
    public NetworkNamespace? NetworkNamespace { get; init; }

    /// <summary>The real-time priority (SCHED_RR, 1-99) of the engine's own loop; <see langword="null"/> for none.</summary>
    public int? RealTimePriority { get; init; }

    /// <summary>Where to log; <see langword="null"/> for nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>Who makes the meter <c>Keepalived.Vrrp</c>; <see langword="null"/> for one without a factory.</summary>
    public IMeterFactory? MeterFactory { get; init; }

    /// <summary>
    /// Called for every event, on the loop, in order, before any other reader sees it. Must return quickly and must not block; what it
    /// throws is logged.
    /// </summary>
    public Action<VirtualRouterEvent>? Observer { get; init; }

    /// <summary>
    /// The same for the events of sync groups. Those of a group's members come before the group's own, except at the start.
    /// </summary>
    public Action<SyncGroupEvent>? GroupObserver { get; init; }

    /// <summary>
    /// Whether an interface may be missing at the start: its virtual routers are then in Fault until it appears. By default that is an
    /// error. (An interface that goes away later may always come back.)
    /// </summary>
    public bool DynamicInterfaces { get; init; }

    /// <summary>
    /// Whether an interface may come back as something else, so that only then it shows that two multicast routers with one VRID are on the
    /// same wire (dynamic_interfaces allow_if_changes): the later one is then in Fault. By default the engine does not start, or take new
    /// options, if it is so.
    /// </summary>
    public bool AllowInterfaceChanges { get; init; }

    /// <summary>
    /// A file where the engine writes down the interfaces that it makes and the kernel settings that it changes, so that its next run can
    /// undo what a killed one left; <see langword="null"/> for none. No two engines that run at the same time may have the same. It does not
    /// exist while there is nothing to undo.
    /// </summary>
    public string? JournalFile { get; init; }

    /// <summary>For how long after the start adverts are neither sent nor heard; zero for none.</summary>
    public TimeSpan StartupDelay { get; init; }

    /// <summary>Whether stopping gives up mastership and removes the addresses. Default <see langword="true"/>.</summary>
    public bool ReleaseOnStop { get; init; } = true;

    /// <summary>
    /// Whether a router that ends to be master also removes those of its addresses that are there though it has not set them, or no more:
    /// an administrator or another program has (--release-vips).
    /// </summary>
    public bool ReleasesForeignAddresses { get; init; }

    /// <summary>
    /// How long stopping waits for the kernel to confirm that the addresses are gone. Default 2 s. It normally takes less than a
    /// millisecond.
    /// </summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The packet filter of routers without <see cref="VirtualRouterOptions.AcceptMode"/>; <see langword="null"/> to leave the kernel's
    /// packet filter alone: then no router may need it.
    /// </summary>
    public VrrpFirewallOptions? Firewall { get; init; } = VrrpFirewallOptions.Default;

    /// <summary>
    /// Whether the kernel reports memberships of link-local IPv4 groups (224.0.0.0/24) while the engine runs; <see langword="false"/> sets
    /// net.ipv4.igmp_link_local_mcast_reports of the network namespace to 0, and back at the end (disable_local_igmp). Then virtual MAC
    /// interfaces need no filter for them.
    /// </summary>
    public bool LocalGroupReports { get; init; } = true;

    /// <summary>Whether adverts for virtual routers that are not ours are logged (rate-limited); they are counted in any case.</summary>
    public bool LogUnknownVirtualRouterIds { get; init; }

    /// <summary>Whether all addresses that come and go on this machine are logged.</summary>
    public bool LogAddresses { get; init; }

    /// <summary>The receive buffer of the netlink monitor, in bytes; 0 for the default of <see cref="RouteMonitorOptions"/>.</summary>
    public int MonitorReceiveBufferSize { get; init; }

    /// <summary>Whether it may be larger than net.core.rmem_max (SO_RCVBUFFORCE). Default <see langword="true"/>.</summary>
    public bool ForceMonitorReceiveBuffer { get; init; } = true;

    /// <summary>The receive buffer of sockets for netlink requests, in bytes; 0 for the default of <see cref="NetlinkSocketOptions"/>.</summary>
    public int RequestReceiveBufferSize { get; init; }

    /// <summary>Whether it may be larger than net.core.rmem_max (SO_RCVBUFFORCE). Default <see langword="true"/>.</summary>
    public bool ForceRequestReceiveBuffer { get; init; } = true;

    internal NetlinkSocketOptions ToRequestSocket()
    {
        var options = new NetlinkSocketOptions { ForceReceiveBuffer = ForceRequestReceiveBuffer };
        return RequestReceiveBufferSize > 0 ? options with { ReceiveBufferSize = RequestReceiveBufferSize } : options;
    }

    internal void Validate()
    {
        if (EventLoop is not null && (NetworkNamespace is not null || RealTimePriority is not null))
            throw new ArgumentException("Namespace and priority belong to the loop that was given.");
        if (RealTimePriority is < 1 or > 99)
            throw new ArgumentException("The real-time priority must be 1 to 99.");
        if (StartupDelay < TimeSpan.Zero || StopTimeout <= TimeSpan.Zero || MonitorReceiveBufferSize < 0 || RequestReceiveBufferSize < 0)
            throw new ArgumentException("Startup delay, stop timeout and buffer sizes must not be negative.");
        if (Firewall?.FindError() is { } error)
            throw new ArgumentException(error);
    }
}
