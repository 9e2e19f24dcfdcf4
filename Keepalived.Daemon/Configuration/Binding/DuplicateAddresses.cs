using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>
/// Finds virtual addresses that two instances hold on one interface: whichever yields first takes the address away from the other. The
/// original says nothing.
/// </summary>
internal static class DuplicateAddresses
{
    public static void Check(BindContext context, IEnumerable<VrrpInstanceConfiguration> instances)
    {
        var holders = new Dictionary<(InetAddress Address, string? Interface), (string Instance, SourceLocation Place)>();
        foreach (var instance in instances)
        {
            foreach (var address in instance.VirtualAddresses.Concat(instance.ExcludedAddresses))
            {
                var key = (address.Address.Address, address.Interface ?? instance.Interface);
                if (holders.TryAdd(key, (instance.Name, address.Position.Location)))
                    continue;
                var (holder, place) = holders[key];
                if (holder == instance.Name)
                    continue;
                context.Diagnostics.Report(
                    DiagnosticCodes.Duplicate, DiagnosticSeverity.Warning, ConfigurationFault.None, address.Position.Location,
                    $"vrrp_instance {instance.Name}: {address.Address.Address} is an address of vrrp_instance {holder} too",
                    notes: [new DiagnosticNote(place, $"that of {holder}")]);
            }
        }
    }
}
