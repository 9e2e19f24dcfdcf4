namespace Keepalived.Netlink.Route;

/// <summary>One metric of a route.</summary>
/// <param name="Metric">Which.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsLocked">Whether the kernel may not learn a better value (RTAX_LOCK).</param>
public readonly record struct RouteMetricValue(RouteMetric Metric, uint Value, bool IsLocked = false);
