using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink;

/// <summary>Takes what the kernel says was made by a request of a transaction that asked for it (NLM_F_ECHO).</summary>
/// <param name="index">The index of the request.</param>
/// <param name="message">What was made. Valid during the call only.</param>
internal delegate void NetlinkTransactionEcho(int index, in NetlinkMessage message);
