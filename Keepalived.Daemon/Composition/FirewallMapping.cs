using Keepalived.Daemon.Configuration.Model;
using Keepalived.Vrrp.Firewall;

namespace Keepalived.Daemon.Composition;

/// <summary>Says in the library's words what the operator says of the packet filter.</summary>
internal static class FirewallMapping
{
    public static VrrpFirewallOptions ToOptions(this FirewallConfiguration firewall) => new()
    {
        Table = firewall.Table,
        Priority = firewall.Priority,
        Counters = firewall.Counters,
        MatchByIndex = firewall.MatchByIndex,
    };
}
