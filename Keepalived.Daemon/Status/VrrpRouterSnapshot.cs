using Keepalived.Daemon.Configuration.Model;
using Keepalived.Vrrp;

namespace Keepalived.Daemon.Status;

/// <summary>An instance at one moment: taken on the loop, written down elsewhere.</summary>
/// <param name="Configuration">Its block.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Counters">Its counters, by their names in JSON.</param>
internal sealed record VrrpRouterSnapshot(
    VrrpInstanceConfiguration Configuration, VirtualRouterStatus Status, IReadOnlyList<KeyValuePair<string, long>> Counters);
