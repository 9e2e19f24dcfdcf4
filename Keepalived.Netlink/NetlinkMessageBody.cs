using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink;

/// <summary>Writes what follows the header of a request.</summary>
public delegate void NetlinkMessageBody<in TState>(ref NetlinkMessageWriter writer, TState state);
