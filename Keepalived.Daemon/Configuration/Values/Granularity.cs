using System.Net.Sockets;
using Keepalived.Ipvs;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>What <c>persistence_granularity</c> says, and the family that it says it for.</summary>
internal readonly record struct Granularity(IpvsGranularity Value, AddressFamily Family);
