namespace Keepalived.Daemon.Configuration.Model.Globals;

/// <summary>The receive buffer of a netlink socket.</summary>
/// <param name="Size">Bytes; 0: the system's default.</param>
/// <param name="Force">Whether the system's limit is overridden (SO_RCVBUFFORCE).</param>
public readonly record struct NetlinkBuffer(uint Size, bool Force);
