using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>
/// Reports weights that do not count: those of an owner of addresses, whose priority is fixed, and those of members of a sync group, which
/// must not differ, unless <c>sync_group_tracking_weight</c> says so. The composition leaves them out.
/// </summary>
internal sealed class WeightRules(BindContext context, KeepalivedConfiguration configuration, TrackedWeights own)
{
    private const int OwnerPriority = 255;

    /// <summary>Checks all.</summary>
    /// <param name="instances">The blocks of the instances; there are at least as many as instances.</param>
    /// <param name="groups">The blocks of the groups.</param>
    public void Check(List<BlockValues> instances, List<BlockValues> groups)
    {
        var owners = configuration.VrrpInstances.Where(static instance => instance.Priority == OwnerPriority)
            .Select(static instance => instance.Name).ToHashSet();
        var bound = configuration.VrrpSyncGroups.Where(static group => !group.TrackingWeight)
            .SelectMany(static group => group.Members).ToHashSet();
        if (owners.Count + bound.Count == 0)
            return;
        var instanceValues = instances.ToDictionary(static values => values.Name);
        foreach (var instance in configuration.VrrpInstances)
        {
            if (owners.Contains(instance.Name))
                CheckInstance(instance, instanceValues[instance.Name], "an owner of addresses has none");
            else if (bound.Contains(instance.Name))
                CheckInstance(instance, instanceValues[instance.Name], "members of a sync group have none");
        }

        var groupValues = groups.ToDictionary(static values => values.Name);
        foreach (var group in configuration.VrrpSyncGroups)
        {
            if (group.Members.Any(owners.Contains))
                CheckGroup(group, groupValues[group.Name]);
        }
    }

    private void CheckInstance(VrrpInstanceConfiguration instance, BlockValues values, string why)
    {
        var tracking = VrrpInstanceKeywords.Tracking;
        Check(instance.Tracked.Interfaces, static _ => 0, tracking.Interfaces);
        Check(instance.Tracked.Scripts, own.OfScript, tracking.Scripts);
        Check(instance.Tracked.Files, own.OfFile, tracking.Files);
        Check(instance.Tracked.Bfd, own.OfBfd, tracking.Bfd);
        Check(instance.Tracked.VirtualServers, static _ => 0, tracking.VirtualServers);

        void Check(EquatableArray<TrackReference> references, Func<string, int> find, Keyword keyword) =>
            Report(references, find, keyword, values, "vrrp_instance", instance.Name, why);
    }

    private void CheckGroup(VrrpSyncGroupConfiguration group, BlockValues values)
    {
        var tracking = SyncGroupKeywords.Tracking;
        Check(group.Tracked.Interfaces, static _ => 0, tracking.Interfaces);
        Check(group.Tracked.Scripts, own.OfScript, tracking.Scripts);
        Check(group.Tracked.Files, own.OfFile, tracking.Files);
        Check(group.Tracked.Processes, own.OfProcess, tracking.Processes);
        Check(group.Tracked.Bfd, own.OfBfd, tracking.Bfd);
        Check(group.Tracked.VirtualServers, static _ => 0, tracking.VirtualServers);

        void Check(EquatableArray<TrackReference> references, Func<string, int> find, Keyword keyword) =>
            Report(references, find, keyword, values, "vrrp_sync_group", group.Name, "a member owns its addresses");
    }

    private void Report(
        EquatableArray<TrackReference> references, Func<string, int> find, Keyword keyword, BlockValues values, string kind, string name,
        string why)
    {
        foreach (var reference in references)
        {
            if ((reference.Weight ?? find(reference.Name)) is var weight and not 0)
            {
                context.Error(values.LocationOf(keyword), DiagnosticCodes.Conflict,
                    $"{kind} {name}: the weight {weight} of {keyword.Name} {reference.Name} does not count: {why}", "weight 0");
            }
        }
    }
}
