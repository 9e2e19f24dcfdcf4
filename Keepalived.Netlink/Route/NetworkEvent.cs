namespace Keepalived.Netlink.Route;

/// <summary>
/// What a <see cref="RouteMonitor"/> tells: first a <see cref="NetworkSnapshot"/>, then <see cref="LinkEvent"/>,
/// <see cref="AddressEvent"/>, <see cref="RouteEvent"/>, <see cref="RuleEvent"/>, <see cref="NeighbourEvent"/> and
/// <see cref="ResynchronizedEvent"/> in order.
/// </summary>
public abstract record NetworkEvent;
