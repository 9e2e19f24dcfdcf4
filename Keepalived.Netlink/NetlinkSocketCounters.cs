namespace Keepalived.Netlink;

/// <summary>What a <see cref="NetlinkSocket"/> counted.</summary>
/// <param name="Received">Datagrams received from the kernel.</param>
/// <param name="Sent">Datagrams sent.</param>
/// <param name="Foreign">Datagrams from other processes, which are ignored.</param>
/// <param name="Overruns">How often the receive buffer overflowed (ENOBUFS).</param>
/// <param name="Truncated">Datagrams longer than the buffer, which are lost; the buffer grows for the next one.</param>
/// <param name="Malformed">Datagrams that are not a series of messages.</param>
public readonly record struct NetlinkSocketCounters(long Received, long Sent, long Foreign, long Overruns, long Truncated, long Malformed);
