using Keepalived.Netlink;

namespace Keepalived.Ipvs;

/// <summary>An operation of a batch that failed, or whose outcome is not known.</summary>
/// <param name="Index">Its place in the batch.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Error">Why: error number, the operation in words, and what it means.</param>
/// <param name="IsConsequence">
/// Whether it could not but fail: it is about a destination of a service whose own addition failed in the same batch.
/// </param>
public sealed record IpvsFailure(int Index, IpvsOperation Operation, NetlinkException Error, bool IsConsequence);
