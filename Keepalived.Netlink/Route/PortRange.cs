namespace Keepalived.Netlink.Route;

/// <summary>Ports, both ends included (struct fib_rule_port_range).</summary>
/// <param name="First">The lowest.</param>
/// <param name="Last">The highest.</param>
public readonly record struct PortRange(ushort First, ushort Last);
