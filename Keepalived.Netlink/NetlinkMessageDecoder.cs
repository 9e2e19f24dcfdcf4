using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink;

/// <summary>Makes a value of an answer.</summary>
/// <returns>False to leave the message out: it is not of interest.</returns>
public delegate bool NetlinkMessageDecoder<T>(in NetlinkMessage message, out T value);
