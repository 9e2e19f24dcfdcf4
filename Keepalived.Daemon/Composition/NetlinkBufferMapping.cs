using Keepalived.Daemon.Configuration.Model.Globals;
using Keepalived.Netlink;
using Keepalived.Netlink.Route;

namespace Keepalived.Daemon.Composition;

/// <summary>Says in the library's words what the operator says of the receive buffers of netlink sockets.</summary>
internal static class NetlinkBufferMapping
{
    /// <summary>The bytes; 0 for the library's default.</summary>
    public static int ToSize(this NetlinkBuffer buffer) => (int)Math.Min(buffer.Size, int.MaxValue);

    /// <summary>A size of the operator's choice keeps to the system's limit unless told otherwise; that of the library does without.</summary>
    public static bool ToForce(this NetlinkBuffer buffer) => buffer.Force || buffer.Size == 0;

    /// <summary>The options of a socket for requests; null for the library's defaults.</summary>
    public static NetlinkSocketOptions? ToSocketOptions(this NetlinkBuffer buffer) => buffer.Size == 0
        ? null
        : new NetlinkSocketOptions { ReceiveBufferSize = buffer.ToSize(), ForceReceiveBuffer = buffer.Force };

    /// <summary>The options of a monitor, with another buffer if the operator wants one.</summary>
    public static RouteMonitorOptions With(this RouteMonitorOptions options, NetlinkBuffer buffer) => buffer.Size == 0
        ? options
        : options with { ReceiveBufferSize = buffer.ToSize(), ForceReceiveBuffer = buffer.Force };
}
