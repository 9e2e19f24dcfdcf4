using Keepalived.Daemon.Configuration.Model;
using Keepalived.Vrrp;
using Keepalived.Vrrp.Tracking;

namespace Keepalived.Daemon.Composition;

/// <summary>Says in the library's words what static entries say, and what depends on their interfaces.</summary>
internal static class StaticNetworkMapping
{
    /// <summary>What stands as long as the daemon runs.</summary>
    public static StaticNetwork ToStaticNetwork(this KeepalivedConfiguration configuration) => new()
    {
        Addresses = VirtualRouterMapping.ToAddresses(configuration.StaticAddresses),
        Routes = [.. configuration.StaticRoutes.Select(static route => route.Route)],
        Rules = [.. configuration.StaticRules.Select(static rule => rule.Rule)],
    };

    /// <summary>
    /// Lets an instance track the interfaces of static entries whose <c>track_group</c> it is in, unless it does so already.
    /// </summary>
    public static VirtualRouterOptions WithTrackGroups(this VirtualRouterOptions options, InstanceIndex index)
    {
        var groups = index.TrackGroupsOf(options.Name);
        if (groups.Count == 0)
            return options;
        var configuration = index.Configuration;
        bool IsIn(string? group) => group is not null && groups.Contains(group);
        var names = configuration.StaticAddresses.Where(address => IsIn(address.TrackGroup)).Select(static address => address.Interface)
            .Concat(configuration.StaticRoutes.Where(route => IsIn(route.TrackGroup)).Select(static route => route.Route.Device))
            .Concat(configuration.StaticRules.Where(rule => IsIn(rule.TrackGroup)).Select(static rule => rule.Rule.Rule.InputInterface))
            .OfType<string>().Except(options.TrackedInterfaces.Select(static tracked => tracked.Name)).Distinct();
        return options with
        {
            TrackedInterfaces = [.. options.TrackedInterfaces, .. names.Select(static name => new TrackedObject(name, new TrackerWeight(0)))],
        };
    }
}
