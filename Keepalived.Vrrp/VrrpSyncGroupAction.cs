namespace Keepalived.Vrrp;

/// <summary>One thing that a <see cref="VrrpSyncGroup"/> asks of its driver, or tells it.</summary>
/// <param name="Kind">What to do; which of the others mean something depends on it.</param>
/// <param name="State">The new state.</param>
/// <param name="PreviousState">The old state.</param>
/// <param name="Member">The member concerned.</param>
public readonly record struct VrrpSyncGroupAction(
    VrrpSyncGroupActionKind Kind, VrrpState State, VrrpState PreviousState, VrrpRouter? Member);
