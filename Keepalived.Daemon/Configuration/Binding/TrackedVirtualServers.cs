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
        VrrpInstances = EquatableArray.From(configuration.VrrpInstances.Select(instance => instance.Tracked.VirtualServers.IsEmpty
            ? instance
            : instance with { Tracked = Known(instance.Tracked, $"vrrp_instance {instance.Name}") })),
        VrrpSyncGroups = EquatableArray.From(configuration.VrrpSyncGroups.Select(group => group.Tracked.VirtualServers.IsEmpty
            ? group
            : group with { Tracked = Known(group.Tracked, $"vrrp_sync_group {group.Name}") })),
    };

    private TrackReferences Known(TrackReferences tracked, string who)
    {
        var kept = new List<TrackReference>(tracked.VirtualServers.Count);
        foreach (var reference in tracked.VirtualServers)
        {
            if (_known.Contains(reference.Name))
                kept.Add(reference);
            else
                context.Error(reference.Position.Location, DiagnosticCodes.UnknownName,
                    $"{who}: there is no virtual_server {reference.Name}; it is not tracked");
        }

        return tracked with { VirtualServers = EquatableArray.From(kept) };
    }
}
