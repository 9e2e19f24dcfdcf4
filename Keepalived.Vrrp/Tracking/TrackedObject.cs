namespace Keepalived.Vrrp.Tracking;

/// <summary>Something that a virtual router tracks, by the name under which its state is reported.</summary>
/// <param name="Name">The name, as in <see cref="VrrpEngine"/>'s <c>ReportTracked</c>, or of the interface.</param>
/// <param name="Weight">What its state does to the virtual router.</param>
/// <param name="IsNumber">
/// Whether a number is reported instead of a state, as for a file: the weight is multiplied by it.
/// </param>
public readonly record struct TrackedObject(string Name, TrackerWeight Weight, bool IsNumber = false);
