using Keepalived.Netlink.Route;

namespace Keepalived.Vrrp;

/// <summary>One of several ways of a <see cref="VirtualRoute"/>.</summary>
/// <param name="Nexthop">The way as the kernel has it, without its link.</param>
/// <param name="Device">The interface; <see langword="null"/> to let the kernel choose by the gateway.</param>
public sealed record VirtualNexthop(Nexthop Nexthop, string? Device = null)
{
    /// <inheritdoc/>
    public override string ToString() => Device is null ? $"via {Nexthop.Gateway}" : $"via {Nexthop.Gateway} dev {Device}";
}
