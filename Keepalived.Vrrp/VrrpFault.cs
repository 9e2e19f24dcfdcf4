namespace Keepalived.Vrrp;

/// <summary>
/// One reason for a fault. Two faults are the same only if reason and source are: two interfaces down and one up again leave a fault.
/// </summary>
/// <param name="Reason">The kind.</param>
/// <param name="Source">Which object: an interface index, a tracker's number; 0 where there is only one.</param>
public readonly record struct VrrpFault(VrrpFaultReason Reason, int Source = 0);
