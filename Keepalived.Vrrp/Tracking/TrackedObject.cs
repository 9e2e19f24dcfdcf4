namespace Keepalived.Vrrp.Tracking;

/// <summary>Something that a virtual router tracks, by the name under which its state is reported.</summary>
/// <param name="Name">The name, as in <see cref="VrrpEngine.ReportTracked"/>, or of the interface.</param>
/// <param name="Weight">What its state does to the virtual router.</param>
public readonly record struct TrackedObject(string Name, TrackerWeight Weight);
