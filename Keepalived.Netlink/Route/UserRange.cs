namespace Keepalived.Netlink.Route;

/// <summary>User ids, both ends included (struct fib_rule_uid_range).</summary>
/// <param name="First">The lowest.</param>
/// <param name="Last">The highest.</param>
public readonly record struct UserRange(uint First, uint Last);
