using Keepalived.Netlink;

namespace Keepalived.Vrrp.Transport;

/// <summary>An address on an interface.</summary>
/// <param name="Prefix">The local address and its prefix length.</param>
/// <param name="IsTentative">Duplicate address detection runs, or found a duplicate: it cannot be used.</param>
internal readonly record struct InterfaceAddress(InetPrefix Prefix, bool IsTentative);
