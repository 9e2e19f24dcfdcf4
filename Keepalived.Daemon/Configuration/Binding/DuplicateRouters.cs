using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>Finds virtual routers that would be one on the wire.</summary>
internal static class DuplicateRouters
{
    public static void Check(BindContext context, IEnumerable<BlockValues> blocks, List<VrrpInstanceConfiguration> instances)
    {
        var places = blocks.ToDictionary(
            static block => block.Name, static block => block.LocationOf(VrrpInstanceKeywords.VirtualRouterId));
        foreach (var group in instances.Where(static instance => instance.VirtualRouterId != 0)
            .GroupBy(static instance => (instance.Family, instance.VirtualRouterId, instance.IsUnicast)))
        {
            var seen = new List<VrrpInstanceConfiguration>();
            foreach (var instance in group)
            {
                if (FindConflict(seen, instance) is { } first)
                {
                    var id = instance.VirtualRouterId;
                    var message = $"vrrp_instance {instance.Name}: virtual_router_id {id} is that of {first.Name}, on the same interface";
                    if (instance.IsUnicast)
                        context.Error(places[instance.Name], DiagnosticCodes.Conflict, $"{message} and with the same peers");
                    else
                        context.Fatal(places[instance.Name], DiagnosticCodes.Conflict, message);
                }

                seen.Add(instance);
            }
        }

        CheckNames(context, places, instances);
    }

    /// <summary>An interface is one router's, or that of one on the same interface with the same MAC address.</summary>
    private static void CheckNames(
        BindContext context, Dictionary<string, SourceLocation> places, List<VrrpInstanceConfiguration> instances)
    {
        var owners = new Dictionary<string, VrrpInstanceConfiguration>(StringComparer.Ordinal);
        foreach (var instance in instances)
        {
            if ((instance.Vmac?.Name ?? instance.Ipvlan?.Name) is not { } name || owners.TryAdd(name, instance))
                continue;
            context.Error(places[instance.Name], DiagnosticCodes.Conflict,
                $"vrrp_instance {instance.Name}: the interface {name} is that of {owners[name].Name}; another name is chosen");
        }
    }

    private static VrrpInstanceConfiguration? FindConflict(List<VrrpInstanceConfiguration> seen, VrrpInstanceConfiguration instance)
    {
        foreach (var other in seen)
        {
            if (other.Interface != instance.Interface)
                continue;
            if (instance.IsUnicast ? HaveSamePeer(other, instance) : other.MulticastGroup == instance.MulticastGroup)
                return other;
        }

        return null;
    }

    private static bool HaveSamePeer(VrrpInstanceConfiguration first, VrrpInstanceConfiguration second) =>
        first.SourceAddress == second.SourceAddress
        && first.UnicastPeers.Any(peer => second.UnicastPeers.Any(other => other.Address == peer.Address));
}
