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
