using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.VirtualServers;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>
/// Finds virtual servers that are tracked and that there are not. They are left out, as other names that nothing defines: an instance would
/// wait for their quorum for ever.
/// </summary>
internal sealed class TrackedVirtualServers(BindContext context, KeepalivedConfiguration configuration)
{
    private readonly HashSet<string> _known =
        configuration.VirtualServers.SelectMany(VirtualServerName.AllOf).ToHashSet(StringComparer.Ordinal);

    public KeepalivedConfiguration Check() => configuration with
    {
        VrrpInstances = EquatableArray.From(configuration.VrrpInstances.Select(instance => instance.TrackVirtualServers.IsEmpty
            ? instance
            : instance with { TrackVirtualServers = Known(instance.TrackVirtualServers, $"vrrp_instance {instance.Name}") })),
        VrrpSyncGroups = EquatableArray.From(configuration.VrrpSyncGroups.Select(group => group.TrackVirtualServers.IsEmpty
            ? group
            : group with { TrackVirtualServers = Known(group.TrackVirtualServers, $"vrrp_sync_group {group.Name}") })),
    };

    private EquatableArray<TrackReference> Known(EquatableArray<TrackReference> references, string who)
    {
        var kept = new List<TrackReference>(references.Count);
        foreach (var reference in references)
        {
            if (_known.Contains(reference.Name))
                kept.Add(reference);
            else
                context.Error(reference.Position.Location, DiagnosticCodes.UnknownName,
                    $"{who}: there is no virtual_server {reference.Name}; it is not tracked");
        }

        return EquatableArray.From(kept);
    }
}
