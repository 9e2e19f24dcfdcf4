namespace Keepalived.Ipvs;

/// <summary>The kernel's IPVS.</summary>
/// <param name="Version">Its version: 1.2.1 since 2004.</param>
/// <param name="ConnectionTableSize">The number of slots in the hash table of connections.</param>
public sealed record IpvsInfo(Version Version, uint ConnectionTableSize);
