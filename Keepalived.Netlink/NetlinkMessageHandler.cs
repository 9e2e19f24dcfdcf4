using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink;

/// <summary>
/// Takes a message that answers no request: a notification of a multicast group. The message is valid during the call only.
/// </summary>
public delegate void NetlinkMessageHandler(in NetlinkMessage message);
