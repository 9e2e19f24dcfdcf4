using Keepalived.Vrrp;

namespace Keepalived.Daemon.Status;

/// <summary>An instance at one moment: taken on the loop, written down elsewhere.</summary>
/// <param name="Options">The options in force.</param>
/// <param name="Details">What its block says besides.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Counters">Its counters, by their names in JSON.</param>
internal sealed record VrrpRouterSnapshot(
    VirtualRouterOptions Options,
    InstanceDetails Details,
    VirtualRouterStatus Status,
    IReadOnlyList<KeyValuePair<string, long>> Counters);
