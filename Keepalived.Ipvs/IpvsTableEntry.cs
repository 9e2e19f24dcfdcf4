using Keepalived.Netlink;

namespace Keepalived.Ipvs;

/// <summary>A service and its destinations as they should be.</summary>
/// <param name="Service">The service.</param>
/// <param name="Destinations">Its destinations.</param>
public sealed record IpvsTableEntry(IpvsService Service, ValueList<IpvsDestination> Destinations);
