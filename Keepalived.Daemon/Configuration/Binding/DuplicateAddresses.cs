using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>
/// Finds virtual addresses that two instances hold on one interface: whichever yields first takes the address away from the other. The
/// original says nothing.
/// </summary>
internal sealed class DuplicateAddresses(BindContext context, List<VrrpInstanceConfiguration> instances)
{
    private readonly Dictionary<(InetAddress Address, string? Interface), (VrrpInstanceConfiguration Instance, VirtualAddressConfiguration Entry)>
        _holders = new(instances.Count);

    public void Check()
    {
        foreach (var instance in instances)
        {
            foreach (var address in instance.VirtualAddresses)
                Check(instance, address);
            foreach (var address in instance.ExcludedAddresses)
                Check(instance, address);
        }
    }

    private void Check(VrrpInstanceConfiguration instance, VirtualAddressConfiguration entry)
    {
        var key = (entry.Address.Address, entry.Interface ?? instance.Interface);
        if (_holders.TryAdd(key, (instance, entry)))
            return;
        var (holder, first) = _holders[key];
        if (ReferenceEquals(holder, instance))
            return;
        context.Diagnostics.Report(
            DiagnosticCodes.Duplicate, DiagnosticSeverity.Warning, ConfigurationFault.None, entry.Position.Location,
            $"vrrp_instance {instance.Name}: {entry.Address.Address} is an address of vrrp_instance {holder.Name} too",
            notes: [new DiagnosticNote(first.Position.Location, $"that of {holder.Name}")]);
    }
}
